"""10,000 random bonuses, from the actuals to the last dong, agree with the oracle, and so do their replays.

The oracle (``oracle_bonus.py``) is written from the design's text in exact fractions and imports nothing of the engines.
"""

import json
import os
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import cycle

import oracle_bonus as oracle
from bonus_cases import make_person, make_plan
from kpi_addons.kpi_hr_bonus.engine import (
    Gate,
    PayoutInput,
    Rate,
    payout,
    payout_curve,
    replay,
    share,
    split_pool,
)
from kpi_addons.kpi_management.engine import Card, Library, Line, MeasureInfo, Target, Window, evaluate, parse
from kpi_addons.kpi_management.engine import replay as replay_line
from kpi_addons.kpi_management.engine.spans import Span

CASES = 10_000
PERIODS = 3
PLACES = range(4)
LIBRARY = Library(
    {f"m{place}": MeasureInfo(f"m{place}", additive=True, empty_is_zero=False) for place in PLACES},
    {f"KPI{place}": parse(f"m{place}") for place in PLACES},
)
#: A pool brings several people, so it comes less often.
BASES = ("fixed", "wage", "rate") * 4 + ("pool",)


def fractions(value):
    """The same with each text as a fraction; None stays."""
    if isinstance(value, dict):
        return {key: fractions(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [fractions(entry) for entry in value]
    try:
        return Fraction(value) if isinstance(value, str) else value
    except ValueError:
        return value


# ------------------------------------------------------------------ the engines


def engine_line(place, line):
    """A line as the engine knows it: its terms, or the terms by day."""
    _start, _days, weight, terms = line["spells"][0]
    spans = tuple(
        Span(start, Target(line["direction"], **terms), weight) for start, _days, weight, terms in line["spells"]
    )
    target = Target(line["direction"], **terms)
    return Line(place, f"KPI{place}", target, weight, line["no_data"], spans=spans if len(spans) > 1 else ())


def engine_card(plan, person):
    """(what the payout depends on, the measured value of the first KPI), and every line replayed."""
    end = plan["start"].replace(day=plan["days"])
    window = Window("month", plan["start"], end)
    lines = tuple(engine_line(place, line) for place, line in enumerate(person["lines"]))
    figures = {(f"m{place}", window): line["actual"] for place, line in enumerate(person["lines"])}
    result = evaluate(Card("card", window, lines), LIBRARY, figures, Decimal(1))
    assert {line.result for line in result.lines} <= {"ok", "no_data"}
    for line in result.lines:
        assert replay_line(json.loads(json.dumps(line.explanation))) == (line.actual, line.attainment)
    first = result.lines[0]
    return (first.attainment if plan["apply_on"] == "kpi" else result.score), first.actual


def engine_basis(plan, person, value):
    if plan["basis"] == "fixed":
        return {"basis": plan["amount"]}
    if plan["basis"] == "wage":
        return {"basis": Decimal(person["wage"]) * Decimal(plan["wage_percent"]) / 100}
    if plan["basis"] == "rate":
        return {"rate": Rate(value, plan["tiers"], plan["tier_mode"], plan["rate_per"])}
    return {"basis": person["wage"] if plan["pool_key"] == "wage" else 1}


def engine_cap(plan, person):
    caps = [Decimal(plan["cap_amount"])] if Decimal(plan["cap_amount"]) else []
    if Decimal(plan["cap_wage_percent"]):
        caps.append(Decimal(person["wage"]) * Decimal(plan["cap_wage_percent"]) / 100)
    return min(caps, default=None)


def engine_input(plan, person, carried_in):
    reached, value = engine_card(plan, person)
    return PayoutInput(
        score=reached,
        **engine_basis(plan, person, value),
        curve=payout_curve(plan["curve"], plan["curve_mode"]),
        gates=tuple(
            Gate(attained, minimum, factor)
            for attained, (minimum, factor) in zip(person["gates"], plan["gates"], strict=True)
        ),
        days_covered=person["days"],
        days_total=plan["days"],
        prorate=plan["prorate"],
        cap=engine_cap(plan, person),
        adjustments=person["adjustments"],
        carried_in=carried_in,
        rounding=plan["unit"],
    )


def engine_bonuses(plan, people, carried):
    """The engine's payouts of one plan and period, each replayed from what its explanation is stored as."""
    inputs = [engine_input(plan, person, carried_in) for person, carried_in in zip(people, carried, strict=True)]
    if plan["basis"] == "pool":
        rest = max(Decimal(plan["pool"]) - Decimal(plan["settled"]), Decimal(0))
        pools = split_pool(rest, [share(inp) for inp in inputs], plan["unit"])
        inputs = [replace(inp, pool=pool) for inp, pool in zip(inputs, pools, strict=True)]
    results = [payout(inp) for inp in inputs]
    for result in results:
        assert replay(json.loads(json.dumps(result.explanation))) == result
    return results


# ------------------------------------------------------------------- the oracle


def oracle_bonuses(plan, people, carried):
    """The oracle's figures of the same plan and people."""
    plan = fractions(plan)
    readers = []
    for person, carried_in in zip(people, carried, strict=True):
        lines = [oracle_line(line) for line in person["lines"]]
        reached = lines[0][1] if plan["apply_on"] == "kpi" else oracle.score(lines)
        gates = [
            (attained, minimum, factor)
            for attained, (minimum, factor) in zip(fractions(person["gates"]), plan["gates"], strict=True)
        ]
        known = fractions({name: person[name] for name in ("wage", "days", "adjustments")})
        value = fractions(person["lines"][0]["actual"])
        readers.append({**known, "reached": reached, "value": value, "gates": gates, "carried_in": carried_in})
    return oracle.bonuses(plan, readers)


def oracle_line(line):
    """(weight, attainment, what no data counts as)"""
    spells = [
        (days, {**fractions(terms), "weight": Fraction(weight)}) for _start, days, weight, terms in line["spells"]
    ]
    terms = oracle.by_days(spells)
    reached = oracle.attainment(line["direction"], fractions(line["actual"]), terms)
    return terms["weight"], reached, line["no_data"]


# -------------------------------------------------------------------- the tests


def plans_and_people(seed, cases):
    """Plans with their people of some periods, until there are that many bonuses."""
    chance = random.Random(seed)
    made = 0
    for basis in cycle(BASES):
        if made >= cases:
            return
        plan = make_plan(chance, basis)
        size = chance.randint(1, 9) if basis == "pool" else 1
        periods = [[make_person(chance, plan) for _person in range(size)] for _period in range(PERIODS)]
        made += size * PERIODS
        yield plan, periods


def test_engine_agrees_with_the_oracle_to_the_last_dong():
    seen = dict.fromkeys(BASES, 0)
    paid = carried_over = capped = 0
    for plan, periods in plans_and_people(os.environ.get("KPI_ORACLE_SEED", 20251101), CASES):
        ours, theirs = [Decimal(0)] * len(periods[0]), [Fraction(0)] * len(periods[0])
        for people in periods:
            # What is below zero is carried into the next period, on each side by its own figures.
            results = engine_bonuses(plan, people, ours)
            expected = oracle_bonuses(plan, people, theirs)
            for person, result, truth in zip(people, results, expected, strict=True):
                figures = {name: Fraction(getattr(result, name)) for name in truth}
                assert figures == truth, (plan, person)
            if plan["basis"] == "pool":
                check_pool(plan, results)
            ours = [result.carried_out for result in results]
            theirs = [truth["carried_out"] for truth in expected]
            seen[plan["basis"]] += len(people)
            paid += sum(result.amount > 0 for result in results)
            carried_over += sum(result.carried_out < 0 for result in results)
            capped += sum(result.capped < result.computed for result in results)
    assert sum(seen.values()) >= CASES
    # The cases reach what they are meant to reach.
    assert min(seen.values()) > CASES / 8
    assert paid > CASES / 3 and carried_over > CASES / 50 and capped > CASES / 50


def check_pool(plan, results):
    """Exactly the pool, or nothing at all when nobody has a share."""
    rest = max(Decimal(plan["pool"]) - Decimal(plan["settled"]), Decimal(0))
    shares = {result.explanation["pool"]["shares"] for result in results}
    assert len(shares) == 1
    given = sum(result.computed for result in results)
    assert given == (rest if shares != {"0"} else 0)
