"""The bonus engine: from a score to money. Plain Python on top of the KPI engine, standard library only."""

from .calibrated import score_in_band
from .curve_check import Finding, curve_findings, curve_outline
from .aim import actual_for, best_actual, target_actual
from .errors import MESSAGES, PayoutError
from .payout import Gate, Payout, PayoutInput, input_from, payout, payout_curve, replay, share, to_currency
from .pool import Pool, pool_dict, split_pool
from .tiers import Band, Rate, rate_from

__all__ = [
    "MESSAGES",
    "Band",
    "Finding",
    "Gate",
    "Payout",
    "PayoutError",
    "PayoutInput",
    "Pool",
    "Rate",
    "curve_findings",
    "curve_outline",
    "actual_for",
    "best_actual",
    "input_from",
    "payout",
    "payout_curve",
    "pool_dict",
    "rate_from",
    "replay",
    "score_in_band",
    "share",
    "split_pool",
    "target_actual",
    "to_currency",
]
