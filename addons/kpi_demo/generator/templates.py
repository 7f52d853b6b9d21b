"""Next month's scorecards: made from templates by job and department, and on their way to an agreement."""

from odoo import Command

from .cards import COMPLETION, COMPLETION_TARGET, CONVERSION, ENGAGEMENTS, REVENUE, Line, department_lines
from .kpis import Cards
from .sales_plan import CONVERSION_TARGET, MILLION
from .staff import DEPARTMENTS
from .strategy import OFFICER

# key: job, department where it is for that one alone, names, lines
TEMPLATES = (
    (
        "salesperson",
        None,
        ("Salesperson", "Nhân viên Kinh doanh"),
        [Line(REVENUE, 70, 700 * MILLION), Line(CONVERSION, 30, CONVERSION_TARGET)],
    ),
    (
        "salesperson",
        "sales_hcm",
        ("Salesperson, Ho Chi Minh City", "Nhân viên Kinh doanh, TP. Hồ Chí Minh"),
        [Line(REVENUE, 70, 800 * MILLION), Line(CONVERSION, 30, CONVERSION_TARGET)],
    ),
    (
        "sales_lead",
        None,
        ("Sales Team Leader", "Trưởng nhóm Kinh doanh"),
        [Line(REVENUE, 70, 1_000 * MILLION), Line(CONVERSION, 30, CONVERSION_TARGET)],
    ),
    (
        "marketer",
        None,
        ("Marketing Specialist", "Chuyên viên Marketing"),
        [Line(ENGAGEMENTS, 100, 25_000)],
    ),
    (
        None,
        "projects",
        ("Everybody in Projects", "Mọi nhân viên Phòng Dự án"),
        [Line(COMPLETION, 100, COMPLETION_TARGET)],
    ),
)
# Whose leader has proposed the targets; one of them offers another figure, another one has accepted.
LEADER, COUNTERS, ACCEPTS = "nam", "mai", "ngan"
OFFER, OFFER_REASON = 750 * MILLION, "Hai khách hàng lớn đã dời đơn hàng sang quý sau."


def plan_next_month(world, objectives):
    """Make next month's scorecards from templates; the targets of one team are proposed."""
    period = world.env["kpi.period"]._ensure(world.company, "month", world.clock.current.shift(1).start)
    _build_templates(world, period, objectives)
    batch = world.as_user(OFFICER)["kpi.scorecard.batch"].create({"period_id": period.id, "source": "template"})
    batch.action_confirm()
    team = world.employees[LEADER].child_ids
    cards = period.scorecard_ids.filtered(lambda card: card.employee_id in team).grouped("employee_id")
    proposed = world.env["kpi.scorecard"].union(*cards.values())
    proposed.with_env(world.as_user(LEADER)).action_propose()
    cards[world.employees[ACCEPTS]].with_env(world.as_user(ACCEPTS)).action_agree()
    _counter(world, cards[world.employees[COUNTERS]])


def _build_templates(world, period, objectives):
    """One for each job with scorecards, and one for each department."""
    rows = [("employee", *row) for row in TEMPLATES]
    for key, lines in department_lines(world, period).items():
        rows.append(("department", None, key, DEPARTMENTS[key][:2], lines))
    cards = Cards(world, objectives)
    templates = world.env["kpi.scorecard.template"].create(
        [
            {
                "name": names[0],
                "company_id": world.company.id,
                "subject_type": kind,
                "period_type": "month",
                "job_ids": [Command.set(world.jobs[job].ids if job else ())],
                "department_ids": [Command.set(world.departments[department].ids if department else ())],
                "line_ids": cards.lines(period, lines),
            }
            for kind, job, department, names, lines in rows
        ]
    )
    for template, (_kind, _job, _department, names, _lines) in zip(templates, rows, strict=True):
        world.translate(template, "name", names[1])
    templates.action_activate()


def _counter(world, card):
    """The holder answers with another figure for revenue."""
    counter = world.as_user(COUNTERS)["kpi.scorecard.counter"].create({"scorecard_id": card.id})
    answer = counter.line_ids.filtered(lambda answer: answer.line_id.definition_id.code == REVENUE)
    answer.write({"figure": OFFER, "note": OFFER_REASON})
    counter.action_confirm()
