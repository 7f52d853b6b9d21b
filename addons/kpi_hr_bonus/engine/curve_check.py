"""What a payout curve makes people do: where it jumps, stands still or falls. All figures in percent (0–100)."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ...kpi_management.engine.rounding import required
from .payout import payout_curve

ZERO = Decimal(0)
#: A payout that rises by more than this (in points) at one score, or within one point of score, is a cliff.
CLIFF = Decimal(20)
#: A step of a stepped curve that is wider than this (in points of score) pays nothing for much work.
WIDE = Decimal(10)
#: How far the outline goes on beyond the last point, and how far it goes at least.
BEYOND, AT_LEAST = Decimal(10), Decimal(120)


@dataclass(frozen=True)
class Finding:
    """Something to point out: ``cliff``, ``flat``, ``falling``, ``top`` (flat from here on) or ``capped``.

    :param start: score at which it begins
    :param end: score up to which it goes; None = for good
    :param low: payout at its beginning (just short of it for a cliff)
    :param high: payout at its end
    """

    kind: str
    start: Decimal
    end: Decimal | None
    low: Decimal
    high: Decimal


def curve_findings(points, mode: str = "interpolated", cap=None, cliff=CLIFF) -> tuple[Finding, ...]:
    """What to point out in a payout curve, from the lowest score on.

    :param points: (score, payout) pairs in any order; none = proportional
    :param cap: payout beyond which the cap of the plan holds; None = none
    :param cliff: points of payout that make a jump a cliff
    :raises PayoutError: ``payout_negative``
    :raises EngineError: ``curve_order``, ``curve_mode``, ``not_a_number``

    >>> [(found.kind, int(found.start)) for found in curve_findings([(80, 50), (100, 100)])]
    [('flat', 0), ('cliff', 80), ('top', 100)]
    """
    curve = payout_curve(points, mode)
    pairs = curve.points if curve else ()
    # Where the cap holds, how high the curve would go on tells nobody anything.
    end = list(_capped(pairs, mode, cap)) or list(_top(pairs))
    found = [*_threshold(pairs, cliff), *_between(pairs, mode, cliff), *end]
    return tuple(sorted(_merged(found), key=lambda finding: finding.start))


def curve_outline(points, mode: str = "interpolated") -> list[tuple[Decimal, Decimal]]:
    """The corners of the curve's picture, from a score of 0 on; a jump is two corners at one score.

    :raises PayoutError, EngineError: as of ``curve_findings``
    """
    curve = payout_curve(points, mode)
    if curve is None:
        return [(ZERO, ZERO), (AT_LEAST, AT_LEAST)]
    pairs = curve.points
    corners = [] if pairs[0][0] <= ZERO else [(ZERO, ZERO), (pairs[0][0], ZERO)]
    corners.append(pairs[0])
    for (_start, low), (end, high) in pairwise(pairs):
        corners += [(end, low), (end, high)] if mode == "step" else [(end, high)]
    corners.append((max(pairs[-1][0] + BEYOND, AT_LEAST), pairs[-1][1]))
    return [corner for before, corner in pairwise([None, *corners]) if corner != before]


def _threshold(pairs, cliff):
    """Nothing short of the first point, and the jump onto it."""
    if not pairs or pairs[0][0] <= ZERO:
        return
    start, payout = pairs[0]
    yield Finding("flat", ZERO, start, ZERO, ZERO)
    if payout > cliff:
        yield Finding("cliff", start, start, ZERO, payout)


def _between(pairs, mode, cliff):
    for (start, low), (end, high) in pairwise(pairs):
        if high < low:
            yield Finding("falling", start, end, low, high)
        elif high == low:
            yield Finding("flat", start, end, low, low)
        elif mode == "step":
            if end - start > WIDE or low == ZERO:
                yield Finding("flat", start, end, low, low)
            if high - low > cliff:
                yield Finding("cliff", end, end, low, high)
        elif high - low > cliff and end - start <= 1:
            yield Finding("cliff", start, end, low, high)


def _top(pairs):
    if pairs:
        score, payout = pairs[-1]
        yield Finding("top", score, None, payout, payout)


def _capped(pairs, mode, cap):
    """From where on the cap cuts off what the curve pays; on a curve that pays more later, to its end."""
    if cap is None:
        return
    cap = required(cap)
    if not pairs:
        yield Finding("capped", cap, None, cap, cap)
        return
    before = (pairs[0][0], ZERO)
    for score, payout in pairs:
        if payout > cap:
            start = score
            if mode != "step" and before[0] < score and before[1] < cap:
                start = before[0] + (score - before[0]) * (cap - before[1]) / (payout - before[1])
            yield Finding("capped", start, None, cap, payout)
            return
        before = (score, payout)


def _merged(found):
    """Neighbouring stretches that pay the same are one, the last of them to the end."""
    merged = []
    for finding in found:
        last = merged[-1] if merged else None
        joins = last and last.kind == "flat" and finding.kind in ("flat", "top")
        if joins and last.end == finding.start and last.high == finding.low:
            merged[-1] = Finding(finding.kind, last.start, finding.end, last.low, finding.high)
        else:
            merged.append(finding)
    return merged
