"""The rules of reviews written a second time, from the design's text alone: an oracle for the engine and the models.

Every number is an exact fraction and nothing is imported from the engine. Percent as 0 to 100.
"""

from fractions import Fraction

from oracle_bonus import half_up


def mean(values):
    """The mean of what there is, 2 decimals; None for nothing."""
    return half_up(sum(values, Fraction(0)) / len(values), 2) if values else None


def weighted(parts):
    """The mean by weight of the parts that are there, 2 decimals: a missing part, or one of weight 0, does not count.

    :param parts: [(weight, value or None)]
    """
    there = [(weight, value) for weight, value in parts if value is not None and weight > 0]
    total = sum(weight for weight, _value in there)
    return half_up(sum(weight * value for weight, value in there) / total, 2) if total else None


def said(ratings, worth, weights, least=1):
    """What a side says of a person: of each question the mean, of these the mean by the questions' weights.

    :param ratings: {question: [rating or None, one for each who answered]}
    :param worth: {rating: percent}
    :param weights: {question: weight}
    :param least: a question with fewer ratings does not count; nor the side with fewer who answered
    """
    if max((len(given) for given in ratings.values()), default=0) < least:
        return None
    means = {}
    for question, given in ratings.items():
        rated = [worth[rating] for rating in given if rating is not None]
        means[question] = mean(rated) if len(rated) >= least else None
    return weighted([(weights[question], value) for question, value in means.items()])


def grade(score, bands):
    """The best band that begins at or below the score.

    :param bands: [(from, name)]
    """
    return max((band for band in bands if band[0] <= score), default=(None, None))[1] if score is not None else None
