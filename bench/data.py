"""Companies of salespeople with a year of orders and opportunities, the same on every run."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

# The tests multiply people in the same way. Imported by itself: its package would bring the tests along.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "addons" / "kpi_management" / "tests"))

from crowd import make_crowd, multiply, one_by_one
from figures import FIGURES

YEAR = 2026
MONTH = 3
# Spread over the year in steps that no month divides: every minute of it can be hit, none is favoured.
MOMENT = f"timestamp '{YEAR}-01-01' + (n::bigint * 7919 % 525600) * interval '1 minute'"


class Size(NamedTuple):
    """How much of everything a company has."""

    people: int
    orders: int
    deals: int


def make_company(env, name: str, size: Size):
    """A company that counts in Vietnamese time, its people, their business of a year.

    :return: ``res.company``
    """
    company = env["res.company"].create({"name": name})
    calendar = env["resource.calendar"].create({"name": name, "company_id": company.id, "tz": "Asia/Ho_Chi_Minh"})
    company.resource_calendar_id = calendar
    env.user.company_ids |= company
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    people = make_people(env, size.people)
    make_business(env, people.user_id, size)
    return company


def make_people(env, count: int):
    """That many employees with users, in twenty departments.

    :return: ``hr.employee``
    """
    company = env.company
    departments = env["hr.department"].create(
        [{"name": f"Sales {number}", "company_id": company.id} for number in range(20)]
    )
    user = env["res.users"].create(
        {"name": "Person", "login": f"person.{company.id}", "company_id": company.id, "company_ids": company.ids}
    )
    first = env["hr.employee"].create(
        {
            "name": "Person",
            "company_id": company.id,
            "user_id": user.id,
            "department_id": departments[0].id,
            "date_version": "2025-01-01",
            "contract_date_start": "2025-01-01",
        }
    )
    return make_crowd(first, count, departments)


def make_business(env, users, size: Size) -> None:
    """Confirmed orders, won and lost opportunities, the users taking turns: multiplied from a real one of each."""
    company, user = env.company, users[0].id
    customer = env["res.partner"].create({"name": "Customer"})
    order = env["sale.order"].create({"partner_id": customer.id, "company_id": company.id, "user_id": user})
    order.action_confirm()
    deal = {"name": "Deal", "type": "opportunity", "company_id": company.id, "user_id": user}
    won, lost = env["crm.lead"].create([deal, deal])
    won.action_set_won()
    lost.action_set_lost()
    turn = one_by_one(users)
    amount = "1000 + n % 977"
    multiply(order, size.orders, user_id=turn, date_order=MOMENT, amount_untaxed=amount, amount_total=f"({amount})*1.1")
    multiply(won, size.deals // 2, user_id=turn, date_closed=MOMENT, create_date=MOMENT)
    multiply(lost, size.deals - size.deals // 2, user_id=turn, date_closed=MOMENT, create_date=MOMENT)
    order._action_cancel()
    (won | lost).unlink()
    env.flush_all()
    env.invalidate_all()


def make_kpis(env):
    """A measure and a KPI for each figure.

    :return: ``kpi.definition``, in the order of the figures
    """
    for figure in FIGURES:
        env["kpi.measure"].create(
            {
                "code": figure.code,
                "name": figure.code,
                "model_id": env["ir.model"]._get_id(figure.model),
                "domain": figure.domain,
                "aggregate": figure.aggregate,
                "value_field": figure.value,
                "rate_field": figure.value and "currency_rate",
                "date_field": figure.date,
                "employee_path": "user_id",
            }
        )
    return env["kpi.definition"].create(
        [
            {
                "code": figure.code.upper(),
                "name": figure.code,
                "formula": figure.code,
                "unit": "currency" if figure.value else "number",
            }
            for figure in FIGURES
        ]
    )


def make_scorecards(env, company, definitions, months: range) -> None:
    """For everybody and each of the months a scorecard with all KPIs, targets differing from person to person."""
    people = env["hr.employee"].search([("company_id", "=", company.id), ("user_id", "!=", False)], order="id")
    lines = [(0, 0, {"definition_id": kpi.id, "weight": 100 / len(definitions), "target": 100}) for kpi in definitions]
    for month in months:
        period = env["kpi.period"]._ensure(company, "month", date(YEAR, month, 1))
        common = {"period_id": period.id, "company_id": company.id, "subject_type": "employee", "line_ids": lines}
        first = env["kpi.scorecard"].create({**common, "employee_id": people[0].id})
        others = people[1:]
        cards = multiply(first, len(others), employee_id=one_by_one(others), user_id=one_by_one(others.user_id))
        for line in first.line_ids:
            owner = {"scorecard_id": one_by_one(cards), "employee_id": one_by_one(others)}
            multiply(line, len(others), **owner, target="80 + n % 41")


def make_goals(env, company) -> None:
    """The same people and figures as goals of Odoo's gamification, batch mode on."""
    users = env["hr.employee"].search([("company_id", "=", company.id), ("user_id", "!=", False)], order="id").user_id
    start, end = date(YEAR, MONTH, 1), date(YEAR, MONTH, 31)
    for figure in FIGURES:
        definition = env["gamification.goal.definition"].create(
            {
                "name": figure.code,
                "computation_mode": figure.aggregate,
                "model_id": env["ir.model"]._get_id(figure.model),
                "field_id": figure.value and env["ir.model.fields"]._get(figure.model, figure.value).id,
                "field_date_id": env["ir.model.fields"]._get(figure.model, figure.date).id,
                "domain": figure.domain,
                "batch_mode": True,
                "batch_distinctive_field": env["ir.model.fields"]._get(figure.model, "user_id").id,
                "batch_user_expression": "user.id",
            }
        )
        common = {"definition_id": definition.id, "start_date": start, "end_date": end, "target_goal": 100}
        first = env["gamification.goal"].create({**common, "user_id": users[0].id, "state": "inprogress"})
        multiply(first, len(users) - 1, user_id=one_by_one(users[1:]))
