"""The bonus engine: from a score to money. Plain Python on top of the KPI engine, standard library only."""

from .errors import MESSAGES, PayoutError
from .payout import Gate, Payout, PayoutInput, payout, payout_curve, replay

__all__ = ["MESSAGES", "Gate", "Payout", "PayoutError", "PayoutInput", "payout", "payout_curve", "replay"]
