"""The KPI engine: plain Python, standard library only.

It knows numbers, not records: frozen dataclasses in, frozen dataclasses out. All numbers are decimals, None is
*no data*, percentages are 0 to 100 and more.
"""

from .curve import Curve
from .errors import MESSAGES, CycleError, EngineError, EvaluationError, FormulaError, TargetError
from .evaluation import Card, CardResult, Line, LineResult, evaluate
from .explanation import explain, needed, remeasure, replay
from .formula import Formula, parse
from .library import Library, MeasureFailure, MeasureInfo
from .nodes import Reference
from .okr import key_result_grade, objective_grade, reach, window_between
from .pace import forecast, status
from .portion import portion, raised, whole
from .review import SIDES, average, combine, competency_scores, side_scores
from .rounding import number_text, round_half_up, to_decimal
from .score import Band, Part, band_for, score
from .scoring import Target, attainment, scoring_points
from .spans import Span, Stay, by_days, stays
from .split import coverage, distribute, fitting_digits, split
from .tokens import RESERVED_NAMES, is_code
from .windows import Window, utc_bounds, window_of

__all__ = [
    "MESSAGES",
    "RESERVED_NAMES",
    "SIDES",
    "Band",
    "Card",
    "CardResult",
    "Curve",
    "CycleError",
    "EngineError",
    "EvaluationError",
    "Formula",
    "FormulaError",
    "Library",
    "Line",
    "LineResult",
    "MeasureFailure",
    "MeasureInfo",
    "Part",
    "Reference",
    "Span",
    "Stay",
    "Target",
    "TargetError",
    "Window",
    "attainment",
    "average",
    "band_for",
    "by_days",
    "combine",
    "competency_scores",
    "evaluate",
    "explain",
    "fitting_digits",
    "forecast",
    "is_code",
    "key_result_grade",
    "needed",
    "number_text",
    "objective_grade",
    "parse",
    "portion",
    "raised",
    "reach",
    "remeasure",
    "replay",
    "round_half_up",
    "score",
    "scoring_points",
    "side_scores",
    "split",
    "status",
    "stays",
    "to_decimal",
    "utc_bounds",
    "window_between",
    "window_of",
    "whole",
]
