"""Splitting a whole into parts that add up to it exactly, and how much of a whole its parts cover."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from .errors import EngineError
from .rounding import HUNDRED, PERCENT_DIGITS, ZERO, arithmetic, required, round_half_up


def split(total, shares: Sequence, digits: int) -> tuple[Decimal, ...]:
    """Split a total in proportion to shares, by largest remainder: the parts add up to the total exactly.

    Each part is its exact proportion rounded down, and what is left goes, one unit each, to those that lost most by
    it, ties to the first. A negative total is split like its opposite. A share of 0 gets nothing.

    :param total: the whole, in its own unit
    :param shares: what each part is in proportion to; 0 or more
    :param digits: digits behind the point of each part; negative for tens, hundreds, thousands
    :raises EngineError: ``split_digits`` when the total itself has more digits, ``split_share_negative``,
        ``split_nothing`` when there is no share above 0, ``not_a_number``

    >>> split(100, [1, 1, 1], 2)
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    """
    units, proportions = _units(required(total), digits), [Fraction(required(share)) for share in shares]
    if any(share < 0 for share in proportions):
        raise EngineError("split_share_negative")
    whole = sum(proportions)
    if not whole:
        raise EngineError("split_nothing")
    exact = [abs(units) * share / whole for share in proportions]
    parts = [int(quota) for quota in exact]
    left = abs(units) - sum(parts)
    by_loss = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_loss[:left]:
        parts[place] += 1
    sign = -1 if units < 0 else 1
    with arithmetic():
        return tuple(Decimal(sign * part).scaleb(-digits) + ZERO for part in parts)


def distribute(total, shares: Sequence, fixed: Mapping[int, Decimal], digits: int) -> tuple[Decimal, ...]:
    """Split a total of which some parts are settled already: the others share what those leave.

    Where the settled parts leave nothing, or nobody has a share in what is left, the others get 0: then the parts do
    not add up to the total, and the caller says so.

    :param total: the whole, in its own unit
    :param shares: what each part is in proportion to; those of settled parts do not count
    :param fixed: position → settled part
    :param digits: see :func:`split`
    :raises EngineError: see :func:`split`

    >>> distribute(100, [1, 1, 1], {0: 40}, 0)
    (Decimal('40'), Decimal('30'), Decimal('30'))
    """
    whole, settled = required(total), {place: required(part) for place, part in fixed.items()}
    with arithmetic():
        rest = whole - sum(settled.values(), ZERO)
    open_shares = [ZERO if place in settled else required(share) for place, share in enumerate(shares)]
    if not any(open_shares) or rest * whole <= 0:
        parts = [ZERO] * len(open_shares)
    else:
        parts = split(rest, open_shares, digits)
    return tuple(settled.get(place, part) for place, part in enumerate(parts))


def fitting_digits(numbers: Iterable, digits: int) -> int:
    """The digits behind the point to split at: as asked for, or as many as the numbers themselves have.

    >>> fitting_digits([Decimal("12.50"), 100], 0), fitting_digits([Decimal(12000000)], -6)
    (1, -6)
    """
    needed = [-required(number).normalize().as_tuple().exponent for number in numbers if number]
    return max([digits, *needed])


def coverage(total, parts: Iterable) -> tuple[Decimal, Decimal]:
    """How much of a whole its parts cover.

    :return: (percent, 100 = all of it, rounded half up to 2 decimals; what is missing, negative when it is too much).
        Of a whole of 0 parts cover 100 when they add up to it, else 0.

    >>> coverage(120, [60, Decimal("56.4")])
    (Decimal('97.00'), Decimal('3.6'))
    """
    whole = required(total)
    with arithmetic():
        covered = sum((required(part) for part in parts), ZERO)
        if whole:
            return round_half_up(covered / whole * HUNDRED, PERCENT_DIGITS), whole - covered
        return (ZERO if covered else HUNDRED), -covered


def _units(total: Decimal, digits: int) -> int:
    """The total counted in units of the last digit."""
    with arithmetic():
        units = total.scaleb(digits)
        if units != units.to_integral_value(rounding=ROUND_FLOOR):
            raise EngineError("split_digits", total=format(total, "f"))
        return int(units)
