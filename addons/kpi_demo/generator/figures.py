"""Figures that Odoo does not know: entered by the departments month by month, or sent by a channel."""

from .kpis import CHANNELS, share_out
from .seed import chance

NOTES = {"api": "Gửi từ mạng xã hội qua API", "typed": "Báo cáo của {department}"}
# The department that reports a figure of the company.
REPORTED_BY = {
    "audits_held": "accounting",
    "audits_passed": "accounting",
    "market_share": "marketing",
    "quality_score": "projects",
    "report_days": "accounting",
    "social_engagements": "marketing",
    "social_followers": "marketing",
    "violations": "accounting",
}
# What nobody has entered yet for the last full month: the checklist of its review shows it.
OWED = ("social_followers",)
FOLLOWERS_AT_FIRST, FOLLOWERS_A_MONTH = 61_000, 2_300


def build_figures(world, periods):
    """Enter each full month's figures, for the departments in charge and for the company.

    The running month has none yet, as the figures come in when it is over; of the last one marketing still owes a
    figure. What is known by quarter and year alone
    (audits, market share) is entered for quarters.
    """
    measures = {measure.code: measure for measure in world.env["kpi.measure"].search([("source", "=", "input")])}
    rows = []
    for month in world.clock.full_months:
        owed = OWED if month == world.clock.last_full else ()
        rows += [(periods["month"][month], *row) for row in _month_rows(world, month) if row[0] not in owed]
    for quarter in periods["quarter"].filtered(lambda period: period.date_end < world.clock.today):
        rows += [(quarter, *row) for row in _quarter_rows(quarter)]
    world.env["kpi.measurement"].create([_values(world, measures, *row) for row in rows])


def _month_rows(world, month):
    """(measure code, kind, key of the subject, value, source) of a month."""
    yield from _engagements(world, month)
    rng = chance("figures", month.key)
    grown = world.clock.full_months.index(month) + 1
    followers = FOLLOWERS_AT_FIRST + round(FOLLOWERS_A_MONTH * grown * rng.uniform(0.97, 1.03))
    yield from _for_both("social_followers", "marketing", followers)
    yield from _for_both("report_days", "accounting", rng.choice((4, 5, 5, 6, 8)))
    yield from _for_both("violations", "accounting", rng.choices((0, 1, 2), weights=(80, 15, 5))[0])
    quality = {department: round(rng.uniform(86, 98), 1) for department in ("projects", "technology")}
    for department, score in quality.items():
        yield "quality_score", "department", department, score, "typed"
    yield "quality_score", "company", None, round(sum(quality.values()) / len(quality), 1), "typed"


def _quarter_rows(quarter):
    rng = chance("quarter figures", quarter.date_start)
    held = rng.randint(2, 4)
    yield from _for_both("audits_held", "accounting", held)
    yield from _for_both("audits_passed", "accounting", held - rng.choice((0, 0, 0, 1)))
    yield from _for_both("market_share", "marketing", round(rng.uniform(4.6, 5.6), 2))


def _for_both(code, department, value):
    yield code, "department", department, value, "typed"
    yield code, "company", None, value, "typed"


def _engagements(world, month):
    """Engagements of a month by channel; they lead: they follow the business of the month after."""
    counts = share_out(world.clock, month, _month_counts(world.clock, month))
    for key, count in counts.items():
        yield "social_engagements", "employee", key, count, "api"
    total = sum(counts.values())
    yield "social_engagements", "employee", "thao", total, "typed"
    yield from _for_both("social_engagements", "marketing", total)


def _month_counts(clock, month):
    """Engagements of a month by the person whose channel it is."""
    return {
        key: round(usual * clock.season(month.shift(1)) * chance("engagements", key, month.key).uniform(0.9, 1.12))
        for key, (_channel, usual) in CHANNELS.items()
    }


def _values(world, measures, period, code, kind, key, value, source):
    subjects = {"employee": world.employees, "department": world.departments, "company": {None: world.company}}
    subject = subjects[kind][key]
    department = world.departments[key if kind == "department" else REPORTED_BY[code]]
    return {
        "measure_id": measures[code].id,
        "period_id": period.id,
        "subject_type": kind,
        "company_id": world.company.id,
        f"{kind}_id": subject.id,
        "value": value,
        "source": source,
        "note": NOTES[source].format(department=department.with_context(lang="vi_VN").name),
    }
