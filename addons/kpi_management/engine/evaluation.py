"""Evaluation of a scorecard: figures in, actual, attainment, forecast, status and score out.

Errors are values: a line that cannot be computed says why, and the others are computed.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .errors import EngineError, EvaluationError
from .explanation import Situation, explain
from .library import Figures, Library
from .pace import AT_RISK, forecast, status
from .rounding import arithmetic, to_decimal
from .score import Part, score
from .scoring import Target, attainment
from .spans import Span, by_days
from .windows import Window


@dataclass(frozen=True)
class Line:
    """One KPI on a scorecard.

    :param key: the caller's own, handed back with the result
    :param kpi: code of the KPI
    :param weight: 0 or more, in the unit of all weights of the card
    :param no_data: what it counts as without data: ``exclude``, ``zero``, ``full``
    :param figures: its own figures, when something is chosen on it (a product category, a survey); None: the card's
    :param spans: the terms by day, where they changed within the window; they stand in place of target and weight
    :param choices: (parameter, choice) by which its figures were picked; kept in the explanation as they are
    """

    key: Hashable
    kpi: str
    target: Target
    weight: Decimal
    no_data: str = "exclude"
    figures: Figures | None = None
    spans: tuple[Span, ...] = ()
    choices: tuple[tuple[Hashable, Hashable], ...] = ()


@dataclass(frozen=True)
class Card:
    """What one subject is answerable for in one window."""

    key: Hashable
    window: Window
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class LineResult:
    """What came out of a line.

    :param result: ``ok``, ``no_data`` or ``error``
    :param actual: in the KPI's own unit, 6 decimals; None = no data or not to be had
    :param attainment: percent, 2 decimals
    :param forecast: the actual at the end of the period at the same pace, 6 decimals
    :param status: ``none``, ``on_track``, ``at_risk``, ``behind``
    :param error: why, when ``result`` is ``error``
    :param explanation: JSON-able; :func:`explanation.replay` recomputes from it
    """

    key: Hashable
    result: str
    actual: Decimal | None = None
    attainment: Decimal | None = None
    forecast: Decimal | None = None
    status: str = "none"
    error: EngineError | None = None
    explanation: dict = field(default_factory=dict)


@dataclass(frozen=True)
class CardResult:
    """What came out of a card; ``score`` in percent, 2 decimals, None when nothing counts."""

    key: Hashable
    score: Decimal | None
    lines: tuple[LineResult, ...]


def evaluate(
    card: Card, library: Library, figures: Figures, elapsed: Decimal, at_risk: Decimal = AT_RISK
) -> CardResult:
    """Compute a card.

    A line in error is left out of the score; a line without data counts as its ``no_data`` says.

    :param figures: the subject's figures by (measure code, window); see :meth:`Library.value`
    :param elapsed: share of the card's window gone by, 0 to 1
    :param at_risk: forecast attainment in percent below which a line is behind
    """
    shared = Situation(card.window, library, figures, to_decimal(elapsed), to_decimal(at_risk))
    results, parts = [], []
    with arithmetic():
        for line in card.lines:
            situation = shared if line.figures is None else replace(shared, figures=line.figures)
            line, trouble = _settled(line, card.window)
            outcome, part = _compute(line, situation) if trouble is None else (_failed(line, trouble), None)
            outcome["explanation"] = explain(line, situation, outcome)
            results.append(LineResult(**outcome))
            if part is not None:
                parts.append(part)
        return CardResult(card.key, score(parts), tuple(results))


def _settled(line: Line, window: Window) -> tuple[Line, EngineError | None]:
    """The line with the terms that count for the whole window, or as it is and why there are none."""
    if not line.spans:
        return line, None
    try:
        target, weight = by_days(line.spans, window)
    except EngineError as error:
        return line, error
    return replace(line, target=target, weight=weight), None


def _failed(line: Line, error: EngineError) -> dict:
    return {"key": line.key, "result": "error", "error": error}


def _compute(line: Line, situation: Situation) -> tuple[dict, Part | None]:
    """The fields of a line's result but its explanation, and its part in the score (None = in error)."""
    outcome = {"key": line.key, "result": "ok"}
    try:
        actual = situation.library.actual(line.kpi, situation.window, situation.figures)
        outcome["actual"] = actual
        reached = attainment(actual, line.target)
        part = Part(line.weight, reached, line.no_data)
    except EngineError as error:
        return {**outcome, **_failed(line, error)}, None
    if actual is None:
        return {**outcome, "result": "no_data"}, part
    return {**outcome, "attainment": reached, **_pace(line, actual, reached, situation)}, part


def _pace(line: Line, actual: Decimal, reached: Decimal, situation: Situation) -> dict:
    """Forecast and status of a line that has an actual."""
    try:
        heading = forecast(actual, situation.elapsed, situation.library.is_additive(line.kpi))
        if heading != actual:
            reached = attainment(heading, line.target)
    except EvaluationError:
        # so little of the period has gone by that the projection leaves all bounds: there is none yet
        return {"forecast": None, "status": "none"}
    return {"forecast": heading, "status": status(reached, situation.elapsed, situation.at_risk)}
