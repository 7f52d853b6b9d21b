"""The rules of scoring and of bonuses written a second time, from the design's text alone: an oracle for the engines.

Every number is an exact fraction, nothing is imported from the engines, and each rule is written the way it reads, not
the way it is fast. Percent as 0 to 100, money in the currency of the plan, days as calendar days.
"""

from fractions import Fraction
from math import floor

HUNDRED = Fraction(100)


def half_up(number, digits=0):
    """Rounded to digits behind the point; a half goes away from zero."""
    scaled = abs(number) * 10**digits
    whole = floor(scaled + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole, 10**digits)


def half_up_to(amount, unit):
    """A multiple of the currency's unit."""
    return half_up(amount / unit) * unit


# ------------------------------------------------------------------- targets


def by_days(spells):
    """Terms that change within the period: each term is the mean over the calendar days it was in force.

    :param spells: [(days, {term: number or None})], the same terms given in each
    """
    total = sum(days for days, _terms in spells)
    mixed = {}
    for name in spells[0][1]:
        values = [(days, terms[name]) for days, terms in spells]
        if values[0][1] is None:
            mixed[name] = None
        else:
            mixed[name] = sum((days * value for days, value in values), Fraction(0)) / total
    return mixed


def attainment(direction, actual, terms):
    """How far an actual has come, 2 decimals, between floor and cap; None for no data."""
    if actual is None:
        return None
    rule = {"higher": _higher, "lower": _lower, "band": _band, "binary": _binary}[direction]
    return max(terms["floor"], min(terms["cap"], half_up(rule(actual, terms), 2)))


def _higher(actual, terms):
    target, stretch, cap = terms["target"], terms["stretch"], terms["cap"]
    if terms["threshold"] is not None:
        start, worth = terms["threshold"], terms["threshold_attainment"]
    else:
        start, worth = (Fraction(0) if terms["baseline"] is None else terms["baseline"]), Fraction(0)
    if actual < start:
        return Fraction(0)
    slope = (HUNDRED - worth) / (target - start)
    if actual <= target or stretch is None:
        return min(cap, worth + (actual - start) * slope)
    if actual >= stretch:
        return cap
    return HUNDRED + (actual - target) * (cap - HUNDRED) / (stretch - target)


def _lower(actual, terms):
    baseline = 2 * terms["target"] if terms["baseline"] is None else terms["baseline"]
    turned = {name: None if terms[name] is None else -terms[name] for name in ("target", "threshold", "stretch")}
    return _higher(-actual, {**terms, **turned, "baseline": -baseline})


def _band(actual, terms):
    low, high, tolerance = terms["band_low"], terms["band_high"], terms["band_tolerance"]
    outside = max(low - actual, actual - high, Fraction(0))
    if outside == 0:
        return HUNDRED
    if not tolerance or outside >= tolerance:
        return Fraction(0)
    return HUNDRED * (tolerance - outside) / tolerance


def _binary(actual, terms):
    downward = terms["baseline"] is not None and terms["target"] < terms["baseline"]
    reached = actual <= terms["target"] if downward else actual >= terms["target"]
    return HUNDRED if reached else Fraction(0)


def score(lines):
    """Σ weight × attainment ÷ Σ weight, 2 decimals; None when nothing counts.

    :param lines: [(weight, attainment or None, what no data counts as: exclude, zero, full)]
    """
    instead = {"exclude": None, "zero": Fraction(0), "full": HUNDRED}
    counted = [(weight, instead[policy] if reached is None else reached) for weight, reached, policy in lines]
    counted = [(weight, reached) for weight, reached in counted if reached is not None]
    whole = sum(weight for weight, _reached in counted)
    if not whole:
        return None
    return half_up(sum(weight * reached for weight, reached in counted) / whole, 2)


# ------------------------------------------------------------------- reviews


def review_score(parts):
    """What there is of the parts by their weights, 2 decimals; a part that is missing does not count as 0.

    :param parts: [(weight, percent or None)]
    """
    return score([(weight, reached, "exclude") for weight, reached in parts])


def calibrated(reached, starts, given):
    """The score that counts beside the grade that was given.

    Inside the grade's band it stays; below it counts as the band's first score, above as the last one with 2 decimals.

    :param reached: score, None for none
    :param starts: first scores of the grades, rising
    :param given: place of the grade that was given, None when it is the computed one
    """
    if given is None:
        return reached
    low = starts[given]
    high = starts[given + 1] - Fraction(1, 100) if given + 1 < len(starts) else None
    if reached is None or reached < low:
        return low
    return high if high is not None and reached > high else reached


# ------------------------------------------------------------------- bonuses


