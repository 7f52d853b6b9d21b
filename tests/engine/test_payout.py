"""From score to money, worked out by hand."""

import json
from decimal import Decimal

import pytest
from kpi_addons.kpi_hr_bonus.engine import Gate, PayoutError, PayoutInput, payout, payout_curve, replay
from kpi_addons.kpi_management.engine import Curve, EngineError

CURVE = payout_curve([(80, 50), (100, 100), (120, 150)])


def bonus(**inputs):
    usual = {"score": 100, "basis": 10_000_000, "days_covered": 31, "days_total": 31, "rounding": 1}
    return payout(PayoutInput(**{**usual, **inputs}))


def test_eighty_percent_done_earns_eighty_percent():
    result = bonus(score=80)

    assert result.payout_percent == 80
    assert (result.computed, result.capped, result.amount, result.carried_out) == (8_000_000, 8_000_000, 8_000_000, 0)


def test_proportional_payout_goes_on_beyond_the_target():
    assert bonus(score=120).amount == 12_000_000


@pytest.mark.parametrize(
    "score, percent",
    [(0, 0), (79.99, 0), (80, 50), (90, 75), (99.99, "99.98"), (100, 100), (110, 125), (120, 150), (150, 150)],
)
def test_payout_by_the_curve(score, percent):
    """99.99 lies 19.99 above 80, at 2.5 per point: 50 + 49.975 = 99.975, half up 99.98."""
    assert bonus(score=score, curve=CURVE).payout_percent == Decimal(percent)


@pytest.mark.parametrize("score, percent", [(79.99, 0), (80, 50), (99.99, 50), (100, 100), (119.99, 100), (120, 150)])
def test_payout_by_steps(score, percent):
    curve = payout_curve([(80, 50), (100, 100), (120, 150)], mode="step")

    assert bonus(score=score, curve=curve).payout_percent == percent


def test_points_of_a_curve_come_in_any_order():
    assert payout_curve([(100, 100), (80, 50)]) == payout_curve([(80, 50), (100, 100)])


def test_no_points_is_proportional():
    assert payout_curve([]) is None


def test_curve_that_fines_is_refused():
    with pytest.raises(PayoutError) as refused:
        payout_curve([(0, -50), (100, 100)])
    assert refused.value.code == "payout_negative"
    assert "-50 %" in str(refused.value)


def test_curve_with_a_score_twice_is_refused():
    with pytest.raises(EngineError) as refused:
        payout_curve([(80, 50), (80, 60)])
    assert refused.value.code == "curve_order"


def test_curve_with_an_empty_point_is_refused():
    with pytest.raises(EngineError) as refused:
        payout_curve([(80, None)])
    assert refused.value.code == "not_a_number"


def test_curve_of_ones_own_that_dips_below_zero_pays_nothing():
    assert bonus(score=10, curve=Curve(((0, -100), (100, 100)))).amount == 0


@pytest.mark.parametrize(
    "gates, factor",
    [
        ((), 1),
        ((Gate(100, 90, 0.5),), 1),
        ((Gate(90, 90, 0.5),), 1),
        ((Gate(89.99, 90, 0.5),), "0.5"),
        ((Gate(0, 90, 0.5), Gate(0, 50, 0.8)), "0.4"),
        ((Gate(0, 90, 0.5), Gate(60, 50, 0.8)), "0.5"),
        ((Gate(0, 90, 0),), 0),
        ((Gate(None, 90, 0.5),), "0.5"),
        ((Gate(None, 0, 0.5),), "0.5"),
    ],
)
def test_gates(gates, factor):
    result = bonus(gates=gates)

    assert result.gate_factor == Decimal(factor)
    assert result.amount == 10_000_000 * Decimal(factor)


def test_days_covered():
    """Joined on the 15th: 17 of 31 days are 0.5484."""
    result = bonus(days_covered=17)

    assert result.proration == Decimal("0.5484")
    assert result.amount == 5_484_000


def test_days_do_not_count_where_the_plan_says_so():
    assert bonus(days_covered=0, days_total=0, prorate=False).amount == 10_000_000


def test_nobody_is_paid_for_no_days():
    assert bonus(days_covered=0).amount == 0


def test_the_whole_order():
    """Score 91.5 → 50 + 11.5 × 2.5 = 78.75 %; × 0.8; × 7 654 321; × 20/30 = 0.6667.

    7 654 321 × 0.7875 = 6 027 777.7875; × 0.8 = 4 822 222.23; × 0.6667 = 3 214 975.56… → 3 214 976;
    cap 3 000 000; + 150 000 − 40 000 carried in = 3 110 000.
    """
    result = bonus(
        score=91.5,
        curve=CURVE,
        gates=(Gate(70, 80, 0.8),),
        basis=7_654_321,
        days_covered=20,
        days_total=30,
        cap=3_000_000,
        adjustments=150_000,
        carried_in=-40_000,
    )

    assert result.payout_percent == Decimal("78.75")
    assert result.proration == Decimal("0.6667")
    assert result.computed == 3_214_976
    assert result.capped == 3_000_000
    assert (result.amount, result.carried_out) == (3_110_000, 0)


