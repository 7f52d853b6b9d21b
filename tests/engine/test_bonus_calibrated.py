"""From the parts of a review over its calibrated grade to the money: by hand, and 10,000 times beside the oracle."""

import json
import os
import random
from decimal import Decimal
from fractions import Fraction

import oracle_bonus as oracle
import pytest
from bonus_cases import number
from kpi_addons.kpi_hr_bonus.engine import PayoutError, PayoutInput, payout, payout_curve, replay, score_in_band
from kpi_addons.kpi_management.engine import Band, band_for
from kpi_addons.kpi_management.engine.review import combine

CASES = 10_000
GRADES = ("Poor", "Weak", "Fair", "Good", "Best")


@pytest.mark.parametrize(
    ("reached", "band", "counted"),
    [
        ("80", ("95", "110"), "95"),  # calibrated upward
        ("94.99", ("95", "110"), "95"),
        ("95", ("95", "110"), "95"),  # the first score belongs to the band
        ("102.5", ("95", "110"), "102.5"),
        ("109.99", ("95", "110"), "109.99"),
        ("110", ("95", "110"), "109.99"),  # the next band's does not
        ("140", ("95", "110"), "109.99"),  # calibrated downward
        ("80", ("110", None), "110"),  # the best grade is open upward
        ("140", ("110", None), "140"),
        ("0", ("0", "60"), "0"),
        ("75", ("0", "60"), "59.99"),
        (None, ("60", "80"), "60"),  # a grade was given without a score
        ("50", ("60", "60.01"), "60"),  # the narrowest band there is
        ("70", ("60", "60.01"), "60"),
    ],
)
def test_a_score_moves_no_further_than_into_the_band(reached, band, counted):
    assert score_in_band(reached, *band) == Decimal(counted)


@pytest.mark.parametrize("end", ["95", "80"])
def test_a_band_without_a_score_is_refused(end):
    with pytest.raises(PayoutError) as refused:
        score_in_band("90", "95", end)
    assert refused.value.code == "band_empty"


def make_case(chance):
    """Parts of a review, bands, the grade given (None: the computed one stays) and a plan; numbers as text."""
    missing = chance.choice((0.1, 0.1, 0.1, 1))
    starts = sorted({0, *(chance.randint(1, 15_000) for _grade in GRADES[1:])})
    return {
        "parts": [
            (number(chance, 0, 100), None if chance.random() < missing else number(chance, 0, 150, 2))
            for _part in range(4)
        ],
        "starts": [Fraction(start, 100) for start in starts],
        "given": chance.choice((None, *range(len(starts)))),
        "curve": sorted({chance.randrange(0, 160, 5): number(chance, 0, 200, 2) for _point in range(3)}.items()),
        "mode": chance.choice(("interpolated", "step")),
        "amount": number(chance, 1_000, 90_000_000),
    }


def engine_result(case):
    own = combine(case["parts"])
    bands = [Band(Decimal(start.numerator) / start.denominator, place) for place, start in enumerate(case["starts"])]
    given = case["given"]
    counted = own
    if given is not None and given != band_for(own, bands):
        end = bands[given + 1].minimum if given + 1 < len(bands) else None
        counted = score_in_band(own, bands[given].minimum, end)
    result = payout(
        PayoutInput(
            score=counted,
            basis=case["amount"],
            curve=payout_curve(case["curve"], case["mode"]),
            days_covered=31,
            days_total=31,
            rounding=1,
        )
    )
    assert replay(json.loads(json.dumps(result.explanation))) == result
    return counted, result.amount


def oracle_result(case):
    parts = [(Fraction(weight), None if value is None else Fraction(value)) for weight, value in case["parts"]]
    counted = oracle.calibrated(oracle.review_score(parts), case["starts"], case["given"])
    curve = [(Fraction(start), Fraction(percent)) for start, percent in case["curve"]]
    percent = oracle.payout_percent(counted, curve, case["mode"])
    return counted, oracle.half_up_to(percent / 100 * Fraction(case["amount"]), Fraction(1))


def test_from_the_parts_of_a_review_to_the_money_as_the_oracle_has_it():
    chance = random.Random(os.environ.get("KPI_ORACLE_SEED", 20260402))
    moved = nothing = 0
    for _case in range(CASES):
        case = make_case(chance)
        counted, amount = engine_result(case)
        expected, money = oracle_result(case)
        assert (None if counted is None else Fraction(counted)) == expected, case
        assert Fraction(amount) == money, case
        moved += counted != combine(case["parts"])
        nothing += counted is None
    assert moved > CASES / 3 and nothing
