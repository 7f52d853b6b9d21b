"""Attainment, worked out by hand for each direction of a target."""

from decimal import Decimal

import pytest
from kpi_addons.kpi_management.engine import Target, TargetError, attainment, scoring_points


def points(target):
    return [(float(x), float(y)) for x, y in scoring_points(target)]


@pytest.mark.parametrize(
    "actual, expected",
    [(0, "0"), (40, "80"), (50, "100"), (55, "110"), (60, "120"), (75, "120"), (-10, "0"), (16.6665, "33.33")],
)
def test_higher_is_better(actual, expected):
    assert attainment(actual, Target("higher", target=50)) == Decimal(expected)


def test_eighty_percent_done_is_an_attainment_of_eighty():
    ten_billion = Target("higher", target=10_000_000_000)

    assert attainment(8_000_000_000, ten_billion) == 80


@pytest.mark.parametrize("actual, expected", [(60, "0"), (80, "50"), (90, "75"), (100, "100"), (50, "0"), (108, "120")])
def test_higher_is_better_from_a_baseline(actual, expected):
    assert attainment(actual, Target("higher", target=100, baseline=60)) == Decimal(expected)


@pytest.mark.parametrize("actual, expected", [(-100, "0"), (-60, "40"), (0, "100"), (10, "110"), (50, "120")])
def test_higher_is_better_with_a_target_of_zero(actual, expected):
    """A loss of 100 is to become a break-even."""
    assert attainment(actual, Target("higher", target=0, baseline=-100)) == Decimal(expected)


@pytest.mark.parametrize("actual, expected", [(-100, "0"), (-40, "75"), (-20, "100"), (-4, "120")])
def test_higher_is_better_with_a_negative_target(actual, expected):
    assert attainment(actual, Target("higher", target=-20, baseline=-100)) == Decimal(expected)


@pytest.mark.parametrize(
    "actual, expected",
    [(10, "0"), (8, "40"), (5, "100"), (4.5, "110"), (4, "120"), (0, "120"), (12, "0"), (-3, "120")],
)
def test_lower_is_better_from_twice_the_target(actual, expected):
    assert attainment(actual, Target("lower", target=5)) == Decimal(expected)


@pytest.mark.parametrize("violations, expected", [(0, "100"), (1, "66.67"), (2, "33.33"), (3, "0"), (4, "0")])
def test_lower_is_better_with_a_target_of_zero(violations, expected):
    assert attainment(violations, Target("lower", target=0, baseline=3)) == Decimal(expected)


@pytest.mark.parametrize("actual, expected", [(0, "0"), (-5, "50"), (-10, "100"), (-12, "120")])
def test_lower_is_better_with_a_negative_target(actual, expected):
    assert attainment(actual, Target("lower", target=-10, baseline=0)) == Decimal(expected)


@pytest.mark.parametrize(
    "actual, expected",
    [(79.99, "0"), (80, "50"), (90, "75"), (100, "100"), (104, "110"), (108, "120"), (200, "120")],
)
def test_threshold_of_a_higher_target(actual, expected):
    """Short of 80 nothing, at 80 half, then 2.5 per unit, onward to the cap on the same slope."""
    assert attainment(actual, Target("higher", target=100, threshold=80)) == Decimal(expected)


@pytest.mark.parametrize(
    "actual, expected", [(12.01, "0"), (12, "60"), (11, "80"), (10, "100"), (9, "120"), (1, "120")]
)
def test_threshold_of_a_lower_target(actual, expected):
    target = Target("lower", target=10, threshold=12, threshold_attainment=60)

    assert attainment(actual, target) == Decimal(expected)


def test_threshold_worth_a_hundred_does_not_rise_further():
    target = Target("higher", target=100, threshold=80, threshold_attainment=100)

    assert [attainment(actual, target) for actual in (79, 80, 100, 500)] == [0, 100, 100, 100]


def test_threshold_takes_the_place_of_the_baseline():
    assert attainment(-5, Target("higher", target=0, threshold=-10)) == 75
    assert attainment(95, Target("higher", target=100, threshold=90, baseline=0)) == 75


@pytest.mark.parametrize(
    "actual, expected",
    [(50, "50"), (100, "100"), (150, "110"), (200, "120"), (300, "120")],
)
def test_stretch_is_worth_the_cap(actual, expected):
    assert attainment(actual, Target("higher", target=100, stretch=200)) == Decimal(expected)


@pytest.mark.parametrize("actual, expected", [(20, "0"), (15, "50"), (10, "100"), (6, "125"), (2, "150"), (0, "150")])
def test_stretch_of_a_lower_target(actual, expected):
    assert attainment(actual, Target("lower", target=10, stretch=2, cap=150)) == Decimal(expected)


def test_threshold_and_stretch_together():
    target = Target("higher", target=100, threshold=80, stretch=140)

    assert [attainment(actual, target) for actual in (79, 80, 100, 120, 140, 141)] == [0, 50, 100, 110, 120, 120]


@pytest.mark.parametrize(
    "actual, expected",
    [(34, "0"), (35, "0"), (37.5, "50"), (40, "100"), (45, "100"), (50, "100"), (51, "80"), (55, "0"), (99, "0")],
)
def test_band(actual, expected):
    target = Target("band", band_low=40, band_high=50, band_tolerance=5)

    assert attainment(actual, target) == Decimal(expected)


@pytest.mark.parametrize("tolerance", [None, 0])
def test_band_without_tolerance(tolerance):
    target = Target("band", band_low=-1, band_high=1, band_tolerance=tolerance)

    assert [attainment(actual, target) for actual in (-1.01, -1, 0, 1, 1.01)] == [0, 100, 100, 100, 0]


