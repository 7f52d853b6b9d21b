"""Random plans and people, each number a text that both the engine and the oracle can read."""

from datetime import date, timedelta
from fractions import Fraction

MONTH_STARTS = [date(2025, month, 1) for month in range(1, 13)] + [date(2024, 2, 1)]
UNITS = ("1", "1", "1", "0.01", "0.05", "0.001", "0.5", "1000")
TERMS = ("target", "baseline", "threshold", "threshold_attainment", "stretch", "cap", "floor")
BAND_TERMS = ("band_low", "band_high", "band_tolerance")


def number(chance, low, high, digits=0):
    """A random number as text, often a round one: ties and edges are where rules differ."""
    if chance.random() < 0.4:
        low, high, digits = low // 10, high // 10, max(digits - 1, 0)
        value = chance.randint(low * 10**digits, high * 10**digits) * 10
    else:
        value = chance.randint(low * 10**digits, high * 10**digits)
    sign, text = ("-" if value < 0 else ""), str(abs(value)).rjust(digits + 1, "0")
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def maybe(chance, share, value):
    """The value, or None."""
    return value() if chance.random() < share else None


def make_terms(chance, direction):
    """Sound terms of a KPI line."""
    terms = dict.fromkeys((*TERMS, *BAND_TERMS))
    terms |= {"threshold_attainment": number(chance, 0, 90), "cap": number(chance, 100, 200), "floor": "0"}
    if chance.random() < 0.2:
        terms["floor"] = number(chance, 0, 40)
    if direction == "band":
        low = Fraction(number(chance, -50, 100, 2))
        terms |= {"band_low": low, "band_high": low + Fraction(number(chance, 0, 60, 2))}
        terms["band_tolerance"] = maybe(chance, 0.8, lambda: number(chance, 0, 40, 2))
        return {name: value if value is None else decimal_text(value) for name, value in terms.items()}
    size = chance.choice((10, 1_000, 2_000_000_000))
    sign = 1 if direction in ("higher", "binary") else -1
    target = Fraction(number(chance, 1, size, 2)) + 1
    terms["target"] = target

    def short(share):
        return maybe(chance, share, lambda: target - sign * (target * chance.randint(1, 90) / 100 + 1))

    terms |= {"baseline": short(0.4), "threshold": short(0.3) if direction != "binary" else None}
    if direction == "binary" and chance.random() < 0.4:
        terms["baseline"] = target + 5
    beyond = maybe(chance, 0.3, lambda: target + sign * (target * chance.randint(1, 90) / 100 + 1))
    terms["stretch"] = None if direction == "binary" else beyond
    return {name: value if value is None else decimal_text(value) for name, value in terms.items()}


def decimal_text(value):
    """A number with at most 4 decimals as text."""
    scaled = Fraction(value) * 10_000
    digits = str(abs(int(scaled))).rjust(5, "0")
    return ("-" if scaled < 0 else "") + f"{digits[:-4]}.{digits[-4:]}"


def make_line(chance, start, days):
    """A KPI with its actual, and in one of five cases terms that changed within the period."""
    direction = chance.choice(("higher", "higher", "lower", "band", "binary"))
    terms = make_terms(chance, direction)
    near = Fraction(terms["target"] or terms["band_low"])
    actual = maybe(chance, 0.93, lambda: decimal_text(near * chance.randint(-20, 220) / 100))
    line = {
        "direction": direction,
        "actual": actual,
        "no_data": chance.choice(("exclude", "zero", "full")),
        "spells": [(start, days, number(chance, 0, 100), terms)],
    }
    if direction in ("higher", "lower") and chance.random() < 0.3 and not (terms["stretch"] or terms["threshold"]):
        change = chance.randint(1, days - 1)
        # The new target lies on the same side of the old baseline: terms that mix soundly.
        factor = Fraction(chance.randint(100, 150), 100)
        later = {**terms, "target": decimal_text(Fraction(terms["target"]) * factor)}
        if terms["baseline"] is not None and direction == "lower":
            later["baseline"] = decimal_text(Fraction(terms["baseline"]) * factor + 1)
        following = (start + timedelta(days=change), days - change, number(chance, 0, 100), later)
        line["spells"] = [(start, change, *line["spells"][0][2:]), following]
    return line


def make_plan(chance, basis):
    """Terms of a plan and the period it pays for."""
    start = chance.choice(MONTH_STARTS)
    days = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - start
    curve = sorted({number(chance, 0, 150, 2) for _point in range(chance.choice((0, 0, 1, 2, 3, 5)))}, key=Fraction)
    tiers = {Fraction(number(chance, 0, 3_000, 2)): number(chance, 0, 30, 4) for _tier in range(chance.randint(1, 4))}
    unit = chance.choice(UNITS)
    return {
        "basis": basis,
        "start": start,
        "days": days.days,
        "unit": unit,
        "apply_on": "kpi" if basis == "rate" or chance.random() < 0.3 else "score",
        "amount": number(chance, 0, 50_000_000, 2),
        "wage_percent": number(chance, 0, 60, 2),
        "curve": [(score, number(chance, 0, 250, 2)) for score in curve],
        "curve_mode": chance.choice(("interpolated", "step")),
        "prorate": chance.random() < 0.8,
        "cap_amount": number(chance, 0, 40_000_000) if chance.random() < 0.3 else "0",
        "cap_wage_percent": number(chance, 1, 80, 2) if chance.random() < 0.2 else "0",
        "tiers": [(decimal_text(start), rate) for start, rate in tiers.items()],
        "tier_mode": chance.choice(("marginal", "whole")),
        "rate_per": chance.choice(("percent", "unit")),
        "pool_key": chance.choice(("equal", "wage")),
        "pool": decimal_text(chance.randint(0, 300_000) * Fraction(unit)),
        "settled": decimal_text(chance.choice((0, 0, chance.randint(0, 100_000))) * Fraction(unit)),
        "gates": [
            (number(chance, 0, 120, 2), chance.choice(("0", "0.5", "0.8", "0.3333", "1")))
            for _gate in range(chance.choice((0, 0, 0, 1, 2)))
        ],
    }


def make_person(chance, plan):
    """One person in a plan's population; half days off make fractions of days."""
    halves = chance.choice((2 * plan["days"], 2 * plan["days"], chance.randint(0, 2 * plan["days"])))
    unit = Fraction(plan["unit"])
    adjustments = chance.choice((0, 0, 0, chance.randint(-5_000_000, 5_000_000)))
    return {
        "lines": [make_line(chance, plan["start"], plan["days"]) for _line in range(chance.randint(1, 4))],
        "gates": [maybe(chance, 0.85, lambda: number(chance, 0, 130, 2)) for _gate in plan["gates"]],
        "wage": number(chance, 5_000_000, 90_000_000, 2),
        "days": decimal_text(Fraction(halves, 2)),
        "adjustments": decimal_text(int(adjustments / unit) * unit),
    }
