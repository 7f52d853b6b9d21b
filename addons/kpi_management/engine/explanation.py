"""The explanation of a line: everything its result was computed from, so that it can be shown and replayed.

Numbers are texts of decimals, dates are ISO texts: the dict goes through JSON and back without losing a digit.
"""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .errors import EngineError
from .formula import parse
from .library import Figures, Library, MeasureFailure, MeasureInfo
from .rounding import FIGURE_DIGITS, ZERO, number_text, round_half_up, to_decimal
from .scoring import Target, attainment, scoring_points
from .spans import Span, by_days, stays
from .windows import Window

VERSION = 1


@dataclass(frozen=True)
class Situation:
    """What all lines of a card are computed from; see :func:`evaluation.evaluate`."""

    window: Window
    library: Library
    figures: Figures
    elapsed: Decimal
    at_risk: Decimal


def explain(line, situation: Situation, outcome: dict) -> dict:
    """The explanation of a line of a card.

    :param line: :class:`evaluation.Line`
    :param outcome: the fields of its :class:`evaluation.LineResult` so far; a missing one has its default
    :return: JSON-able dict; parts of it are shared between lines, so it is for reading only
    """
    formula, subformulas = situation.library.texts(line.kpi)
    explanation = {
        "version": VERSION,
        "kpi": line.kpi,
        "formula": formula,
        "subformulas": subformulas,
        "window": _window_dict(situation.window),
        "figures": _figures(line.kpi, situation),
        "choices": [list(choice) for choice in line.choices],
        "actual": number_text(outcome.get("actual")),
        "scoring": _scoring(line.target),
        "attainment": number_text(outcome.get("attainment")),
        "weight": _number(line.weight),
        "no_data": line.no_data,
        "elapsed": _number(situation.elapsed),
        "forecast": number_text(outcome.get("forecast")),
        "at_risk": _number(situation.at_risk),
        "status": outcome.get("status", "none"),
        "result": outcome["result"],
        "error": _error(outcome.get("error")),
    }
    if line.spans:
        explanation["spans"] = [_stay_dict(stay) for stay in stays(line.spans, situation.window)]
    return explanation


def replay(explanation: dict) -> tuple[Decimal | None, Decimal | None]:
    """Compute a line again from its explanation alone: same inputs, same rule, same output.

    :return: (actual in the KPI's own unit, attainment in percent), None = no data
    :raises EngineError: of an explanation of an error, that error; ``explanation_version``
    """
    if explanation["version"] != VERSION:
        raise EngineError("explanation_version", version=explanation["version"])
    error = explanation["error"]
    if error is not None:
        raise EngineError(error["code"], **error["params"])
    figures, measures = {}, {}
    for entry in explanation["figures"]:
        code = entry["code"]
        # what a missing figure counted as is written down already
        measures[code] = MeasureInfo(code, additive=False, empty_is_zero=False)
        failure = entry.get("failure")
        figures[code, _window(entry)] = to_decimal(entry["value"]) if failure is None else MeasureFailure(failure)
    texts = dict(explanation["subformulas"])
    if explanation["formula"] is not None:
        texts[explanation["kpi"]] = explanation["formula"]
    library = Library(measures, {code: parse(text) for code, text in texts.items()})
    window = _window(explanation["window"])
    actual = library.actual(explanation["kpi"], window, figures)
    target = _target(explanation["scoring"])
    if spans := explanation.get("spans"):
        target, _weight = by_days([_span(entry) for entry in spans], window)
    return actual, attainment(actual, target)


def needed(explanation: dict) -> list[tuple[str, Window]]:
    """The figures a line was computed from, as (measure code, window)."""
    return [(entry["code"], _window(entry)) for entry in explanation["figures"]]


def remeasure(explanation: dict, library: Library, figures: Figures) -> tuple[Decimal | None, Decimal | None]:
    """Compute a line by the rule of its explanation from the figures of another day.

    The formula and the terms are those that were explained, whatever the library says of the KPI today.

    :param library: for its measures: what a missing figure counts as
    :param figures: by (measure code, window), for each of :func:`needed`
    :return: (actual in the KPI's own unit, attainment in percent), None = no data
    :raises EngineError: when there is no result: a measure failed or is gone
    """
    today = Situation(_window(explanation["window"]), library, figures, ZERO, ZERO)
    entries = [
        _figure(code, window, today)
        if code in library.measures
        else {"code": code, **_window_dict(window), "failure": code}
        for code, window in needed(explanation)
    ]
    return replay({**explanation, "figures": entries, "error": None})


def _figures(kpi: str, situation: Situation) -> list[dict]:
    try:
        needed = situation.library.needs(kpi, situation.window)
    except EngineError:
        return []
    return [_figure(code, window, situation) for code, window in sorted(needed)]


def _figure(code: str, window: Window, situation: Situation) -> dict:
    entry = {"code": code, **_window_dict(window), "value": None}
    try:
        entry["value"] = number_text(situation.library.figure(code, window, situation.figures))
    except EngineError as error:
        entry["failure"] = str(error.params.get("message", error))
    return entry


@lru_cache(maxsize=4096)
def _scoring(target: Target) -> dict:
    scoring = _terms(target)
    try:
        # for reading only: replaying starts from the inputs again
        points = [(round_half_up(x, FIGURE_DIGITS), y) for x, y in scoring_points(target)]
    except EngineError:
        points = []
    return {**scoring, "points": [[number_text(x), number_text(y)] for x, y in points]}


def _terms(target: Target) -> dict:
    return {
        "direction": target.direction,
        **{field.name: _number(getattr(target, field.name)) for field in fields(target)[1:]},
    }


def _stay_dict(stay) -> dict:
    """For which days terms hold: what the effective ones in ``scoring`` and ``weight`` are worked out from."""
    return {
        "start": stay.start.isoformat(),
        "end": stay.end.isoformat(),
        "days": stay.days,
        "scoring": _terms(stay.span.target),
        "weight": _number(stay.span.weight),
    }


def _span(entry: dict) -> Span:
    return Span(date.fromisoformat(entry["start"]), _target(entry["scoring"]), entry["weight"])


def _target(scoring: dict) -> Target:
    return Target(**{field.name: scoring[field.name] for field in fields(Target)})


@lru_cache(maxsize=256)
def _window_dict(window: Window) -> dict:
    return {"kind": window.kind, "start": window.start.isoformat(), "end": window.end.isoformat()}


def _window(entry: dict) -> Window:
    return Window(entry["kind"], date.fromisoformat(entry["start"]), date.fromisoformat(entry["end"]))


def _error(error: EngineError | None) -> dict | None:
    if error is None:
        return None
    return {"code": error.code, "params": dict(error.params)}


def _number(value) -> str | None:
    """The exact text of a number; of what is none (an error says so elsewhere) whatever it reads as."""
    try:
        return number_text(to_decimal(value))
    except EngineError:
        return str(value)
