"""From an attainment back to the actual: by hand, and against the scoring itself."""

from decimal import Decimal

import pytest
from kpi_addons.kpi_hr_bonus.engine import actual_for, best_actual, target_actual
from kpi_addons.kpi_management.engine import Target, attainment

CASES = [
    # (target, attainment wished, actual)
    (Target("higher", 50), 110, 55),
    (Target("higher", 50), 0, 0),
    (Target("higher", 50), 500, 60),  # the cap of 120
    (Target("higher", 50, baseline=10), 25, 20),
    (Target("higher", 50, stretch=90), 105, 60),
    (Target("higher", 50, threshold=40), 75, 45),
    (Target("higher", 50, threshold=40), 20, 40),  # 0 < 20 < 50 is worth nobody: the threshold is the next
    (Target("higher", 50, threshold=40), 0, 0),
    (Target("higher", 50, floor=20), 5, 10),
    (Target("lower", 10), 50, 15),
    (Target("lower", 10), 120, 8),
    (Target("lower", 0, baseline=3), 100, 0),
    (Target("band", band_low=90, band_high=110, band_tolerance=10), 100, 100),
    (Target("band", band_low=90, band_high=110, band_tolerance=10), 50, 85),
    (Target("band", band_low=90, band_high=110), 0, 89),
    (Target("binary", 5), 100, 5),
    (Target("binary", 5), 0, 4),
    (Target("binary", 5, baseline=9), 0, 9),
]


@pytest.mark.parametrize("target, wished, actual", CASES)
def test_by_hand(target, wished, actual):
    assert actual_for(wished, target) == actual


@pytest.mark.parametrize(
    "target",
    [
        Target("higher", 30),
        Target("higher", 7, baseline=-2, cap=150),
        Target("higher", 50, threshold=40, stretch=90),
        Target("lower", 3),
        Target("lower", -4, baseline=0),
        Target("band", band_low=9, band_high=11, band_tolerance=3),
    ],
)
def test_scoring_gives_the_attainment_back(target):
    start = 50 if target.threshold is not None else 0
    top = min(target.cap, 100) if target.direction == "band" else target.cap
    for wished in range(start, int(top) + 1):
        assert attainment(actual_for(wished, target), target) == wished


def test_target_and_best():
    assert target_actual(Target("higher", 50, stretch=90)) == 50
    assert best_actual(Target("higher", 50, stretch=90)) == 90
    assert target_actual(Target("band", band_low=9, band_high=11)) == 10
    assert target_actual(Target("lower", 0, baseline=3)) == 0
    assert best_actual(Target("lower", 10, cap=100)) == 10
    assert best_actual(Target("band", band_low=9, band_high=11)) == 10
    assert best_actual(Target("higher", 3)) == Decimal("3.6")
