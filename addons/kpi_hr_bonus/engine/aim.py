"""From an attainment back to the actual that reaches it: what a person would have to do."""

from decimal import Decimal

from ...kpi_management.engine import Target, scoring_points
from ...kpi_management.engine.rounding import FIGURE_DIGITS, HUNDRED, ONE, ZERO, arithmetic, required, round_half_up


def actual_for(reached, target: Target) -> Decimal:
    """The actual that is worth an attainment.

    Attainments beyond floor and cap count as those. Of several actuals the one nearest to doing nothing is taken, for a
    band its middle. Where no actual has this attainment (short of a threshold, between reached and not reached) the
    next one that is worth more is taken.

    :param reached: percent
    :return: in the KPI's own unit, at most 6 decimals
    :raises TargetError: when the target is unusable

    >>> int(actual_for(110, Target("higher", target=50)))
    55
    >>> int(actual_for(50, Target("lower", target=10)))
    15
    """
    points = scoring_points(target)
    wanted = max(target.floor, min(target.cap, required(reached)))
    if target.direction == "binary":
        return _binary(wanted, target)
    if target.direction == "band":
        return _band(wanted, points, target)
    # Lower is better, seen in a mirror at zero.
    sign = -ONE if target.direction == "lower" else ONE
    with arithmetic():
        found = _along(wanted, sorted((sign * value, worth) for value, worth in points))
    return _figure(sign * found)


def best_actual(target: Target) -> Decimal:
    """The least that earns all a KPI can: its cap, or the target where nothing is earned beyond.

    :return: in the KPI's own unit
    :raises TargetError: when the target is unusable

    >>> int(best_actual(Target("higher", target=50, stretch=90)))
    90
    """
    return actual_for(target.cap, target)


def target_actual(target: Target) -> Decimal:
    """The actual that is on target; of a band its middle.

    :return: in the KPI's own unit
    :raises TargetError: when the target is unusable
    """
    return actual_for(HUNDRED, target) if target.direction == "band" else target.target


def _along(wanted: Decimal, points) -> Decimal:
    """Where a rising line has a worth: before its first point nothing is earned."""
    first, worth = points[0]
    if wanted <= worth:
        return first if wanted > ZERO or not worth else _before(first)
    for (left, low), (right, high) in zip(points, points[1:], strict=False):
        if low < wanted <= high:
            return left + (right - left) * (wanted - low) / (high - low)
    return points[-1][0]


def _before(first: Decimal) -> Decimal:
    return ZERO if first > ZERO else first - ONE


def _binary(wanted: Decimal, target: Target) -> Decimal:
    if wanted > ZERO:
        return target.target
    downward = target.baseline is not None and target.target < target.baseline
    if target.baseline is not None and target.baseline != target.target:
        return target.baseline
    return target.target + ONE if downward else target.target - ONE


def _band(wanted: Decimal, points, target: Target) -> Decimal:
    if wanted >= HUNDRED:
        return _figure((target.band_low + target.band_high) / 2)
    rising = [(value, worth) for value, worth in points if value <= target.band_low]
    if len(rising) < 2:
        return target.band_low if wanted > ZERO else _figure(target.band_low - ONE)
    with arithmetic():
        return _figure(_along(wanted, rising))


def _figure(value: Decimal) -> Decimal:
    return round_half_up(value, FIGURE_DIGITS)
