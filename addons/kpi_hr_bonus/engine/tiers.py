"""Tiers: what a rate on a measured value is worth."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ...kpi_management.engine import number_text, to_decimal
from ...kpi_management.engine.rounding import HUNDRED, ONE, ZERO, arithmetic, required
from .errors import PayoutError

MODES = ("marginal", "whole")
#: what a rate means → what the value × rate is divided by
UNITS = {"percent": HUNDRED, "unit": ONE}


@dataclass(frozen=True)
class Band:
    """What one tier pays for: ``part`` of the value × ``rate`` is ``money``.

    :param start: first value of the tier
    :param end: first value beyond it; None = no end
    """

    start: Decimal
    end: Decimal | None
    rate: Decimal
    part: Decimal
    money: Decimal


@dataclass(frozen=True)
class Rate:
    """A measured value and the tiers that pay for it.

    :param value: in the KPI's unit; None = no data, which pays nothing
    :param tiers: (first value, rate) pairs in any order: half-open, nothing is paid below the lowest
    :param mode: ``marginal``: each tier's rate on the part inside it; ``whole``: the rate of the tier reached on
        everything
    :param per: a rate is in ``percent`` of the value, or money per ``unit`` of it
    :raises PayoutError: ``tiers_missing``, ``tier_twice``, ``tier_negative``, ``tier_mode``, ``tier_per``

    >>> Rate(150, [(0, 2), (100, 3)]).money, Rate(150, [(0, 2), (100, 3)], mode="whole").money
    (Decimal('3.5'), Decimal('4.5'))
    """

    value: Decimal | None
    tiers: tuple[tuple[Decimal, Decimal], ...]
    mode: str = "marginal"
    per: str = "percent"

    def __post_init__(self):
        object.__setattr__(self, "value", to_decimal(self.value))
        tiers = tuple(sorted((required(start), required(rate)) for start, rate in self.tiers))
        object.__setattr__(self, "tiers", tiers)
        if not tiers:
            raise PayoutError("tiers_missing")
        for start, rate in tiers:
            if start < ZERO or rate < ZERO:
                raise PayoutError("tier_negative", start=number_text(start), rate=number_text(rate))
        for (start, _rate), (following, _next_rate) in pairwise(tiers):
            if start == following:
                raise PayoutError("tier_twice", start=number_text(start))
        if self.mode not in MODES:
            raise PayoutError("tier_mode", mode=str(self.mode))
        if self.per not in UNITS:
            raise PayoutError("tier_per", per=str(self.per))

    @property
    def bands(self) -> tuple[Band, ...]:
        """The tiers that pay for this value; none for a value of 0 or less, or below the first tier.

        :raises EvaluationError: ``out_of_range``
        """
        if self.value is None or self.value <= ZERO:
            return ()
        ends = [*(start for start, _rate in self.tiers[1:]), None]
        reached = [
            (start, end, rate) for (start, rate), end in zip(self.tiers, ends, strict=True) if start <= self.value
        ]
        if self.mode == "whole":
            return tuple(self._band(*tier, self.value) for tier in reached[-1:])
        with arithmetic():
            parts = [
                self.value - start if end is None else min(self.value, end) - start for start, end, _rate in reached
            ]
        return tuple(self._band(*tier, part) for tier, part in zip(reached, parts, strict=True))

    @property
    def money(self) -> Decimal:
        """What the value is worth, 0 or more, not rounded."""
        with arithmetic():
            return sum((band.money for band in self.bands), ZERO)

    def _band(self, start, end, rate, part) -> Band:
        with arithmetic():
            return Band(start, end, rate, part, part * rate / UNITS[self.per])


def rate_dict(rate: Rate | None) -> dict | None:
    """A rate as JSON keeps it: numbers as exact texts."""
    if rate is None:
        return None
    return {
        "value": number_text(rate.value),
        "tiers": [[number_text(start), number_text(percent)] for start, percent in rate.tiers],
        "mode": rate.mode,
        "per": rate.per,
    }


def rate_from(entry: dict | None) -> Rate | None:
    """The rate :func:`rate_dict` wrote down."""
    return (
        None if entry is None else Rate(entry["value"], tuple(map(tuple, entry["tiers"])), entry["mode"], entry["per"])
    )
