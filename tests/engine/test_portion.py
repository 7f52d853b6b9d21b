"""Figures for a part of a period, and raised by a percentage."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import portion, raised, whole


@pytest.mark.parametrize(
    "value, days, of_days, digits, expected",
    [
        (1000, 17, 31, 4, "548.3871"),
        (1000, 17, 31, 0, "548"),
        (1000, 0, 31, 2, "0"),
        (1000, 31, 31, 2, "1000"),
        (-31, 1, 31, 0, "-1"),
        ("0.01", 1, 2, 2, "0.01"),
    ],
)
def test_a_part_of_the_days_gets_its_part(value, days, of_days, digits, expected):
    assert portion(Decimal(value), days, of_days, digits) == Decimal(expected)


@pytest.mark.parametrize(
    "value, days, of_days, digits, expected",
    [
        ("548.3871", 17, 31, 4, "1000"),
        (54_838_710, 17, 31, 0, "100000000"),
        ("2.5", 14, 28, 4, "5"),
        (0, 5, 30, 2, "0"),
        ("-548.39", 17, 31, 2, "-1000"),
        ("0.0001", 1, 30, 4, "0.003"),
    ],
)
def test_the_whole_is_the_roundest_figure_with_that_part(value, days, of_days, digits, expected):
    assert whole(Decimal(value), days, of_days, digits) == Decimal(expected)


@given(st.integers(-(10**12), 10**12), st.integers(1, 31), st.integers(0, 4))
def test_the_part_of_a_whole_is_the_part_it_came_from(cents, days, digits):
    part = portion(Decimal(cents), days, 31, digits)
    assert portion(whole(part, days, 31, digits), days, 31, digits) == part


@pytest.mark.parametrize(
    "value, percent, up, digits, expected",
    [
        (1000, 5, True, 0, "1050"),
        (1000, 5, False, 0, "950"),
        (-200, 5, True, 0, "-190"),
        (-200, 5, False, 0, "-210"),
        (1000, -10, True, 0, "900"),
        (5, "12.5", False, 2, "4.38"),
        (0, 20, True, 2, "0"),
    ],
)
def test_a_raised_target_is_harder_to_reach(value, percent, up, digits, expected):
    assert raised(Decimal(value), Decimal(percent), up, digits) == Decimal(expected)
