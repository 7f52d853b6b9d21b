"""Periods, scorecards with targets, and who answers for which channel."""

from dataclasses import replace

from odoo import Command

from . import staff
from .agreements import agree_scorecards
from .cards import (
    COMPLETION,
    COMPLETION_TARGET,
    CONVERSION,
    ENGAGEMENT_TARGET,
    ENGAGEMENTS,
    MONTHS,
    REVENUE,
    Line,
    chief_lines,
    company_lines,
    department_lines,
)
from .orders import add_late_order
from .sales_plan import CONVERSION_TARGET, OWN_TARGETS, SKILLS, seller_department, selling_days

# Each marketer answers for a channel: engagements a month.
CHANNELS = {
    "long": ("Facebook", 45_000),
    "vy": ("TikTok", 30_000),
    "linh": ("Instagram", 15_000),
    "chau": ("Zalo", 10_000),
}
# Leading KPI → those that move after it.
DRIVES = {
    "HR_TURNOVER": ("MRP_DEFECT_RATE", COMPLETION),
    "MKT_EMAIL_OPEN_RATE": ("MKT_CTR",),
    "MKT_CTR": ("MKT_LEADS",),
    "MKT_WEB_VISITORS": ("MKT_LEADS", ENGAGEMENTS),
    "MKT_WEB_TRAFFIC": ("MKT_MARKET_SHARE",),
    "MKT_LEADS": ("SAL_OPPORTUNITIES",),
    ENGAGEMENTS: ("MKT_LEAD_CONVERSION", REVENUE),
    "MRP_DEFECT_RATE": ("STK_ON_TIME",),
    "PRJ_HEADCOUNT": ("PRJ_ON_TIME",),
    COMPLETION: (CONVERSION, "SAL_SATISFACTION"),
    "STK_ON_TIME": ("SAL_SATISFACTION",),
    "SAL_OPPORTUNITIES": (REVENUE,),
    "SAL_PIPELINE": (REVENUE,),
    "SAL_RESPONSE_TIME": (CONVERSION,),
    "SAL_SATISFACTION": ("SAL_RETENTION",),
    CONVERSION: (REVENUE,),
    REVENUE: ("ACC_REVENUE", "SAL_COLLECTED"),
    "ACC_REVENUE": ("ACC_PROFIT",),
}
# How the books are kept is a matter of work done well, not of money made.
BOOK_KEEPING = (
    "ACC_COST_PER_PAYMENT",
    "ACC_ENTRY_ERROR_RATE",
    "ACC_INVOICE_DAYS",
    "ACC_PAYMENT_ON_TIME",
    "ACC_RECONCILED_RATE",
    "ACC_REPORT_DAYS",
    "ACC_VIOLATIONS",
)
# KPI → those that suffer when somebody games it.
GUARDS = {
    REVENUE: ("SAL_MARGIN_RATE", "SAL_COLLECTED"),
    ENGAGEMENTS: ("MKT_LEADS",),
    COMPLETION: ("OPS_QUALITY",),
    "HR_TIME_TO_HIRE": ("HR_HIRING_SUCCESS",),
    "MRP_VOLUME": ("MRP_DEFECT_RATE",),
}
# Looks after the channel of somebody who moved on.
SUCCESSOR = "chau"


class Cards:
    """Builds scorecards out of lines."""

    def __init__(self, world, objectives):
        self.world = world
        self.objectives = objectives
        self.definitions = {record.code: record for record in world.env["kpi.definition"].search([])}
        self.parameters = {record.code: record for record in world.env["kpi.parameter"].search([])}

    def values(self, period, subject_type, subject, lines):
        """Values of one scorecard.

        :param subject: the company, department, sales team or employee
        """
        field = self.world.env["kpi.scorecard"]._subject_fields()[subject_type]
        return {
            "period_id": period.id,
            "subject_type": subject_type,
            "company_id": self.world.company.id,
            field: subject.id,
            "line_ids": self.lines(period, lines),
        }

    def lines(self, period, lines):
        """Commands for the lines of a scorecard or template."""
        return [Command.create(self._line(period, number, line)) for number, line in enumerate(lines)]

    def _line(self, period, number, line):
        objective = self.objectives.get(line.objective)
        covered = objective and objective.date_start <= period.date_start and period.date_end <= objective.date_end
        values = {
            "sequence": number,
            "definition_id": self.definitions[line.code].id,
            "weight": line.weight,
            "target": line.target,
            "objective_id": objective.id if covered else False,
            **line.terms,
        }
        if line.choice:
            parameter, chosen = line.choice
            choice = {
                "parameter_id": self.parameters[parameter].id,
                "value_ref": f"{chosen._name},{chosen.id}",
            }
            values["parameter_value_ids"] = [Command.create(choice)]
        return values


def build_periods(world):
    """Months of the year of business with their quarters and years.

    :return: {"month": periods by month, "quarter": periods with all their months, "year": the business year}
    """
    Period, clock = world.env["kpi.period"], world.clock
    months = {month: Period._ensure(world.company, "month", month.start) for month in clock.months}
    quarters = Period.union(*(period.parent_id for period in months.values()))
    # A quarter that began before there was business would be measured short.
    quarters = quarters.filtered(lambda quarter: quarter.date_start >= clock.months[0].start)
    year = quarters.parent_id.filtered(lambda period: period.date_start.year == clock.business_year)
    return {"month": months, "quarter": quarters, "year": year}


