"""Terms that change within a window: each counts for its days."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from .errors import EngineError, TargetError
from .rounding import ZERO, arithmetic, to_decimal
from .scoring import Target
from .windows import DAY, Window


@dataclass(frozen=True)
class Span:
    """Terms that hold from a day on, that day included, until the next span's first day or the window's end.

    :param start: first day; of the first span any day up to the window's first
    :param weight: 0 or more, in the unit of all weights of the card
    :raises EngineError: ``weight_missing``
    """

    start: date
    target: Target
    weight: Decimal

    def __post_init__(self):
        weight = to_decimal(self.weight)
        if weight is None:
            raise EngineError("weight_missing")
        object.__setattr__(self, "weight", weight)


@dataclass(frozen=True)
class Stay:
    """The days for which a span counts: ``days`` from ``start`` to ``end``, both included."""

    start: date
    end: date
    span: Span

    @property
    def days(self) -> int:
        """Calendar days."""
        return (self.end - self.start).days + 1


def stays(spans: Iterable[Span], window: Window) -> tuple[Stay, ...]:
    """For which days of the window each span counts, in order; spans without a day in it are left out.

    Of several spans from the same day the last one counts. The first span reaches back to the window's first day.
    """
    ordered = sorted(spans, key=lambda span: span.start)
    result = []
    for place, span in enumerate(ordered):
        start = window.start if not place else max(span.start, window.start)
        following = ordered[place + 1].start - DAY if place + 1 < len(ordered) else window.end
        end = min(following, window.end)
        if start <= end:
            result.append(Stay(start, end, span))
    return tuple(result)


def by_days(spans: Iterable[Span], window: Window) -> tuple[Target, Decimal]:
    """The target and the weight of the whole window: Σ value × days ÷ days of the window, for each of the terms.

    Nothing is rounded: 50 significant digits are kept.

    :return: (target, weight)
    :raises TargetError: ``span_term_missing`` when a term is given for a part of the window only

    >>> spans = [Span(date(2026, 3, 1), Target("higher", 100), 40), Span(date(2026, 3, 15), Target("higher", 120), 40)]
    >>> target, weight = by_days(spans, Window("month", date(2026, 3, 1), date(2026, 3, 31)))
    >>> round(target.target, 2), weight
    (Decimal('110.97'), Decimal('40'))
    """
    parts = stays(spans, window)
    first = parts[0].span
    if len(parts) == 1:
        return first.target, first.weight
    terms = {
        field.name: _mean([(getattr(part.span.target, field.name), part.days) for part in parts])
        for field in fields(Target)[1:]
    }
    return Target(first.target.direction, **terms), _mean([(part.span.weight, part.days) for part in parts])


def _mean(values: list[tuple[Decimal | None, int]]) -> Decimal | None:
    given = {value is not None for value, _days in values}
    if given == {False}:
        return None
    if len(given) > 1:
        raise TargetError("span_term_missing")
    if len({value for value, _days in values}) == 1:
        # also where the quotient would not come out even
        return values[0][0]
    with arithmetic():
        return sum((value * days for value, days in values), ZERO) / sum(days for _value, days in values)