@pytest.mark.parametrize(
    "basis, rounding, expected",
    [
        ("1000.5", "1", "1001"),
        ("1000.4999", "1", "1000"),
        ("10.005", "0.01", "10.01"),
        ("10.004", "0.01", "10.00"),
        ("10.025", "0.05", "10.05"),
        ("10.02", "0.05", "10.00"),
        ("1234567", "1000", "1235000"),
        ("0.0005", "0.001", "0.001"),
    ],
)
def test_money_is_rounded_half_up_to_the_currency(basis, rounding, expected):
    assert bonus(basis=Decimal(basis), rounding=Decimal(rounding)).amount == Decimal(expected)


def test_rounding_of_the_currency_may_be_a_float():
    result = bonus(basis=33.335, rounding=0.01)

    assert str(result.amount) == "33.34"


def test_cap_comes_before_adjustments():
    result = bonus(cap=9_000_000, adjustments=500_000)

    assert (result.computed, result.capped, result.amount) == (10_000_000, 9_000_000, 9_500_000)


def test_cap_is_never_exceeded_by_rounding():
    assert bonus(cap=Decimal("3000000.6")).amount == 3_000_000


def test_cap_of_zero_is_a_cap():
    assert bonus(cap=0).amount == 0


def test_what_is_below_zero_is_carried_over():
    result = bonus(score=10, adjustments=-1_500_000, carried_in=-200_000)

    assert result.capped == 1_000_000
    assert (result.amount, result.carried_out) == (0, -700_000)


def test_debt_is_set_off_against_the_next_bonus():
    first = bonus(score=0, adjustments=-300_000)
    second = bonus(score=80, carried_in=first.carried_out)

    assert (first.amount, second.amount, second.carried_out) == (0, 7_700_000, 0)


def test_float_dust_of_adjustments_is_not_money():
    result = bonus(basis=0, adjustments=0.1 + 0.2, rounding=0.01)

    assert result.amount == Decimal("0.30")


def test_without_a_score_nothing_is_paid_and_it_says_why():
    result = bonus(score=None, adjustments=100_000)

    assert (result.payout_percent, result.computed, result.amount) == (0, 0, 100_000)
    assert result.explanation["reason"] == "no_score"
    assert bonus().explanation["reason"] is None


@pytest.mark.parametrize(
    "inputs, code",
    [
        ({"basis": None}, "basis_missing"),
        ({"basis": -1}, "basis_negative"),
        ({"rounding": 0}, "rounding_not_positive"),
        ({"rounding": None}, "rounding_not_positive"),
        ({"cap": -1}, "cap_negative"),
        ({"carried_in": 1}, "carried_in_positive"),
        ({"days_covered": 32}, "days_range"),
        ({"days_covered": -1}, "days_range"),
        ({"days_covered": 0, "days_total": 0}, "days_range"),
        ({"adjustments": None}, "not_a_number"),
        ({"basis": float("nan")}, "not_a_number"),
        ({"basis": 1e29, "rounding": 1e-9}, "out_of_range"),
    ],
)
def test_what_cannot_be_right_is_refused(inputs, code):
    with pytest.raises(EngineError) as refused:
        bonus(**inputs)
    assert refused.value.code == code
    assert str(refused.value)


@pytest.mark.parametrize(
    "inputs, code",
    [
        ((50, None, 0.5), "gate_minimum_missing"),
        ((50, 80, 1.01), "gate_factor_range"),
        ((50, 80, -0.01), "gate_factor_range"),
        ((50, 80, None), "gate_factor_range"),
    ],
)
def test_gate_that_is_none_is_refused(inputs, code):
    with pytest.raises(PayoutError) as refused:
        Gate(*inputs)
    assert refused.value.code == code
    assert str(refused.value)


def test_explanation():
    explanation = bonus(score=90, curve=CURVE, gates=(Gate(70, 80, 0.8),), days_covered=17).explanation

    assert explanation["score"] == "90"
    assert explanation["curve"] == {
        "mode": "interpolated",
        "points": [["80", "50"], ["100", "100"], ["120", "150"]],
        "below": "0",
    }
    assert explanation["gates"] == [{"attainment": "70", "minimum": "80", "factor": "0.8", "passed": False}]
    steps = ("payout_percent", "gate_factor", "basis", "proration", "computed", "capped", "amount", "carried_out")
    assert [explanation[step] for step in steps] == [
        *("75", "0.8", "10000000", "0.5484"),
        *("3290400", "3290400", "3290400", "0"),
    ]


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"score": None},
        {"score": 90, "curve": CURVE, "gates": (Gate(70, 80, 0.8), Gate(None, 1, 0.3)), "days_covered": 17},
        {"cap": 5.5, "adjustments": -100, "carried_in": -7, "rounding": 0.05},
        {"prorate": False, "days_covered": 0, "days_total": 0},
    ],
)
def test_replay(inputs):
    result = bonus(**inputs)

    assert replay(json.loads(json.dumps(result.explanation))) == result


def test_explanation_of_another_version_is_not_guessed_at():
    with pytest.raises(PayoutError, match="version 2"):
        replay({**bonus().explanation, "version": 2})