def build_scorecards(world, plan, periods, objectives):
    """Create, agree and start the scorecards of company, departments and people.

    :param plan: `SalesPlan` with everybody's targets
    """
    cards = Cards(world, objectives)
    values = []
    for period in [*periods["month"].values(), *periods["quarter"], *periods["year"]]:
        values.append(cards.values(period, "company", world.company, company_lines(period)))
        for key, lines in department_lines(world, period).items():
            values.append(cards.values(period, "department", world.departments[key], lines))
    for month, period in periods["month"].items():
        for key, lines in _employee_lines(world, plan, month).items():
            values.append(cards.values(period, "employee", world.employees[key], lines))
        for key, team in world.teams.items():
            values.append(cards.values(period, "team", team, _team_lines(plan, month, key)))
    for period in periods["quarter"]:
        for key, lines in _head_lines(MONTHS["quarter"]).items():
            values.append(cards.values(period, "employee", world.employees[key], lines))
    scorecards = world.env["kpi.scorecard"].create(values)
    agree_scorecards(world, scorecards)
    scorecards.action_start()
    return scorecards


def link_drivers(world):
    """What drives what, for the strategy map, and what guards a KPI against being gamed."""
    kpis = {kpi.code: kpi for kpi in world.env["kpi.definition"].search([])}
    for field, links in (("drives_ids", DRIVES), ("counter_ids", GUARDS)):
        for code, others in links.items():
            kpis[code][field] = [Command.link(kpis[other].id) for other in others]
    for code in BOOK_KEEPING:
        kpis[code].perspective_id = world.env.ref("kpi_management.perspective_process")


def _employee_lines(world, plan, month):
    """Who has a scorecard in a month, and with what: {person key: lines}."""
    lines = {}
    for key in SKILLS:
        if target := plan.targets.get((key, month.key)):
            lines[key] = [Line(REVENUE, 70, target, key), Line(CONVERSION, 30, CONVERSION_TARGET, key)]
    for key, target in channel_targets(world.clock, month).items():
        engagement = Line(ENGAGEMENTS, 100, target, "marketing")
        lines[key] = _share_card(lines[key], engagement) if key in lines else [engagement]
    lines["thao"] = [Line(ENGAGEMENTS, 100, ENGAGEMENT_TARGET, "marketing")]
    lines.update(chief_lines())
    for person in staff.PEOPLE:
        if person.department == "projects":
            lines[person.key] = [Line(COMPLETION, 100, COMPLETION_TARGET, "projects")]
    return lines


def _team_lines(plan, month, team):
    """A sales team answers for what its members do together."""
    target = sum(
        own for (person, key), own in plan.targets.items() if key == month.key and seller_department(person) == team
    )
    return [Line(REVENUE, 70, target, team), Line(CONVERSION, 30, CONVERSION_TARGET, team)]


def _head_lines(months):
    """What heads of departments and offices answer for over several months: {person key: lines}."""
    lines = {
        key: [Line(REVENUE, 70, target * months, key), Line(CONVERSION, 30, CONVERSION_TARGET, key)]
        for key, target in OWN_TARGETS.items()
    }
    lines["thao"] = [Line(ENGAGEMENTS, 100, ENGAGEMENT_TARGET * months, "marketing")]
    lines["viet"] = [Line(COMPLETION, 100, COMPLETION_TARGET, "projects")]
    lines.update(chief_lines(months))
    return {key: lines[key] for key in staff.HEADS}


def _share_card(sales_lines, engagement):
    """The card of a month in which somebody moved from marketing to sales: both, in proportion."""
    weights = zip([*sales_lines, engagement], (50, 20, 30), strict=True)
    return [replace(line, weight=weight) for line, weight in weights]


def channel_targets(clock, month):
    """Engagements that each marketer answers for in a month; they add up to the target of marketing.

    :rtype: dict[str, int]
    """
    usual = {key: engagements for key, (_channel, engagements) in CHANNELS.items()}
    return share_out(clock, month, usual)


def share_out(clock, month, engagements):
    """Engagements by the person in charge: who moves on hands the rest of the month over to a colleague.

    :param dict engagements: engagements of the month by the person whose channel it is
    :rtype: dict[str, int]
    """
    days = (month.end - month.start).days + 1
    shares = dict(engagements)
    for key in set(CHANNELS) & set(staff.MOVERS):
        if selling := selling_days(clock, key, month):
            rest = round(engagements[key] * ((selling[1] - selling[0]).days + 1) / days)
            shares[key] -= rest
            shares[SUCCESSOR] += rest
    return {key: count for key, count in shares.items() if count}


def close_periods(world):
    """Close what is settled: everything that was over before the last full month; that one goes into review.

    Then an order comes to light that belongs into a closed month: it changes nothing there, and shows as a difference.
    """
    clock = world.clock
    ended = [("company_id", "=", world.company.id), ("date_end", "<", clock.current.start)]
    periods = world.env["kpi.period"].search(ended)
    periods.action_review()
    closed = periods.filtered(lambda period: period.date_end < clock.last_full.start)
    closed.action_close()
    day = add_late_order(world)
    closed.filtered(lambda period: period.date_start <= day <= period.date_end).action_check_late_data()
