"""Score of a scorecard from its lines, and the grade a score falls into."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from .errors import EngineError
from .rounding import HUNDRED, ZERO, arithmetic, required, round_percent, to_decimal

#: policy → what a line without data counts as; None = it is left out and the weights are renormalised
NO_DATA = {"exclude": None, "zero": ZERO, "full": HUNDRED}


@dataclass(frozen=True)
class Part:
    """What one line brings to the score.

    :param weight: 0 or more, in any unit (percent, points)
    :param attainment: percent; None = no data
    :param no_data: what a line without data counts as: ``exclude`` (left out), ``zero``, ``full`` (100)
    :raises EngineError: ``weight_missing``, ``weight_negative``, ``no_data_policy``
    """

    weight: Decimal
    attainment: Decimal | None
    no_data: str = "exclude"

    def __post_init__(self):
        weight = to_decimal(self.weight)
        if weight is None:
            raise EngineError("weight_missing")
        if weight < ZERO:
            raise EngineError("weight_negative")
        if self.no_data not in NO_DATA:
            raise EngineError("no_data_policy", policy=str(self.no_data))
        object.__setattr__(self, "weight", weight)
        object.__setattr__(self, "attainment", to_decimal(self.attainment))

    @property
    def counted(self) -> Decimal | None:
        """The attainment that counts, in percent; None = this part is left out."""
        return NO_DATA[self.no_data] if self.attainment is None else self.attainment


def score(parts: Iterable[Part]) -> Decimal | None:
    """The weighted mean Σ weight × attainment / Σ weight.

    :return: percent, rounded half up to 2 decimals; None when nothing counts

    >>> score([Part(60, Decimal(80)), Part(40, Decimal(100))])
    Decimal('88.00')
    >>> score([Part(60, Decimal(80)), Part(40, None)])
    Decimal('80.00')
    """
    counting = [(part.weight, part.counted) for part in parts if part.counted is not None]
    with arithmetic():
        total = sum((weight for weight, _ in counting), ZERO)
        if not total:
            return None
        mean = sum((weight * counted for weight, counted in counting), ZERO) / total
    return round_percent(mean)


@dataclass(frozen=True)
class Band:
    """A grade's band of scores: from ``minimum`` (included, percent) up to the next band's (excluded)."""

    minimum: Decimal
    key: Hashable

    def __post_init__(self):
        object.__setattr__(self, "minimum", required(self.minimum))


def band_for(score: Decimal | None, bands: Iterable[Band]) -> Hashable | None:
    """Key of the band a score falls into; None without a score or below the lowest band.

    >>> bands = [Band(90, "A"), Band(70, "B")]
    >>> band_for(Decimal("89.99"), bands), band_for(Decimal(90), bands), band_for(Decimal(50), bands)
    ('B', 'A', None)
    """
    value = to_decimal(score)
    if value is None:
        return None
    reached = [band for band in bands if band.minimum <= value]
    return max(reached, key=lambda band: band.minimum).key if reached else None
