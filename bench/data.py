"""A company of salespeople with a year of orders and opportunities, the same on every run."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

# The tests multiply people in the same way. Imported by itself: its package would bring the tests along.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "addons" / "kpi_management" / "tests"))

from crowd import make_crowd, multiply, one_by_one

#: Measure, how a goal counts the same, its model, its dates, and which records count.
FIGURES = (
    ("sales_revenue", "sum", "sale.order", "date_order", [("state", "=", "sale")]),
    (
        "opportunities_won",
        "count",
        "crm.lead",
        "date_closed",
        [("type", "=", "opportunity"), ("won_status", "=", "won")],
    ),
    (
        "opportunities_closed",
        "count",
        "crm.lead",
        "date_closed",
        [("type", "=", "opportunity"), ("won_status", "in", ("won", "lost"))],
    ),
)
MONTH = date(2026, 3, 1)
MONTH_END = date(2026, 3, 31)
# Spread over 2026 in steps that no month divides: every minute of the year can be hit, none is favoured.
MOMENT = "timestamp '2026-01-01' + (n::bigint * 7919 % 525600) * interval '1 minute'"


def make_company(env):
    """The company, counting in Vietnamese time."""
    company = env.company
    company.resource_calendar_id.tz = "Asia/Ho_Chi_Minh"
    return company


def make_people(env, size: int):
    """That many employees with users, in twenty departments.

    :return: ``hr.employee``
    """
    departments = env["hr.department"].create([{"name": f"Sales {number}"} for number in range(20)])
    first = env["hr.employee"].create(
        {
            "name": "Person",
            "user_id": env["res.users"].create({"name": "Person", "login": "person"}).id,
            "department_id": departments[0].id,
            "date_version": "2025-01-01",
            "contract_date_start": "2025-01-01",
        }
    )
    return make_crowd(first, size, departments)


def make_business(env, users, orders: int, leads: int) -> None:
    """Confirmed orders, won and lost opportunities, the users taking turns: multiplied from a real one of each."""
    order = env["sale.order"].create({"partner_id": env["res.partner"].create({"name": "Customer"}).id})
    order.action_confirm()
    won, lost = env["crm.lead"].create([{"name": "Deal", "type": "opportunity"} for _number in range(2)])
    won.action_set_won()
    lost.action_set_lost()
    turn = one_by_one(users)
    multiply(order, orders, user_id=turn, date_order=MOMENT, amount_untaxed="1000 + n % 977")
    multiply(won, leads // 2, user_id=turn, date_closed=MOMENT)
    multiply(lost, leads - leads // 2, user_id=turn, date_closed=MOMENT)
    order._action_cancel()
    (won | lost).unlink()
    env.flush_all()
    env.cr.execute("ANALYZE")
    env.invalidate_all()


def make_scorecards(env, company, people):
    """A scorecard of March with one KPI per figure for each person.

    :return: ``kpi.scorecard``
    """
    period = env["kpi.period"]._ensure(company, "month", MONTH)
    definitions = env["kpi.definition"].create(
        [
            {"code": f"BENCH_{code.upper()}", "name": code, "formula": code, "unit": "number", "direction": "higher"}
            for code, *_rest in FIGURES
        ]
    )
    lines = [
        (0, 0, {"definition_id": definition.id, "weight": weight, "target": 100})
        for definition, weight in zip(definitions, (50, 25, 25), strict=True)
    ]
    common = {"period_id": period.id, "company_id": company.id, "subject_type": "employee", "line_ids": lines}
    return env["kpi.scorecard"].create([{**common, "employee_id": person.id} for person in people])


def make_goals(env, users):
    """For the same people and figures the goals of Odoo's gamification.

    :return: ``gamification.goal``
    """
    goals = env["gamification.goal"]
    for code, mode, model, date_field, domain in FIGURES:
        definition = env["gamification.goal.definition"].create(
            {
                "name": code,
                "computation_mode": mode,
                "model_id": env["ir.model"]._get_id(model),
                "field_id": mode == "sum" and env["ir.model.fields"]._get(model, "amount_untaxed").id,
                "field_date_id": env["ir.model.fields"]._get(model, date_field).id,
                "domain": repr(domain),
                "batch_mode": True,
                "batch_distinctive_field": env["ir.model.fields"]._get(model, "user_id").id,
                "batch_user_expression": "user.id",
            }
        )
        common = {"definition_id": definition.id, "start_date": MONTH, "end_date": MONTH_END, "target_goal": 100}
        goals += goals.create([{**common, "user_id": user.id, "state": "inprogress"} for user in users])
    return goals
