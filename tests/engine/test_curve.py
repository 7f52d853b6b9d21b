"""A line through points."""

from decimal import Decimal

import pytest
from kpi_addons.kpi_management.engine import Curve, EngineError

POINTS = ((80, 50), (100, 100), (120, 150))


@pytest.mark.parametrize("x, y", [(80, 50), (90, 75), (100, 100), (106, 115), (120, 150)])
def test_interpolated_curve_runs_straight_from_point_to_point(x, y):
    assert Curve(POINTS).at(x) == y


@pytest.mark.parametrize("x, y", [(79, 50), (0, 50), (121, 150), (1000, 150)])
def test_curve_is_flat_beyond_its_ends(x, y):
    assert Curve(POINTS).at(x) == y


@pytest.mark.parametrize("mode", ["interpolated", "step"])
def test_below_is_the_value_left_of_the_first_point_only(mode):
    curve = Curve(POINTS, mode=mode, below=0)

    assert curve.at(Decimal("79.99")) == 0
    assert curve.at(80) == 50


@pytest.mark.parametrize("x, y", [("80", 50), ("99.99", 50), ("100", 100), ("119.99", 100), ("120", 150), ("500", 150)])
def test_step_curve_holds_the_last_point_reached(x, y):
    assert Curve(POINTS, mode="step").at(Decimal(x)) == y


def test_one_point_is_a_constant():
    assert Curve(((0, 7),)).at(-5) == Curve(((0, 7),)).at(5) == 7


@pytest.mark.parametrize(
    "points, mode, code",
    [
        ((), "interpolated", "curve_empty"),
        (((0, 0), (0, 100)), "interpolated", "curve_order"),
        (((100, 100), (80, 50)), "interpolated", "curve_order"),
        (((0, 0),), "smooth", "curve_mode"),
        (((0, None),), "interpolated", "not_a_number"),
    ],
)
def test_curve_that_is_none_is_refused(points, mode, code):
    with pytest.raises(EngineError) as refused:
        Curve(points, mode=mode)
    assert refused.value.code == code
