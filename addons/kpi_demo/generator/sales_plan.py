"""The story of the sales year in numbers: who should sell what, who did, and which deals were lost.

Plain Python, so that the story can be read and checked without Odoo. Money in whole VND.
"""

from dataclasses import dataclass, field
from datetime import date

from . import staff
from .seed import chance, split

MILLION = 1_000_000
COMPANY_TARGET = 10_000 * MILLION
DEPARTMENT_TARGETS = {"sales_hn": 4_500 * MILLION, "sales_hcm": 5_000 * MILLION}
CONVERSION_TARGET = 25

# Fixed monthly targets; whoever is not named shares what the department has left, by days in it.
OWN_TARGETS = {"hung": 500 * MILLION, "ha": 1_000 * MILLION, "nam": 1_000 * MILLION}
# What a salesperson usually reaches of the target, and how many deals in a hundred are won.
SKILLS = {
    "hung": (1.04, 34),
    "ha": (1.08, 30),
    "ducanh": (1.16, 28),
    "anh": (0.97, 25),
    "tuan": (0.84, 21),
    "luc": (0.68, 17),
    "huy": (0.78, 19),
    "linh": (0.7, 18),
    "nam": (1.1, 31),
    "mai": (0.98, 26),
    "bao": (1.06, 27),
    "ngan": (1.2, 32),
    "phong": (0.86, 20),
    "tram": (1.0, 24),
}
# Mai's last full month is the example everybody can follow: 80 % of each target, to the dong.
EXACT_SELLER = "mai"
EXACT_SHARE = 80
EXACT_WON, EXACT_LOST = 3, 12  # 3 of 15 = 20 % = 80 % of 25 %
# Nam looked after customers he had in the last full month: no deal was closed, so no rate can be told.
NO_DEALS = "nam"
# Orders in the first and the last minutes of a month, which fall into another month in UTC.
AFTER_MIDNIGHT, BEFORE_MIDNIGHT = "ngan", "bao"
# Sold in US dollars in the last full month and three months before.
DOLLAR_SELLER, DOLLAR_MONTHS = "phong", (-1, -4)


@dataclass(frozen=True)
class Sale:
    """A confirmed order: whose, when (local), over how much, and whether it came out of an opportunity."""

    seller: str
    day: date
    hour: int
    minute: int
    amount: int
    opportunity: bool
    dollars: bool = False


@dataclass(frozen=True)
class Loss:
    """An opportunity that was lost."""

    seller: str
    day: date
    amount: int


@dataclass
class SalesPlan:
    """Targets by (person, month key) and what happened."""

    targets: dict = field(default_factory=dict)
    sales: list = field(default_factory=list)
    losses: list = field(default_factory=list)


def months_ago(clock, ago, day):
    """The day a story date (months ago, day) stands for."""
    return clock.current.shift(-ago).day(day)


def selling_days(clock, key, month):
    """First and last day of a month on which somebody sells, or None."""
    person = next(person for person in staff.PEOPLE if person.key == key)
    start = months_ago(clock, *person.since)
    if key in staff.MOVERS:
        start = months_ago(clock, *staff.MOVERS[key][0])
    end = months_ago(clock, *staff.LEAVERS[key][0]) if key in staff.LEAVERS else month.end
    first, last = max(start, month.start), min(end, month.end)
    return (first, last) if first <= last else None


def seller_department(key):
    """The department somebody sells for."""
    person = next(person for person in staff.PEOPLE if person.key == key)
    return staff.MOVERS[key][1] if key in staff.MOVERS else person.department


def month_targets(clock, month):
    """Targets of everybody who sells in a month; they add up to the company's target.

    :rtype: dict[str, int]
    """
    days = {key: span for key in SKILLS if (span := selling_days(clock, key, month))}
    targets = {key: OWN_TARGETS[key] for key in days if key in OWN_TARGETS}
    for department, total in DEPARTMENT_TARGETS.items():
        team = [key for key in days if seller_department(key) == department]
        others = [key for key in team if key not in OWN_TARGETS]
        rest = total - sum(targets.get(key, 0) for key in team)
        weights = [(days[key][1] - days[key][0]).days + 1 for key in others]
        targets.update(zip(others, split(rest, weights, step=10 * MILLION), strict=True))
    return targets


def plan_sales(clock):
    """Tell the whole sales year.

    :param clock: `Clock`
    :rtype: SalesPlan
    """
    plan = SalesPlan()
    for month in clock.months:
        for key, target in month_targets(clock, month).items():
            plan.targets[key, month.key] = target
            _plan_month(clock, plan, key, month, target)
    return plan


def _plan_month(clock, plan, key, month, target):
    rng = chance("sales", key, month.start.month, month.key)
    first, last = selling_days(clock, key, month)
    days = [day for day in clock.month_days(month) if first <= day <= last]
    if not days:
        return
    exact = key == EXACT_SELLER and month == clock.last_full
    skill, rate = SKILLS[key]
    reached = skill * clock.season(month) * rng.uniform(0.86, 1.14)
    if month == clock.current:
        reached *= clock.elapsed(month)
    revenue = target * EXACT_SHARE // 100 if exact else round(target * reached / MILLION) * MILLION
    won, lost = _deals(rng, clock, key, month, rate, revenue)
    if exact:
        won, lost = EXACT_WON, EXACT_LOST
    amounts = _order_amounts(rng, revenue, won)
    for number, amount in enumerate(amounts):
        hour, minute = rng.randint(8, 17), rng.randint(0, 59)
        day = _edge_day(key, month, number) or _late_day(rng, days)
        if _edge_day(key, month, number):
            hour, minute = (0, rng.randint(5, 40)) if key == AFTER_MIDNIGHT else (23, rng.randint(20, 55))
        dollars = key == DOLLAR_SELLER and number == 0 and month in [clock.current.shift(ago) for ago in DOLLAR_MONTHS]
        if day <= clock.today:
            plan.sales.append(Sale(key, day, hour, minute, amount, number < won, dollars))
    for _number in range(lost):
        plan.losses.append(Loss(key, _late_day(rng, days), rng.randint(40, 400) * MILLION))


def _deals(rng, clock, key, month, rate, revenue):
    """How many opportunities a salesperson wins and loses in a month."""
    if key == NO_DEALS and month == clock.last_full:
        return 0, 0
    closed = rng.randint(10, 16) * (clock.elapsed(month) if month == clock.current else 1)
    won = round(closed * rate / 100 * rng.uniform(0.75, 1.25))
    won = min(won, revenue // (30 * MILLION))
    return won, max(round(closed) - won, 0)


def _order_amounts(rng, revenue, won):
    """Orders of some 60 to 450 million that add up to the revenue; at least one per deal won."""
    if revenue <= 0:
        return []
    count = max(won, round(revenue / (230 * MILLION)), 1)
    amounts = split(revenue, [rng.uniform(0.4, 1.6) for _number in range(count)], step=100_000)
    rng.shuffle(amounts)
    return amounts


def _late_day(rng, days):
    """A day, rather a late one: deals are closed towards the end of a month."""
    return days[int(rng.triangular(0, len(days), len(days) * 0.8)) % len(days)]


def _edge_day(key, month, number):
    """The first or the last day of the month for those who make the edge orders."""
    if number:
        return None
    return {AFTER_MIDNIGHT: month.start, BEFORE_MIDNIGHT: month.end}.get(key)
