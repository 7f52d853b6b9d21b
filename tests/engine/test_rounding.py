"""Numbers are exact decimals and are rounded half up, as on paper."""

import decimal
from decimal import Decimal

import pytest
from kpi_addons.kpi_management.engine import (
    EngineError,
    EvaluationError,
    Target,
    attainment,
    number_text,
    round_half_up,
    to_decimal,
)


@pytest.mark.parametrize(
    "value, expected",
    [
        (80.005, "80.005"),
        (0.1, "0.1"),
        (1e22, "1E+22"),
        (3, "3"),
        (Decimal("12.50"), "12.50"),
        ("0.25", "0.25"),
    ],
)
def test_a_number_is_taken_as_it_reads(value, expected):
    assert to_decimal(value) == Decimal(expected)


def test_no_data_stays_no_data():
    assert to_decimal(None) is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "-Infinity", "ten", "", [1], object(), b"1"])
def test_what_is_not_a_number_is_refused(value):
    with pytest.raises(EngineError) as refused:
        to_decimal(value)
    assert refused.value.code == "not_a_number"


@pytest.mark.parametrize(
    "value, digits, expected",
    [
        ("80.005", 2, "80.01"),
        ("80.004999", 2, "80.00"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-0.004", 2, "0.00"),
        ("12500", -3, "13000"),
        ("12499.99", -3, "12000"),
    ],
)
def test_halves_are_rounded_away_from_zero(value, digits, expected):
    rounded = round_half_up(Decimal(value), digits)

    assert str(rounded) == expected


def test_what_has_too_many_digits_is_an_error():
    with pytest.raises(EvaluationError) as refused:
        round_half_up(Decimal("1E+60"), 2)
    assert refused.value.code == "out_of_range"


@pytest.mark.parametrize(
    "value, expected",
    [("12E+3", "12000"), ("80.500000", "80.5"), ("100", "100"), ("-0.00", "0"), ("0.000001", "0.000001")],
)
def test_text_of_a_number_is_plain(value, expected):
    assert number_text(Decimal(value)) == expected


def test_the_decimal_context_of_the_caller_does_not_matter():
    with decimal.localcontext(decimal.Context(prec=3, rounding=decimal.ROUND_DOWN, traps=[decimal.Inexact])):
        reached = attainment(Decimal("123456.789"), Target("higher", target=Decimal("246913.578"), baseline=0))

    assert reached == Decimal("50.00")
