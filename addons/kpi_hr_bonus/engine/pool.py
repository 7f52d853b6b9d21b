"""A pool: an amount of money split over those who have a share in it, to the last unit of the currency."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ...kpi_management.engine import number_text, split, to_decimal
from ...kpi_management.engine.rounding import ZERO, arithmetic, required
from .errors import PayoutError


@dataclass(frozen=True)
class Pool:
    """What one person's part of a pool is worked out from, besides the own share.

    :param amount: money split over the open shares: the pool without what is settled already
    :param shares: sum of the open shares, the person's own included
    :param extra: units of the currency given to the person by largest remainder: 0 or 1
    :raises PayoutError: ``pool_negative``
    """

    amount: Decimal
    shares: Decimal
    extra: int = 0

    def __post_init__(self):
        for name in ("amount", "shares"):
            object.__setattr__(self, name, required(getattr(self, name)))
        if self.amount < ZERO or self.shares < ZERO:
            raise PayoutError("pool_negative", amount=number_text(self.amount))

    def part(self, share: Decimal, rounding: Decimal) -> Decimal:
        """The part of a share: its exact proportion, rounded down to the currency, and the extra unit.

        :param share: the person's own, 0 or more, out of ``shares``
        :param rounding: the currency's smallest unit
        :return: money, 0 when nobody has a share
        """
        if not self.shares or not share:
            return ZERO
        with arithmetic():
            return (_quota(self.amount, share, self.shares, rounding) + self.extra) * rounding + ZERO


def split_pool(amount, shares: Sequence, rounding) -> tuple[Pool, ...]:
    """Split an amount in proportion to shares, by largest remainder, ties to the first.

    The parts (:meth:`Pool.part`) add up to the amount exactly. When nobody has a share, nobody gets anything.

    :param amount: money, a multiple of the rounding, 0 or more
    :param shares: 0 or more each, in the order in which ties are settled
    :param rounding: the currency's smallest unit
    :return: one :class:`Pool` per share

    >>> pools = split_pool(100, [1, 1, 1], 1)
    >>> [int(pool.part(Decimal(1), Decimal(1))) for pool in pools]
    [34, 33, 33]
    """
    money, unit, open_shares = required(amount), to_decimal(rounding), [required(share) for share in shares]
    with arithmetic():
        whole = sum(open_shares, ZERO)
        units = money / unit
    if not whole or money <= ZERO:
        return tuple(Pool(max(money, ZERO), whole) for _share in open_shares)
    parts = split(units, open_shares, 0)
    return tuple(
        Pool(money, whole, int(part) - _quota(money, share, whole, unit))
        for part, share in zip(parts, open_shares, strict=True)
    )


def pool_dict(pool: Pool | None, share: Decimal) -> dict | None:
    """A pool as JSON keeps it, with the person's own share for reading; replaying works that out again."""
    if pool is None:
        return None
    return {
        "amount": number_text(pool.amount),
        "shares": number_text(pool.shares),
        "extra": pool.extra,
        "share": number_text(share),
    }


def pool_from(entry: dict | None) -> Pool | None:
    """The pool :func:`pool_dict` wrote down."""
    return None if entry is None else Pool(entry["amount"], entry["shares"], entry["extra"])


def _quota(amount: Decimal, share: Decimal, shares: Decimal, unit: Decimal) -> int:
    """Whole units of the currency in the exact proportion of a share."""
    return int(Fraction(amount) / Fraction(unit) * Fraction(share) / Fraction(shares))
