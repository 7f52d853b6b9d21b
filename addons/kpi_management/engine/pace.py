"""Pace: where an actual is heading at the end of its period, and whether that is enough."""

from decimal import Decimal

from .rounding import FIGURE_DIGITS, HUNDRED, ONE, ZERO, arithmetic, required, round_half_up, to_decimal

STATUSES = ("none", "on_track", "at_risk", "behind")
#: forecast attainment in percent from which a figure short of its target is at risk only, not behind
AT_RISK = Decimal(80)


def forecast(actual: Decimal | None, elapsed: Decimal, additive: bool) -> Decimal | None:
    """The figure at the end of the period if it goes on at the same pace.

    :param actual: the figure so far, in the KPI's own unit; None = no data
    :param elapsed: share of the period gone by, 0 to 1 (below and beyond count as 0 and 1)
    :param additive: whether the figure grows with time; a balance, ratio or average stays as it is
    :return: rounded half up to 6 decimals, None = no data
    :raises EvaluationError: ``out_of_range``

    >>> forecast(Decimal(30), Decimal("0.25"), additive=True)
    Decimal('120.000000')
    """
    actual, share = to_decimal(actual), _share(elapsed)
    if actual is None:
        return None
    if additive and share:
        with arithmetic():
            actual = actual / share
    return round_half_up(actual, FIGURE_DIGITS)


def status(forecast_attainment: Decimal | None, elapsed: Decimal, at_risk: Decimal = AT_RISK) -> str:
    """What the forecast says about the target.

    :param forecast_attainment: attainment of the forecast, in percent; None = no data
    :param elapsed: share of the period gone by, 0 to 1
    :param at_risk: attainment in percent below which the figure is behind
    :return: ``none`` (no data, or nothing of the period gone by), ``on_track`` (100 and more), ``at_risk``, ``behind``
    """
    reached = to_decimal(forecast_attainment)
    if reached is None or not _share(elapsed):
        return "none"
    if reached >= HUNDRED:
        return "on_track"
    return "at_risk" if reached >= required(at_risk) else "behind"


def _share(elapsed) -> Decimal:
    return min(ONE, max(ZERO, required(elapsed)))
