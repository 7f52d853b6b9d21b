"""Ten thousand review cycles by chance: the engine and the oracle agree to the hundredth."""

from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import SIDES, combine, side_scores
from oracle_review import said, weighted

QUESTIONS = "abcd"


def draw(chance):
    """One person's cycle: {side: {question: ratings}}, what ratings are worth, weights of questions and parts."""
    sides = {
        side: {
            question: [chance.choice([1, 2, 3, 4, 5, None]) for _rater in range(raters)]
            for question in chance.sample(QUESTIONS, chance.randint(1, 4))
        }
        for side in SIDES
        if (raters := chance.choice([0, 1, 1, 2, 3, 7]))
    }
    worth = {rating: Decimal(chance.randint(0, 15000)) / 100 for rating in range(1, 6)}
    questions = {question: Decimal(chance.randint(0, 300)) / 100 for question in QUESTIONS}
    parts = {part: Decimal(chance.choice([0, 0, 10, 15, 20, 33.33, 40])) for part in ("kpi", *SIDES)}
    parts = {part: weight.quantize(Decimal("0.01")) for part, weight in parts.items()}
    kpi = chance.choice([None, Decimal(chance.randint(0, 12000)) / 100])
    return sides, worth, questions, parts, kpi


def by_engine(sides, worth, questions, parts, kpi):
    answers = [
        (question, side, worth[rating])
        for side, asked in sides.items()
        for question, ratings in asked.items()
        for rating in ratings
        if rating is not None
    ]
    figures = side_scores(answers, questions)
    if kpi is not None:
        figures["kpi"] = kpi
    return figures, combine((weight, figures.get(part)) for part, weight in parts.items())


def by_oracle(sides, worth, questions, parts, kpi):
    worth, questions, parts = (
        {key: Fraction(value) for key, value in numbers.items()} for numbers in (worth, questions, parts)
    )
    figures = {side: said(asked, worth, questions) for side, asked in sides.items()}
    figures["kpi"] = None if kpi is None else Fraction(kpi)
    result = weighted([(weight, figures.get(part)) for part, weight in parts.items()])
    return {part: value for part, value in figures.items() if value is not None}, result


def test_ten_thousand_cycles():
    chance = Random(2026)
    empty = missing = 0
    for _cycle in range(10_000):
        drawn = draw(chance)
        figures, result = by_engine(*drawn)
        expected, expected_result = by_oracle(*drawn)
        assert {part: Fraction(value) for part, value in figures.items()} == expected, drawn
        assert (None if result is None else Fraction(result)) == expected_result, drawn
        empty += result is None
        missing += any(weight and part not in figures for part, weight in drawn[3].items())
    # the draw reaches the cases that matter
    assert empty > 50 and missing > 5_000


@given(
    st.sampled_from([1, 2, 3, 4, 5]),
    st.lists(st.integers(1, 9), min_size=1, max_size=4),
    st.integers(1, 40),
    st.decimals(0, 1000, places=2),
)
def test_raters_of_one_mind(rating, weights, raters, percent):
    """5 and 5 is 5, by however many raters, questions and weights."""
    answers = [
        (question, "peer", percent if rating == 5 else Decimal(20 * rating))
        for question in range(len(weights))
        for _rater in range(raters)
    ]
    figure = side_scores(answers, dict(enumerate(weights)))["peer"]
    assert figure == answers[0][2]
    assert combine([(60, figure), (40, figure), (7, None)]) == figure


@given(st.lists(st.tuples(st.integers(0, 100), st.decimals(0, 120, places=2)), min_size=1), st.integers(1, 1000))
def test_weights_count_by_their_proportion(parts, factor):
    assert combine([(weight * factor, value) for weight, value in parts]) == combine(parts)


@given(st.integers(0, 12000), st.integers(1, 99))
def test_a_half_goes_up(low, weight):
    """Two parts of equal weight one hundredth apart: the half is rounded up."""
    values = Decimal(low) / 100, Decimal(low + 1) / 100
    assert combine([(weight, values[0]), (weight, values[1])]) == values[1]
