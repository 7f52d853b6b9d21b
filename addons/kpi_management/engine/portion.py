"""Figures for a part of a period, and figures raised by a percentage."""

from decimal import Decimal

from .rounding import HUNDRED, arithmetic, round_half_up


def portion(value: Decimal, days: int, of_days: int, digits: int) -> Decimal:
    """What falls to some of the days, rounded half up.

    :param value: figure for the whole
    :param days: days that count, 0 to ``of_days``
    :param of_days: days of the whole, above 0
    :param digits: digits behind the point

    >>> portion(Decimal(1000), 17, 31, 2)
    Decimal('548.39')
    """
    with arithmetic():
        return round_half_up(value * days / of_days, digits)


def whole(value: Decimal, days: int, of_days: int, digits: int) -> Decimal:
    """The figure for the whole of which some days' figure is known: the roundest one that falls to them so.

    :param value: figure of the days
    :param days: days that count, above 0
    :param of_days: days of the whole
    :param digits: digits behind the point of both figures

    >>> whole(Decimal("548.39"), 17, 31, 2)
    Decimal('1000')
    """
    with arithmetic():
        guess = value * of_days / days
    for places in range(-max(guess.adjusted(), 0), digits):
        rounder = round_half_up(guess, places)
        if rounder and portion(rounder, days, of_days, digits) == value:
            return rounder
    return round_half_up(guess, digits)


def raised(value: Decimal, percent: Decimal, up: bool, digits: int) -> Decimal:
    """A target made that much harder to reach, rounded half up.

    :param percent: 5 for 5 %; below 0 the target becomes easier
    :param up: whether a higher figure is harder to reach

    >>> raised(Decimal(-200), Decimal(5), True, 0)
    Decimal('-190')
    """
    with arithmetic():
        return round_half_up(value + abs(value) * percent / HUNDRED * (1 if up else -1), digits)
