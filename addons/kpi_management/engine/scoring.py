"""Scoring: how far an actual has come towards its target, in percent."""

from dataclasses import dataclass, fields, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property

from .curve import Curve
from .errors import TargetError
from .rounding import HUNDRED, ZERO, arithmetic, number_text, round_percent, to_decimal

DIRECTIONS = ("higher", "lower", "band", "binary")

_HUNDREDTH = Decimal("0.01")

Points = tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True)
class Target:
    """What an actual is scored against.

    Values are in the KPI's own unit, attainments (``threshold_attainment``, ``cap``, ``floor``) in percent.
    Numbers may be given as int, float, Decimal or text and are kept as Decimal; None = not given.

    :param direction: ``higher`` or ``lower`` is better, inside a ``band`` is right, or ``binary``: reached or not
    :param target: value that is worth 100
    :param baseline: value that is worth 0; by default 0 (higher) or twice the target (lower)
    :param threshold: short of it the attainment is 0, at it ``threshold_attainment``; replaces the baseline
    :param stretch: value that is worth ``cap``; without it, onward from the target on the same slope
    :param band_low: lower edge of the band, included
    :param band_high: upper edge of the band, included
    :param band_tolerance: how far outside an edge the attainment has fallen to 0; None or 0 = at once
    """

    direction: str
    target: Decimal | None = None
    baseline: Decimal | None = None
    threshold: Decimal | None = None
    threshold_attainment: Decimal = Decimal(50)
    stretch: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    band_tolerance: Decimal | None = None
    cap: Decimal = Decimal(120)
    floor: Decimal = Decimal(0)

    def __post_init__(self):
        for field in fields(self):
            if field.name != "direction":
                object.__setattr__(self, field.name, to_decimal(getattr(self, field.name)))

    def check(self) -> None:
        """Refuse a target that cannot be scored against.

        :raises TargetError: with the code of what is missing or contradicts itself
        """
        if self.direction not in DIRECTIONS:
            raise TargetError("direction_unknown", direction=str(self.direction))
        _check_limits(self)
        if self.direction == "band":
            _check_band(self)
        elif self.target is None:
            raise TargetError("target_missing")
        elif self.direction != "binary":
            _check_line(self)

    # What follows from the terms alone is worked out once: many people share a target, and each line asks twice.

    @cached_property
    def _sound(self) -> bool:
        """True; raises what :meth:`check` raises."""
        self.check()
        return True

    @cached_property
    def _mirror(self) -> "Target":
        """The same where higher is better: lower is better, seen in a mirror at zero."""
        return _mirrored(self)

    @cached_property
    def _line(self) -> Curve:
        """The line the attainment runs along; of one that is better the lower ask its mirror image."""
        with arithmetic():
            return Curve(_band_points(self)) if self.direction == "band" else _rising_curve(self)

    @cached_property
    def _bounds(self) -> tuple[Decimal, Decimal]:
        """Floor and cap; of bounds with more digits than are shown, the last value inside."""
        with arithmetic():
            floor = self.floor.quantize(_HUNDREDTH, rounding=ROUND_CEILING)
            return floor, self.cap.quantize(_HUNDREDTH, rounding=ROUND_FLOOR)


def scoring_points(target: Target) -> Points:
    """The points (value, attainment) the attainment runs through, in rising order of value.

    Floor and cap are applied after the line. Of a binary target it is the one point where it turns to 100.

    :raises TargetError: when the target is unusable

    >>> [(int(x), int(y)) for x, y in scoring_points(Target("higher", target=50))]
    [(0, 0), (50, 100), (60, 120)]
    >>> [(int(x), int(y)) for x, y in scoring_points(Target("lower", target=0, baseline=3, cap=100))]
    [(0, 100), (3, 0)]
    """
    if target._sound and target.direction == "binary":
        return ((target.target, HUNDRED),)
    if target.direction == "lower":
        return _mirrored_points(target._mirror._line.points)
    return target._line.points


def attainment(actual: Decimal | None, target: Target) -> Decimal | None:
    """How far the actual has come: 100 means on target.

    :param actual: in the KPI's own unit; None (no data) gives None
    :return: percent, rounded half up to 2 decimals, within ``target.floor`` … ``target.cap``
    :raises TargetError: when the target is unusable

    >>> attainment(8, Target("higher", target=10))
    Decimal('80.00')
    >>> attainment(1, Target("lower", target=0, baseline=3))
    Decimal('66.67')
    """
    value = to_decimal(actual)
    if not target._sound or value is None:
        return None
    with arithmetic():
        # a figure beyond the engine's range is refused here, before it meets the line
        reached = _ATTAINMENTS[target.direction](+value, target)
        floor, cap = target._bounds
        return max(floor, min(cap, round_percent(reached)))


