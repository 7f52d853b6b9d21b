"""Rates and pools, worked out by hand."""

import json
from decimal import Decimal

import pytest
from kpi_addons.kpi_hr_bonus.engine import (
    PayoutError,
    PayoutInput,
    Pool,
    Rate,
    payout,
    payout_curve,
    replay,
    share,
    split_pool,
)

TIERS = [(0, 2), (100_000_000, 3), (500_000_000, 5)]


def bonus(**inputs):
    return payout(PayoutInput(**{"score": 100, "days_covered": 31, "days_total": 31, "rounding": 1, **inputs}))


@pytest.mark.parametrize(
    "value, marginal, whole",
    [
        (None, 0, 0),
        (-1, 0, 0),
        (0, 0, 0),
        (50_000_000, 1_000_000, 1_000_000),
        (99_999_999, "1999999.98", "1999999.98"),
        (100_000_000, 2_000_000, 3_000_000),
        (500_000_000, 14_000_000, 25_000_000),
        (750_000_000, 26_500_000, 37_500_000),
    ],
)
def test_tiers(value, marginal, whole):
    """750 million: 2 % of 100 + 3 % of 400 + 5 % of 250 = 2 + 12 + 12.5 million; whole 5 % of all."""
    assert Rate(value, TIERS).money == Decimal(marginal)
    assert Rate(value, TIERS, mode="whole").money == Decimal(whole)


def test_nothing_below_the_first_tier():
    assert Rate(99, [(100, 10)]).money == 0
    assert Rate(150, [(100, 10)]).money == 5
    assert Rate(150, [(100, 10)], mode="whole").money == 15


def test_amount_per_unit():
    """100 pieces at 15 000 and 30 at 20 000."""
    assert Rate(130, [(100, 20_000), (0, 15_000)], per="unit").money == 2_100_000


def test_bands_say_what_each_tier_pays_for():
    bands = Rate(750_000_000, TIERS).bands
    assert [(band.part, band.money) for band in bands] == [
        (100_000_000, 2_000_000),
        (400_000_000, 12_000_000),
        (250_000_000, 12_500_000),
    ]
    assert bands[-1].end is None


@pytest.mark.parametrize(
    "inputs, code",
    [
        ({"tiers": []}, "tiers_missing"),
        ({"tiers": [(0, 1), (0, 2)]}, "tier_twice"),
        ({"tiers": [(-1, 1)]}, "tier_negative"),
        ({"tiers": [(0, -1)]}, "tier_negative"),
        ({"tiers": TIERS, "mode": "sliding"}, "tier_mode"),
        ({"tiers": TIERS, "per": "dozen"}, "tier_per"),
    ],
)
def test_tiers_that_cannot_be_right_are_refused(inputs, code):
    with pytest.raises(PayoutError) as refused:
        Rate(100, **inputs)
    assert refused.value.code == code
    assert str(refused.value)


def test_a_rate_is_paid_in_full_without_a_curve_and_by_the_curve_with_one():
    rate = Rate(300_000_000, [(0, 2)])
    curve = payout_curve([(80, 50), (100, 100)])

    assert bonus(score=40, rate=rate).amount == 6_000_000
    assert bonus(score=90, rate=rate, curve=curve).amount == 4_500_000
    assert bonus(score=None, rate=rate, curve=curve).explanation["reason"] == "no_score"
    assert bonus(rate=Rate(None, TIERS)).explanation["reason"] == "no_value"


def test_the_basis_of_a_rate_is_not_given():
    with pytest.raises(PayoutError) as refused:
        bonus(rate=Rate(100, TIERS), basis=5)
    assert refused.value.code == "basis_of_rate"


def test_a_pool_is_split_by_largest_remainder():
    """10 000 001 in 1.2 : 1 : 0.8 = 4 000 000.4, 3 333 333.67, 2 666 666.93: two units left, to the last two."""
    shares = [Decimal("1.2"), Decimal(1), Decimal("0.8")]
    pools = split_pool(10_000_001, shares, 1)

    assert [pool.extra for pool in pools] == [0, 1, 1]
    assert [pool.part(own, Decimal(1)) for pool, own in zip(pools, shares, strict=True)] == [
        4_000_000,
        3_333_334,
        2_666_667,
    ]


def test_a_pool_in_coins_of_five_cents():
    """1.00 in three: 20 coins, 7 + 7 + 6."""
    pools = split_pool("1.00", [1, 1, 1], "0.05")

    assert [pool.part(Decimal(1), Decimal("0.05")) for pool in pools] == [
        Decimal("0.35"),
        Decimal("0.35"),
        Decimal("0.30"),
    ]


@pytest.mark.parametrize("amount, shares, reason", [(100, [0, 0], "pool_without_shares"), (0, [1, 1], "pool_empty")])
def test_where_nobody_has_a_part(amount, shares, reason):
    for pool, own in zip(split_pool(amount, shares, 1), shares, strict=True):
        result = bonus(basis=own, pool=pool)
        assert (result.amount, result.explanation["reason"]) == (0, reason)


def test_a_negative_pool_is_refused():
    with pytest.raises(PayoutError) as refused:
        Pool(-1, 1)
    assert refused.value.code == "pool_negative"


def test_cap_adjustments_and_rest_follow_the_part():
    """Half of 9 000 000, capped at 4 000 000, less 100 000."""
    own = share(PayoutInput(score=80, basis=1, days_covered=31, days_total=31, rounding=1))
    (pool, _other) = split_pool(9_000_000, [own, own], 1)
    result = bonus(score=80, basis=1, pool=pool, cap=4_000_000, adjustments=-100_000)

    assert (result.computed, result.capped, result.amount) == (4_500_000, 4_000_000, 3_900_000)


def test_half_days():
    """30.5 ÷ 31 = 0.98387…"""
    result = bonus(basis=5_000_000, days_covered=Decimal("30.5"))

    assert (result.proration, result.amount) == (Decimal("0.9839"), 4_919_500)
    assert result.explanation["days_covered"] == "30.5"
    assert replay(json.loads(json.dumps(result.explanation))) == result


def test_explanations_from_before_rates_and_pools_are_replayed():
    result = bonus(basis=5_000_000, score=80)
    old = {name: value for name, value in result.explanation.items() if name not in ("rate", "pool")}

    assert replay(old) == result
