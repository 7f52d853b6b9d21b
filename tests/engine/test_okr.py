"""Key results: their grade, the objective's, and how bold a target is."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import (
    EngineError,
    Window,
    key_result_grade,
    objective_grade,
    reach,
    window_between,
)

figures = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@pytest.mark.parametrize(
    "actual, baseline, target, grade",
    [
        (50, 0, 100, "0.50"),
        (80, 50, 100, "0.60"),
        (3, 6, 2, "0.75"),  # fewer complaints
        (7, 6, 2, "0.00"),  # more of them than at the start
        (130, 0, 100, "1.00"),
        (-5, -10, 10, "0.25"),
        (1, 0, 3, "0.33"),
        (2, 0, 3, "0.67"),
        ("0.125", 0, 1, "0.13"),  # half up
    ],
)
def test_grade(actual, baseline, target, grade):
    assert str(key_result_grade(actual, baseline, target)) == grade


def test_no_data_and_no_way_to_go_have_no_grade():
    assert key_result_grade(None, 0, 100) is None
    assert key_result_grade(5, 100, 100) is None
    with pytest.raises(EngineError):
        key_result_grade(5, None, 100)


@given(figures, figures, figures)
def test_a_grade_lies_between_0_and_1_and_is_1_at_the_target(actual, baseline, target):
    grade = key_result_grade(actual, baseline, target)
    if target == baseline:
        assert grade is None
    else:
        assert 0 <= grade <= 1
        assert key_result_grade(target, baseline, target) == 1
        assert key_result_grade(baseline, baseline, target) == 0


@pytest.mark.parametrize(
    "grades, mean",
    [
        ((1, Decimal("0.5"), None), "0.75"),
        ((0, 0, 1), "0.33"),
        ((0,), "0.00"),
    ],
)
def test_mean(grades, mean):
    assert str(objective_grade(grades)) == mean


def test_nothing_measured_is_not_zero():
    assert objective_grade([]) is None
    assert objective_grade([None, None]) is None


@pytest.mark.parametrize(
    "before, target, lower, percent",
    [
        (100, 130, False, "30.00"),
        (100, 90, False, "-10.00"),
        (10, 8, True, "20.00"),
        (10, 12, True, "-20.00"),
        (-100, -50, False, "50.00"),  # half the loss
        (3, 4, False, "33.33"),
    ],
)
def test_reach(before, target, lower, percent):
    assert str(reach(before, target, lower)) == percent


@pytest.mark.parametrize("before", [None, 0, 0.0])
def test_there_is_nothing_to_compare_with(before):
    assert reach(before, 10) is None


@pytest.mark.parametrize(
    "start, end, kind, previous_start",
    [
        ("2024-01-01", "2024-12-31", "year", "2023-01-01"),
        ("2025-04-01", "2026-03-31", "year", "2024-04-01"),
        ("2026-07-01", "2026-09-30", "quarter", "2026-04-01"),
        ("2026-02-01", "2026-02-28", "month", "2026-01-01"),
        ("2026-01-01", "2026-03-02", "custom", "2025-11-01"),
        ("2024-01-01", "2026-12-31", "custom", "2020-12-31"),  # as many days
    ],
)
def test_window_between(start, end, kind, previous_start):
    window = window_between(date.fromisoformat(start), date.fromisoformat(end))
    assert window == Window(kind, date.fromisoformat(start), date.fromisoformat(end))
    assert window.previous().start == date.fromisoformat(previous_start)
