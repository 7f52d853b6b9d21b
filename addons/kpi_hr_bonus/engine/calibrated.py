"""A score beside the grade that calibration gave it: what the payout curve counts with."""

from decimal import Decimal

from ...kpi_management.engine import number_text, round_half_up, to_decimal
from ...kpi_management.engine.rounding import PERCENT_DIGITS, required
from .errors import PayoutError

#: The last score of a band lies so far below the next one.
STEP = Decimal(1).scaleb(-PERCENT_DIGITS)


def score_in_band(score, start, end=None) -> Decimal:
    """A score moved into the band of a grade, no further than needed.

    :param score: percent; None (nothing was scored) counts as the band's first score
    :param start: first score of the band, in percent, included
    :param end: where the next better band begins, not included; None = open upward
    :return: percent, 2 decimals: the score itself where it lies in the band, the first of the band where it lies
        below, the last one where it lies above
    :raises PayoutError: ``band_empty`` when the band does not end after its start

    >>> [str(score_in_band(score, 95, 110)) for score in (80, 95, 102.5, 110, None)]
    ['95.00', '95.00', '102.50', '109.99', '95.00']
    """
    first, following, own = required(start), to_decimal(end), to_decimal(score)
    if following is not None and following <= first:
        raise PayoutError("band_empty", start=number_text(first), end=number_text(following))
    counted = first if own is None else max(own, first)
    if following is not None:
        counted = min(counted, following - STEP)
    return round_half_up(counted, PERCENT_DIGITS)
