"""What a payout curve makes people do: cliffs, gaps and falls, and its picture."""

from itertools import pairwise

import pytest
from kpi_addons.kpi_hr_bonus.engine import PayoutError, curve_findings, curve_outline, payout_curve
from kpi_addons.kpi_management.engine import EngineError


def told(points, mode="interpolated", cap=None):
    return [(found.kind, found.start, found.end, found.low, found.high) for found in curve_findings(points, mode, cap)]


@pytest.mark.parametrize(
    ("points", "mode", "expected"),
    [
        # proportional: nothing to point out
        ([], "interpolated", []),
        # a smooth start at a threshold of 50: below it nothing, no jump
        (
            [(50, 0), (100, 100), (120, 150)],
            "interpolated",
            [("flat", 0, 50, 0, 0), ("top", 120, None, 150, 150)],
        ),
        # half of everything at once
        (
            [(80, 50), (100, 100)],
            "interpolated",
            [("flat", 0, 80, 0, 0), ("cliff", 80, 80, 0, 50), ("top", 100, None, 100, 100)],
        ),
        # 20 points at once are none yet, 21 are
        ([(80, 20), (160, 100)], "interpolated", [("flat", 0, 80, 0, 0), ("top", 160, None, 100, 100)]),
        (
            [(80, 21), (160, 100)],
            "interpolated",
            [("flat", 0, 80, 0, 0), ("cliff", 80, 80, 0, 21), ("top", 160, None, 100, 100)],
        ),
        # the payout doubles within one point of score
        (
            [(0, 0), (99, 50), (100, 100)],
            "interpolated",
            [("cliff", 99, 100, 50, 100), ("top", 100, None, 100, 100)],
        ),
        # a first point at 0 pays from the beginning: no threshold
        ([(0, 50), (100, 100)], "interpolated", [("top", 100, None, 100, 100)]),
        # a plateau, a fall
        (
            [(0, 0), (90, 90), (110, 90), (120, 80)],
            "interpolated",
            [("flat", 90, 110, 90, 90), ("falling", 110, 120, 90, 80), ("top", 120, None, 80, 80)],
        ),
        # two points that pay nothing belong to what lies below the threshold
        ([(50, 0), (80, 0), (100, 10)], "interpolated", [("flat", 0, 80, 0, 0), ("top", 100, None, 10, 10)]),
        # steps: narrow ones are fine, wide ones stand still, high ones are cliffs
        (
            [(0, 0), (10, 20), (20, 40), (80, 100)],
            "step",
            [
                ("flat", 0, 10, 0, 0),
                ("flat", 20, 80, 40, 40),
                ("cliff", 80, 80, 40, 100),
                ("top", 80, None, 100, 100),
            ],
        ),
    ],
)
def test_findings(points, mode, expected):
    assert told(points, mode) == expected


@pytest.mark.parametrize(
    ("points", "mode", "cap", "start"),
    [
        ([], "interpolated", 110, 110),
        # from 100 → 100 to 120 → 150, 125 is paid at 110
        ([(50, 0), (100, 100), (120, 150)], "interpolated", 125, 110),
        ([(50, 0), (100, 100), (120, 150)], "step", 125, 120),
        # the first point pays more than the cap
        ([(80, 50)], "interpolated", 30, 80),
    ],
)
def test_where_the_cap_holds(points, mode, cap, start):
    assert [found[1] for found in told(points, mode, cap) if found[0] == "capped"] == [start]


def test_a_cap_that_is_never_reached_is_not_told():
    assert "capped" not in [found[0] for found in told([(50, 0), (100, 100)], cap=100)]


def test_outlines():
    assert curve_outline([]) == [(0, 0), (120, 120)]
    assert curve_outline([(100, 100), (80, 50)]) == [(0, 0), (80, 0), (80, 50), (100, 100), (120, 100)]
    assert curve_outline([(0, 10), (50, 50), (130, 90)], "step") == [
        (0, 10),
        (50, 10),
        (50, 50),
        (130, 50),
        (130, 90),
        (140, 90),
    ]


@pytest.mark.parametrize("mode", ["interpolated", "step"])
def test_the_outline_is_the_curve(mode):
    points = [(40, 10), (75, 60), (100, 100), (118, 80)]
    curve = payout_curve(points, mode)
    for (x0, y0), (x1, y1) in pairwise(curve_outline(points, mode)):
        if x0 < x1:
            middle = (x0 + x1) / 2
            assert curve.at(middle) == (y0 + y1) / 2


def test_what_the_engine_refuses_is_refused():
    with pytest.raises(PayoutError):
        curve_findings([(80, -1)])
    with pytest.raises(EngineError) as refused:
        curve_outline([(80, 1), (80, 2)])
    assert refused.value.code == "curve_order"
