"""Reviews: means of ratings, and a result in which nothing that is missing counts as 0."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import (
    EngineError,
    average,
    combine,
    competency_scores,
    side_scores,
)

percents = st.decimals(0, 200, places=2)
weights = st.integers(1, 100)


@pytest.mark.parametrize(
    "values, mean",
    [
        ([5, 5], "5.00"),
        ([4, 5, 5], "4.67"),  # 14 / 3 = 4.666…
        ([3, None, 4], "3.50"),
        ([1, 1, 1, 1, 1, 1, 1, 2], "1.13"),  # 9 / 8 = 1.125, half up
        ([0], "0.00"),
    ],
)
def test_average(values, mean):
    assert str(average(values)) == mean


def test_nothing_is_not_zero():
    assert average([]) is None
    assert average([None, None]) is None
    assert combine([]) is None
    assert combine([(60, None), (40, None)]) is None


@pytest.mark.parametrize(
    "parts, result",
    [
        # 0.6 × 85.5 + 0.3 × 80 + 0.1 × 90 = 51.3 + 24 + 9
        ([(60, "85.5"), (30, 80), (10, 90)], "84.30"),
        # without colleagues: (51.3 + 24) / 0.9 = 83.666…
        ([(60, "85.5"), (30, 80), (10, None)], "83.67"),
        ([(60, None), (30, 80), (10, None)], "80.00"),
        # a weight of 0 is shown, and does not count
        ([(0, 20), (100, "77.77")], "77.77"),
        ([(0, 20)], None),
        ([(50, 0), (50, 100)], "50.00"),
    ],
)
def test_combine(parts, result):
    assert combine(parts) == (None if result is None else Decimal(result))


def test_a_weight_below_zero_is_refused():
    with pytest.raises(EngineError):
        combine([(-10, 80), (110, 90)])


def test_competencies_by_side():
    answers = [("care", "self", 5), ("care", "peer", 3), ("care", "peer", 4), ("care", "peer", 4), ("drive", "peer", 2)]
    assert competency_scores(answers) == {
        "care": {"self": Decimal("5.00"), "peer": Decimal("3.67")},
        "drive": {"peer": Decimal("2.00")},
    }


def test_a_side_in_one_figure():
    # care: (100 + 80 + 80) / 3 = 86.67, drive: 40; 2 × 86.67 + 1 × 40 = 213.34, / 3 = 71.1133…
    answers = [("care", "peer", 100), ("drive", "peer", 40), ("care", "peer", 80), ("care", "peer", 80)]
    assert side_scores([*answers, ("drive", "self", 60)], {"care": 2, "drive": 1}) == {
        "peer": Decimal("71.11"),
        "self": Decimal("60.00"),
    }


def test_a_side_that_answered_what_does_not_count_has_no_figure():
    assert side_scores([("care", "peer", 80)], {"care": 0}) == {}
    assert side_scores([("care", "peer", 80)], {}) == {}


@given(st.lists(st.tuples(weights, percents), min_size=1), st.lists(weights))
def test_missing_parts_change_nothing(parts, missing):
    assert combine([*parts, *((weight, None) for weight in missing)]) == combine(parts)


@given(st.lists(st.tuples(weights, percents), min_size=1))
def test_a_result_lies_among_its_parts(parts):
    values = [value for _weight, value in parts]
    assert min(values) <= combine(parts) <= max(values)


@given(weights, st.lists(weights, min_size=1), percents)
def test_parts_that_agree_are_the_result(first, others, value):
    assert combine([(weight, value) for weight in [first, *others]]) == value


@given(st.lists(st.integers(1, 5), min_size=1, max_size=50))
def test_who_answered_first_does_not_matter(ratings):
    assert average(ratings) == average(sorted(ratings)) == average(ratings[::-1])
    assert 1 <= average(ratings) <= 5


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["peer", "self"]), st.integers(20, 100))),
    st.randoms(use_true_random=False),
)
def test_shuffled_answers_are_worth_the_same(answers, random):
    shuffled = answers[:]
    random.shuffle(shuffled)
    weights = {"a": 1, "b": 2, "c": 3}
    assert side_scores(shuffled, weights) == side_scores(answers, weights)
