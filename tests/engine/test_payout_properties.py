"""What holds for every bonus."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_hr_bonus.engine import Gate, PayoutInput, payout, payout_curve, replay

percents = st.decimals(0, 200, places=2)
money = st.decimals(0, 1_000_000_000, places=2)
roundings = st.sampled_from([Decimal(text) for text in ("1", "0.01", "0.05", "0.001", "1000", "0.5")])
gates = st.builds(Gate, st.none() | percents, percents, st.decimals(0, 1, places=2))


@st.composite
def curves(draw, rising=False):
    """Payout curves; rising ones never fall from point to point."""
    scores = draw(st.lists(percents, min_size=1, max_size=5, unique=True))
    payouts = draw(st.lists(percents, min_size=len(scores), max_size=len(scores)))
    pairs = zip(sorted(scores), sorted(payouts) if rising else payouts, strict=True)
    return payout_curve(list(pairs), draw(st.sampled_from(["interpolated", "step"])))


@st.composite
def inputs(draw, rising=False):
    total = draw(st.integers(1, 366))
    return PayoutInput(
        score=draw(st.none() | percents),
        basis=draw(money),
        curve=draw(st.none() | curves(rising=rising)),
        gates=tuple(draw(st.lists(gates, max_size=3))),
        days_covered=draw(st.integers(0, total)),
        days_total=total,
        prorate=draw(st.booleans()),
        cap=draw(st.none() | money),
        adjustments=draw(st.decimals(-10_000_000, 10_000_000, places=2)),
        carried_in=-draw(money),
        rounding=draw(roundings),
    )


def is_multiple(amount, rounding):
    return amount % rounding == 0


@given(inputs())
def test_bonus_is_never_negative(inp):
    result = payout(inp)

    assert result.amount >= 0
    assert result.computed >= result.capped >= 0
    assert result.carried_out <= 0


@given(inputs())
def test_money_is_an_exact_multiple_of_the_rounding(inp):
    result = payout(inp)

    assert all(
        is_multiple(amount, inp.rounding)
        for amount in (result.computed, result.capped, result.amount, result.carried_out)
    )


@given(inputs())
def test_nothing_is_lost_between_the_cap_and_the_next_bonus(inp):
    """amount + carried out = capped + adjustments + carried in, and only one of the first two is not zero."""
    rounded = replace(
        inp,
        adjustments=inp.adjustments // inp.rounding * inp.rounding,
        carried_in=inp.carried_in // inp.rounding * inp.rounding,
    )
    result = payout(rounded)

    assert result.amount + result.carried_out == result.capped + rounded.adjustments + rounded.carried_in
    assert 0 in (result.amount, result.carried_out)


@given(inputs(rising=True), percents, percents)
def test_more_score_never_earns_less(inp, one, other):
    less, more = (payout(replace(inp, score=score)) for score in sorted((one, other)))

    assert less.computed <= more.computed
    assert less.amount <= more.amount


@given(inputs(), st.integers(0, 366), st.integers(0, 366))
def test_more_days_never_earn_less(inp, one, other):
    fewer, more = (payout(replace(inp, days_covered=min(days, inp.days_total))) for days in sorted((one, other)))

    assert fewer.amount <= more.amount


@given(inputs())
def test_cap_holds(inp):
    if inp.cap is not None:
        assert payout(inp).capped <= inp.cap


@given(inputs())
def test_passing_every_gate_never_earns_less(inp):
    assert payout(inp).amount <= payout(replace(inp, gates=())).amount


@given(percents, st.integers(1, 10**9))
def test_proportional_means_percent_for_percent(score, hundreds):
    """Of a basis of whole hundreds of dong each hundredth of a percent is exact to a hundredth."""
    inp = PayoutInput(score=score, basis=hundreds * 10_000, days_covered=30, days_total=30, rounding=1)

    assert payout(inp).amount == score * hundreds * 100


@given(inputs())
def test_every_bonus_is_replayed_to_the_last_unit(inp):
    result = payout(inp)

    assert replay(json.loads(json.dumps(result.explanation))) == result
