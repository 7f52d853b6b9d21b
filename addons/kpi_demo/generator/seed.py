"""Chance with a fixed seed, and sums that come out exact."""

import random

SEED = "kpi_demo"


def chance(*parts):
    """A random generator of its own for each part of the story.

    Parts do not share one stream, so a change in one leaves the numbers of the others as they were.

    :param parts: anything that names the part, such as ``("orders", "mai", "2026-10")``
    :rtype: random.Random
    """
    return random.Random(":".join([SEED, *map(str, parts)]))


def split(total, weights, step=1):
    """Split a whole number into parts in proportion to weights; the parts add up to it exactly.

    >>> split(100, [1, 1, 1])
    [33, 33, 34]
    >>> split(1_000_000, [2, 1], step=100_000)
    [700000, 300000]

    :param int total: what is split
    :param list weights: one positive number per part
    :param int step: every part but the last is a multiple of it
    :rtype: list[int]
    """
    weight = sum(weights)
    parts = [round(total * share / weight / step) * step for share in weights[:-1]]
    return [*parts, total - sum(parts)]
