"""A line through points: the one mechanism behind scoring and payout."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .errors import EngineError
from .rounding import arithmetic, required, to_decimal

MODES = ("interpolated", "step")


@dataclass(frozen=True)
class Curve:
    """A line through points, flat beyond its ends.

    :param points: (x, y) pairs, strictly increasing in x, at least one
    :param mode: ``interpolated``: straight from point to point; ``step``: y of the last point reached
    :param below: y left of the first point (a threshold is a jump); None = flat there too
    :raises EngineError: ``curve_empty``, ``curve_order``, ``curve_mode``, ``not_a_number``

    >>> line = Curve(((50, 0), (100, 100)))
    >>> line.at(Decimal(75)), line.at(Decimal(40)), line.at(Decimal(130))
    (Decimal('50'), Decimal('0'), Decimal('100'))
    """

    points: tuple[tuple[Decimal, Decimal], ...]
    mode: str = "interpolated"
    below: Decimal | None = None

    def __post_init__(self):
        points = tuple((required(x), required(y)) for x, y in self.points)
        if not points:
            raise EngineError("curve_empty")
        if self.mode not in MODES:
            raise EngineError("curve_mode", mode=str(self.mode))
        if any(left[0] >= right[0] for left, right in pairwise(points)):
            raise EngineError("curve_order")
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "below", to_decimal(self.below))

    def at(self, x: Decimal) -> Decimal:
        """The value at x, unrounded.

        :raises EvaluationError: ``out_of_range``
        """
        x = required(x)
        # how many points have been reached, x of a point included
        reached = bisect_right([point[0] for point in self.points], x)
        if reached == 0:
            return self.points[0][1] if self.below is None else self.below
        x0, y0 = self.points[reached - 1]
        if self.mode == "step" or reached == len(self.points) or x == x0:
            return y0
        x1, y1 = self.points[reached]
        with arithmetic():
            # one division, and last: the result is the exact one, correctly rounded
            return (y0 * (x1 - x) + y1 * (x - x0)) / (x1 - x0)
