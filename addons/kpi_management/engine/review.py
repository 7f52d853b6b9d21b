"""Reviews: ratings of several people become one figure per competency, per side and for the person."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal

from .rounding import ZERO, arithmetic, required, round_percent, to_decimal
from .score import Part, score

#: Who says something about a person.
SIDES = ("self", "manager", "peer", "upward", "external")


def average(values: Iterable) -> Decimal | None:
    """The plain mean of what there is; None values are left out.

    :param values: ratings, or percents
    :return: rounded half up to 2 decimals; None when nothing is there

    >>> average([5, 5])
    Decimal('5.00')
    >>> average([4, None, 5, 5])
    Decimal('4.67')
    """
    numbers = [to_decimal(value) for value in values if value is not None]
    if not numbers:
        return None
    with arithmetic():
        mean = sum(numbers, ZERO) / len(numbers)
    return round_percent(mean)


def combine(parts: Iterable[tuple]) -> Decimal | None:
    """The weighted mean of the parts that are there: a missing one is left out, never counted as 0.

    :param parts: (weight, percent or None); weights 0 or more, in any unit
    :return: percent, rounded half up to 2 decimals; None when nothing counts
    :raises EngineError: ``weight_missing``, ``weight_negative``

    >>> combine([(60, Decimal(80)), (40, Decimal(100))])
    Decimal('88.00')
    >>> combine([(60, Decimal(80)), (40, None)])
    Decimal('80.00')
    """
    return score(Part(weight, value) for weight, value in parts)


def competency_scores(answers: Iterable[tuple]) -> dict[Hashable, dict[Hashable, Decimal]]:
    """How each side sees each competency (or question): the means a radar chart shows.

    :param answers: (competency, side, rating or percent), in any order
    :return: {competency: {side: mean}}, rounded half up to 2 decimals; a side that said nothing has no entry

    >>> competency_scores([("care", "peer", 4), ("care", "peer", 5), ("care", "self", 3)])
    {'care': {'peer': Decimal('4.50'), 'self': Decimal('3.00')}}
    """
    values: dict = {}
    for competency, side, value in answers:
        values.setdefault(competency, {}).setdefault(side, []).append(required(value))
    return {key: {side: average(given) for side, given in sides.items()} for key, sides in values.items()}


def side_scores(answers: Iterable[tuple], weights: Mapping) -> dict[Hashable, Decimal]:
    """What each side says in one figure: the mean of each question, then their mean by the questions' weights.

    By question first, so that nobody needs to know which answers came from the same person.

    :param answers: (question, side, percent)
    :param weights: {question: weight, 0 or more}; a question without a weight does not count
    :return: {side: percent}; a side without anything that counts has no entry

    >>> side_scores([("a", "peer", 100), ("a", "peer", 50), ("b", "peer", 80)], {"a": 1, "b": 3})
    {'peer': Decimal('78.75')}
    """
    by_question = competency_scores(answers)
    sides = {side: None for means in by_question.values() for side in means}
    for side in sides:
        sides[side] = combine((weights.get(key, 0), means.get(side)) for key, means in by_question.items())
    return {side: value for side, value in sides.items() if value is not None}
