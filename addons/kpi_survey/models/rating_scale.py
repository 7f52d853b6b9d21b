from odoo.tools import float_round


def rating_on_scale(value, low, high):
    """The rating that a point of a scale stands for: the scale's ends are 1 and 5, the rest lies straight between.

    :param value: the point chosen, a number; beyond the ends it counts as the end
    :param low: the worst point
    :param high: the best point, above ``low``
    :return: "1" to "5", rounded half up

    >>> [rating_on_scale(value, 0, 10) for value in (0, 1, 2, 4, 5, 6, 7, 9, 10)]
    ['1', '1', '2', '3', '3', '3', '4', '5', '5']
    >>> [rating_on_scale(value, 1, 5) for value in (1, 2, 3, 4, 5)]
    ['1', '2', '3', '4', '5']
    """
    inside = min(max(value, low), high)
    exact = 1 + 4 * (inside - low) / (high - low)
    return str(int(float_round(exact, precision_digits=0, rounding_method="HALF-UP")))
