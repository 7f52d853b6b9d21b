"""Errors of the bonus engine, told like those of the KPI engine: a code, parameters and an English sentence."""

from ...kpi_management.engine import EngineError

MESSAGES = {
    "payout_negative": "A payout of %(payout)s %% is negative: a KPI motivates, it does not fine.",
    "gate_factor_range": "The factor of a gate must lie between 0 and 1, not %(factor)s.",
    "gate_minimum_missing": "A gate needs the attainment to be reached.",
    "basis_missing": "The basis of the bonus is missing.",
    "basis_negative": "The basis of a bonus must not be negative (%(basis)s).",
    "cap_negative": "The cap of a bonus must not be negative (%(cap)s).",
    "carried_in_positive": "What is carried over into a bonus is a debt and cannot be positive (%(carried_in)s).",
    "days_range": "%(covered)s days of a period of %(total)s days cannot be covered.",
    "rounding_not_positive": "The rounding of the currency must be positive.",
    "basis_of_rate": "The basis of a rate follows from its measured value and is not given.",
    "tiers_missing": "A rate needs at least one tier.",
    "tier_twice": "Two tiers begin at %(start)s: change one of them or take it out.",
    "tier_negative": "A tier from %(start)s with a rate of %(rate)s: neither may be negative.",
    "tier_mode": "“%(mode)s” is not a way to pay by tiers.",
    "tier_per": "“%(per)s” is not what a rate can be of.",
    "pool_negative": "A pool must not be negative (%(amount)s).",
    "band_empty": "The band of a grade from %(start)s to %(end)s holds no score.",
    "explanation_version": "An explanation of version %(version)s cannot be replayed.",
}


class PayoutError(EngineError):
    """Something the computation of a bonus refuses."""

    messages = MESSAGES
