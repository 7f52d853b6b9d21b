"""Forecast and status."""

from decimal import Decimal

import pytest
from kpi_addons.kpi_management.engine import EngineError, forecast, status


@pytest.mark.parametrize(
    "actual, elapsed, additive, expected",
    [
        (30, 0.25, True, "120"),
        (30, 1, True, "30"),
        (30, 0, True, "30"),
        (-30, 0.5, True, "-60"),
        (10, Decimal(1) / 3, True, "30"),
        (1, 0.7, True, "1.428571"),
        (37.5, 0.25, False, "37.5"),
        (30, 1.5, True, "30"),
        (30, -1, True, "30"),
    ],
)
def test_forecast(actual, elapsed, additive, expected):
    assert forecast(actual, elapsed, additive) == Decimal(expected)


def test_no_forecast_without_data():
    assert forecast(None, 0.5, additive=True) is None


@pytest.mark.parametrize(
    "reached, elapsed, expected",
    [
        (120, 0.5, "on_track"),
        (100, 0.5, "on_track"),
        (99.99, 0.5, "at_risk"),
        (80, 0.5, "at_risk"),
        (79.99, 0.5, "behind"),
        (0, 1, "behind"),
        (120, 0, "none"),
        (None, 0.5, "none"),
    ],
)
def test_status(reached, elapsed, expected):
    assert status(reached, elapsed) == expected


def test_share_of_the_period_has_to_be_known():
    for use in (lambda: forecast(1, None, additive=True), lambda: status(100, None)):
        with pytest.raises(EngineError):
            use()


def test_where_at_risk_begins_is_a_setting():
    assert status(85, 0.5, at_risk=90) == "behind"
    assert status(90, 0.5, at_risk=90) == "at_risk"