def _rising(actual: Decimal, target: Target) -> Decimal:
    curve, goal = target._line, target.target
    if target.stretch is not None or not goal < actual < curve.points[-1][0]:
        return curve.at(actual)
    # Not by the point that was derived for the cap: that one may be a rounded quotient, and this is exact.
    start, worth = _start(target)
    return HUNDRED + (actual - goal) * (HUNDRED - worth) / (goal - start)


def _falling(actual: Decimal, target: Target) -> Decimal:
    return _rising(-actual, target._mirror)


def _in_band(actual: Decimal, target: Target) -> Decimal:
    if target.band_low <= actual <= target.band_high:
        return HUNDRED
    if not target.band_tolerance:
        return ZERO
    return target._line.at(actual)


def _reached(actual: Decimal, target: Target) -> Decimal:
    downward = target.baseline is not None and target.target < target.baseline
    reached = actual <= target.target if downward else actual >= target.target
    return HUNDRED if reached else ZERO


_ATTAINMENTS = {"higher": _rising, "lower": _falling, "band": _in_band, "binary": _reached}


def _rising_curve(target: Target) -> Curve:
    """The line of a target that is better the higher (or of the mirror image of one that is better the lower)."""
    goal, cap = target.target, target.cap
    start, worth = _start(target)
    points = [(start, worth), (goal, HUNDRED)]
    if target.stretch is not None:
        points.append((target.stretch, cap))
    elif cap > HUNDRED > worth:
        # onward on the same slope: as many attainments per unit as between start and target
        points.append((goal + (goal - start) * (cap - HUNDRED) / (HUNDRED - worth), cap))
    return Curve(tuple(points), below=ZERO)


def _band_points(target: Target) -> Points:
    low, high, tolerance = target.band_low, target.band_high, target.band_tolerance
    inside = [(low, HUNDRED)] if low == high else [(low, HUNDRED), (high, HUNDRED)]
    if not tolerance:
        return tuple(inside)
    return ((low - tolerance, ZERO), *inside, (high + tolerance, ZERO))


def _start(target: Target) -> tuple[Decimal, Decimal]:
    """Where the line starts (value, attainment): at the threshold, else at the baseline.

    The baseline is as given, else 0 (higher) or twice the target (lower, which is mirrored here: below zero).
    """
    if target.threshold is not None:
        return target.threshold, target.threshold_attainment
    if target.baseline is not None:
        return target.baseline, ZERO
    return (ZERO if target.target > ZERO else 2 * target.target), ZERO


def _mirrored(target: Target) -> Target:
    values = ("target", "baseline", "threshold", "stretch")
    mirrored = {name: None if getattr(target, name) is None else -getattr(target, name) for name in values}
    return replace(target, direction="higher", **mirrored)


def _mirrored_points(points: Points) -> Points:
    return tuple((ZERO - x, y) for x, y in reversed(points))


def _check_limits(target: Target) -> None:
    if target.cap is None or target.cap < HUNDRED:
        raise TargetError("cap_too_low")
    if target.floor is None or not ZERO <= target.floor <= HUNDRED:
        raise TargetError("floor_range")
    worth = target.threshold_attainment
    if target.threshold is not None and (worth is None or not ZERO <= worth <= HUNDRED):
        raise TargetError("threshold_attainment_range")


def _check_band(target: Target) -> None:
    low, high, tolerance = target.band_low, target.band_high, target.band_tolerance
    if low is None or high is None:
        raise TargetError("band_missing")
    if low > high:
        raise TargetError("band_order", low=number_text(low), high=number_text(high))
    if tolerance is not None and tolerance < ZERO:
        raise TargetError("band_tolerance_negative")


def _check_line(target: Target) -> None:
    goal, baseline = target.target, target.baseline
    higher = target.direction == "higher"

    def precedes(value: Decimal, other: Decimal) -> bool:
        return value < other if higher else value > other

    # A threshold takes the baseline's place as the start of the line, so with one no baseline is needed.
    if baseline is None and target.threshold is None and goal <= ZERO:
        raise TargetError("baseline_missing")
    if baseline is not None and not precedes(baseline, goal):
        code = "baseline_not_below" if higher else "baseline_not_above"
        raise TargetError(code, baseline=number_text(baseline), target=number_text(goal))
    if target.threshold is not None and not precedes(target.threshold, goal):
        raise TargetError("threshold_not_short", threshold=number_text(target.threshold), target=number_text(goal))
    if target.stretch is not None and not precedes(goal, target.stretch):
        raise TargetError("stretch_not_beyond", stretch=number_text(target.stretch), target=number_text(goal))