def test_band_of_one_value():
    target = Target("band", band_low=7, band_high=7, band_tolerance=2)

    assert [attainment(actual, target) for actual in (5, 6, 7, 8, 9)] == [0, 50, 100, 50, 0]


def test_binary():
    target = Target("binary", target=1)

    assert [attainment(actual, target) for actual in (0, 0.99, 1, 2)] == [0, 0, 100, 100]


def test_binary_downward():
    """The baseline says from where the target is approached."""
    target = Target("binary", target=0, baseline=5)

    assert [attainment(actual, target) for actual in (5, 1, 0, -1)] == [0, 0, 100, 100]


def test_floor_and_cap():
    target = Target("higher", target=100, floor=30, cap=105)

    assert [attainment(actual, target) for actual in (0, 20, 40, 104, 110)] == [30, 30, 40, 104, 105]


def test_floor_holds_for_binary_band_and_threshold():
    assert attainment(0, Target("binary", target=1, floor=20)) == 20
    assert attainment(99, Target("band", band_low=0, band_high=1, floor=20)) == 20
    assert attainment(1, Target("higher", target=100, threshold=80, floor=20)) == 20


def test_attainment_is_rounded_half_up_to_two_decimals():
    assert attainment(80.005, Target("higher", target=100)) == Decimal("80.01")
    assert attainment(80.004, Target("higher", target=100)) == Decimal("80.00")
    assert attainment(Decimal("0.33335"), Target("higher", target=1)) == Decimal("33.34")


def test_slope_beyond_the_target_is_exact():
    """100 + 33 × 70/80 = 128.875, although the cap is reached at the endless decimal 100 + 80 × 40/70."""
    target = Target("higher", target=100, threshold=20, threshold_attainment=30, cap=140)

    assert attainment(133, target) == Decimal("128.88")


def test_absurdly_good_actual_is_worth_the_cap():
    assert attainment(10**20, Target("higher", target=1e-9)) == 120
    assert attainment(-(10**20), Target("lower", target=1e-9)) == 120


def test_bounds_with_more_digits_than_are_shown_are_kept():
    target = Target("higher", target=100, floor=33.333, cap=119.999)

    assert [attainment(actual, target) for actual in (0, 500)] == [Decimal("33.34"), Decimal("119.99")]


def test_no_data_has_no_attainment():
    assert attainment(None, Target("higher", target=100)) is None


def test_points_to_show():
    assert points(Target("higher", target=50)) == [(0, 0), (50, 100), (60, 120)]
    assert points(Target("higher", target=50, cap=100)) == [(0, 0), (50, 100)]
    assert points(Target("lower", target=5)) == [(4, 120), (5, 100), (10, 0)]
    assert points(Target("higher", target=100, threshold=80, stretch=140)) == [(80, 50), (100, 100), (140, 120)]
    assert points(Target("band", band_low=4, band_high=6, band_tolerance=1)) == [(3, 0), (4, 100), (6, 100), (7, 0)]
    assert points(Target("band", band_low=4, band_high=4)) == [(4, 100)]
    assert points(Target("binary", target=3)) == [(3, 100)]


@pytest.mark.parametrize(
    "target, code",
    [
        (Target("sideways", target=1), "direction_unknown"),
        (Target("higher"), "target_missing"),
        (Target("binary"), "target_missing"),
        (Target("higher", target=0), "baseline_missing"),
        (Target("higher", target=-5), "baseline_missing"),
        (Target("lower", target=0), "baseline_missing"),
        (Target("lower", target=-5), "baseline_missing"),
        (Target("higher", target=10, baseline=10), "baseline_not_below"),
        (Target("higher", target=10, baseline=11), "baseline_not_below"),
        (Target("lower", target=10, baseline=10), "baseline_not_above"),
        (Target("lower", target=10, baseline=9), "baseline_not_above"),
        (Target("higher", target=10, threshold=10), "threshold_not_short"),
        (Target("lower", target=10, threshold=9), "threshold_not_short"),
        (Target("higher", target=10, stretch=10), "stretch_not_beyond"),
        (Target("lower", target=10, stretch=11), "stretch_not_beyond"),
        (Target("band", band_low=1), "band_missing"),
        (Target("band", band_high=1), "band_missing"),
        (Target("band", band_low=2, band_high=1), "band_order"),
        (Target("band", band_low=1, band_high=2, band_tolerance=-1), "band_tolerance_negative"),
        (Target("higher", target=1, cap=99), "cap_too_low"),
        (Target("higher", target=1, cap=None), "cap_too_low"),
        (Target("higher", target=1, floor=-1), "floor_range"),
        (Target("higher", target=1, floor=101), "floor_range"),
        (Target("higher", target=2, threshold=1, threshold_attainment=101), "threshold_attainment_range"),
        (Target("higher", target=2, threshold=1, threshold_attainment=-1), "threshold_attainment_range"),
    ],
)
def test_target_that_cannot_be_scored_against_is_refused(target, code):
    for use in (target.check, lambda: attainment(1, target), lambda: scoring_points(target)):
        with pytest.raises(TargetError) as refused:
            use()
        assert refused.value.code == code
        assert str(refused.value)


def test_refusal_says_what_contradicts():
    with pytest.raises(TargetError, match=r"baseline \(12.5\) must lie below the target \(10\)"):
        Target("higher", target=10, baseline=12.50).check()
