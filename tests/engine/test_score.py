"""The score of a scorecard and the grade it falls into."""

from decimal import Decimal

import pytest
from kpi_addons.kpi_management.engine import Band, EngineError, Part, band_for, score


def test_score_is_the_weighted_mean():
    """0.5 × 80 + 0.3 × 120 + 0.2 × 66.67 = 40 + 36 + 13.334"""
    assert score([Part(50, 80), Part(30, 120), Part(20, Decimal("66.67"))]) == Decimal("89.33")


def test_score_is_rounded_half_up():
    assert score([Part(1, Decimal("80.00")), Part(1, Decimal("80.01"))]) == Decimal("80.01")


def test_weights_need_not_add_up_to_a_hundred():
    assert score([Part(2, 50), Part(1, 110)]) == 70


@pytest.mark.parametrize("policy, expected", [("exclude", "90.00"), ("zero", "54.00"), ("full", "94.00")])
def test_no_data(policy, expected):
    """60 % on 90, 40 % without data: left out, as 0 (54) or as 100 (54 + 40)."""
    assert score([Part(60, 90), Part(40, None, policy)]) == Decimal(expected)


def test_policy_does_not_touch_a_line_with_data():
    assert score([Part(1, 0, "full")]) == 0


@pytest.mark.parametrize("parts", [[], [Part(100, None)], [Part(0, 90)], [Part(0, 90), Part(5, None)]])
def test_without_anything_that_counts_there_is_no_score(parts):
    assert score(parts) is None


@pytest.mark.parametrize(
    "inputs, code",
    [
        ((-1, 50), "weight_negative"),
        ((None, 50), "weight_missing"),
        ((1, 50, "ignore"), "no_data_policy"),
        (("a", 50), "not_a_number"),
    ],
)
def test_part_that_cannot_count_is_refused(inputs, code):
    with pytest.raises(EngineError) as refused:
        Part(*inputs)
    assert refused.value.code == code


GRADES = (Band(0, "D"), Band(90, "A"), Band(70, "B"), Band(50, "C"))


@pytest.mark.parametrize(
    "value, grade",
    [("0", "D"), ("49.99", "D"), ("50", "C"), ("69.99", "C"), ("70", "B"), ("89.99", "B"), ("90", "A"), ("120", "A")],
)
def test_grades_are_half_open(value, grade):
    assert band_for(Decimal(value), GRADES) == grade


def test_no_grade_without_score_or_below_the_lowest_band():
    assert band_for(None, GRADES) is None
    assert band_for(Decimal("69.99"), [Band(70, "B")]) is None
    assert band_for(Decimal(100), []) is None