def payout_percent(reached, points, mode):
    """By the curve, 2 decimals; without points proportional.

    :param reached: score or attainment, None for no data
    :param points: [(score, payout)] in rising order
    """
    if reached is None:
        return Fraction(0)
    if not points:
        return half_up(max(reached, Fraction(0)), 2)
    if reached < points[0][0]:
        return Fraction(0)
    passed = [point for point in points if point[0] <= reached]
    left = passed[-1]
    if mode == "step" or len(passed) == len(points):
        return half_up(left[1], 2)
    right = points[len(passed)]
    way = (reached - left[0]) / (right[0] - left[0])
    return half_up(left[1] + way * (right[1] - left[1]), 2)


def gates_factor(gates):
    """Product of the factors of the gates that were not reached.

    :param gates: [(attainment or None, minimum, factor)]
    """
    product = Fraction(1)
    for reached, minimum, factor in gates:
        if reached is None or reached < minimum:
            product *= factor
    return product


def proration(plan, person):
    """Calendar days covered ÷ calendar days of the period, 4 decimals."""
    return half_up(Fraction(person["days"]) / plan["days"], 4) if plan["prorate"] else Fraction(1)


def tier_money(value, tiers, mode, per):
    """What a rate pays on a measured value: half-open tiers, nothing below the first, nothing for what is negative.

    :param tiers: [(first value, rate)] in any order
    :param per: a rate is in ``percent`` of the value or money per ``unit``
    """
    if value is None or value <= 0:
        return Fraction(0)
    tiers = sorted(tiers)
    money = Fraction(0)
    for place, (start, rate) in enumerate(tiers):
        end = tiers[place + 1][0] if place + 1 < len(tiers) else None
        inside = start <= value and (end is None or value < end)
        if mode == "whole":
            money += value * rate if inside else 0
        elif value > start:
            money += ((value if end is None else min(value, end)) - start) * rate
    return money / 100 if per == "percent" else money


def percent_of(plan, person):
    """Payout in percent: a rate without a curve is paid in full."""
    if plan["basis"] == "rate" and not plan["curve"]:
        return HUNDRED
    return payout_percent(person["reached"], plan["curve"], plan["curve_mode"])


def worth_of(plan, person):
    """What a payout of 100 % is worth; of a pool, what the share is in proportion to."""
    if plan["basis"] == "fixed":
        return plan["amount"]
    if plan["basis"] == "wage":
        return person["wage"] * plan["wage_percent"] / 100
    if plan["basis"] == "rate":
        return tier_money(person["value"], plan["tiers"], plan["tier_mode"], plan["rate_per"])
    return person["wage"] if plan["pool_key"] == "wage" else Fraction(1)


def exact(plan, person):
    """Payout × gates × basis × proration, not rounded."""
    product = percent_of(plan, person) / 100 * gates_factor(person["gates"])
    return product * worth_of(plan, person) * proration(plan, person)


def split(amount, shares, unit):
    """In proportion, by largest remainder, ties to the first; nothing when nobody has a share."""
    whole = sum(shares)
    if not whole or amount <= 0:
        return [Fraction(0) for _share in shares]
    quotas = [amount / unit * share / whole for share in shares]
    parts = [floor(quota) for quota in quotas]
    missing = int(amount / unit) - sum(parts)
    for _round in range(missing):
        losses = [quota - part for quota, part in zip(quotas, parts, strict=True)]
        parts[losses.index(max(losses))] += 1
    return [part * unit for part in parts]


def settle(plan, person, computed):
    """From the computed money to what is paid and what is carried over."""
    capped = computed
    for cap in plan_caps(plan, person):
        capped = min(capped, floor(cap / plan["unit"]) * plan["unit"])
    balance = capped + person["adjustments"] + person["carried_in"]
    return {
        "computed": computed,
        "capped": capped,
        "amount": max(balance, Fraction(0)),
        "carried_out": min(balance, Fraction(0)),
    }


def plan_caps(plan, person):
    """The caps of a person in money; 0 on a plan means none."""
    caps = [plan["cap_amount"]] if plan["cap_amount"] else []
    if plan["cap_wage_percent"]:
        caps.append(person["wage"] * plan["cap_wage_percent"] / 100)
    return caps


def bonuses(plan, people):
    """The bonuses of one plan and period.

    :param people: in rising order of employee id
    :return: one dict per person: computed, capped, amount, carried_out
    """
    if plan["basis"] == "pool":
        rest = max(plan["pool"] - plan["settled"], Fraction(0))
        parts = split(rest, [exact(plan, person) for person in people], plan["unit"])
    else:
        parts = [half_up_to(exact(plan, person), plan["unit"]) for person in people]
    return [settle(plan, person, part) for person, part in zip(people, parts, strict=True)]
