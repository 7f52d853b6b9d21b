"""The strip beside the CRM pipeline: its one request against those that the pipeline itself makes.

The manager of a sales team opens everybody's pipeline: for the kanban, the web client asks for the groups with the
deals in them and for the bars above them; for the strip, it asks once. They take turns, each with an empty cache.
"""

from __future__ import annotations

import json
import time
from datetime import date
from statistics import median
from typing import NamedTuple

from crowd import multiply, one_by_one
from data import Size, make_business, make_people

PEOPLE = 40
# A year's, as many for each person as in the large company.
ORDERS = 40_000
# A bit more than a month's revenue of a person, so that something is missing.
TARGET = 200_000
# Open deals, as many in each stage.
DEALS = (1_000, 10_000)
# Requests are short: several make a round.
REPEATS = 4
DOMAIN = [("type", "=", "opportunity")]
CONTEXT = {"default_type": "opportunity", "read_group_expand": True}
NAME = {"fields": {"display_name": {}}}
PLAIN = [
    "probability",
    "active",
    "recurring_revenue_monthly",
    "won_status",
    "color",
    "name",
    "expected_revenue",
    "contact_name",
    "partner_name",
    "lead_properties",
    "priority",
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "is_rotting",
    "rotting_days",
]
# What the kanban of crm shows of a deal, as the web client words it.
CARD = {
    **{name: {} for name in PLAIN},
    **dict.fromkeys(("stage_id", "company_currency", "team_id", "partner_id", "activity_type_id", "user_id"), NAME),
    "tag_ids": {"fields": {"display_name": {}, "color": {}}},
    "activity_ids": {"fields": {}},
}
BARS = {"field": "activity_state", "colors": {"planned": "success", "today": "warning", "overdue": "danger"}}
REVENUE = ("expected_revenue:sum", "company_currency:array_agg_distinct", "expected_revenue:sum_currency")


class Requests(NamedTuple):
    """Seconds of the requests of each round."""

    pipeline: list[float]
    strip: list[float]

    @property
    def ratio(self) -> float:
        """The strip's median over the pipeline's."""
        return median(self.strip) / median(self.pipeline)


def measure_strip(env, definitions, rounds: int) -> dict[int, Requests]:
    """Make companies with so many deals, and let pipeline and strip answer in turn.

    :param definitions: ``kpi.definition`` on everybody's scorecard
    :return: {deals: Requests}
    """
    return {deals: _measure(*_prepare(env, definitions, deals), rounds) for deals in DEALS}


def _prepare(env, definitions, deals: int):
    """A company whose people all sell, with scorecards that run today.

    :return: (its manager, in the manager's environment; its people)
    """
    company = env["res.company"].create({"name": f"Pipeline of {deals}"})
    env.user.company_ids |= company
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    people = make_people(env, PEOPLE)
    groups = ("sales_team.group_sale_manager", "kpi_management.group_kpi_officer")
    manager = env["res.users"].create(
        {
            "name": "Manager",
            "login": f"manager.{company.id}",
            "company_id": company.id,
            "company_ids": company.ids,
            "group_ids": [(4, env.ref(group).id) for group in groups],
        }
    )
    team = env["crm.team"].create({"name": company.name, "company_id": company.id, "user_id": manager.id})
    member = env["crm.team.member"].create({"crm_team_id": team.id, "user_id": people[0].user_id.id})
    multiply(member, PEOPLE - 1, user_id=one_by_one(people[1:].user_id))
    make_business(env, people.user_id, Size(PEOPLE, ORDERS, 0))
    _make_deals(env, people.user_id, team, deals)
    _make_scorecards(env, people, definitions)
    env.cr.execute("ANALYZE")
    return manager.with_user(manager).with_context(allowed_company_ids=company.ids)


def _make_deals(env, users, team, count: int) -> None:
    """Open deals of everybody in all stages but the won ones, expected to close this month."""
    stages = env["crm.stage"].search([("is_won", "=", False)])
    customers = env["res.partner"].create([{"name": f"Customer {number}"} for number in range(100)])
    tags = env["crm.tag"].create([{"name": f"{team.name} {number}"} for number in range(3)])
    deal = env["crm.lead"].create(
        {
            "name": "Deal",
            "type": "opportunity",
            "company_id": team.company_id.id,
            "team_id": team.id,
            "user_id": users[0].id,
            "stage_id": stages[0].id,
            "expected_revenue": 1_000,
            "probability": 40,
            "date_deadline": date.today(),
        }
    )
    deals = multiply(
        deal,
        count - 1,
        user_id=one_by_one(users),
        stage_id=one_by_one(stages),
        partner_id=one_by_one(customers),
        expected_revenue="1000 + n % 977",
        prorated_revenue="400 + n % 391",
    )
    env.cr.execute(
        "INSERT INTO crm_tag_rel (lead_id, tag_id) SELECT d, %s FROM unnest(%s) d", [tags[0].id, deals.ids[::2]]
    )


def _make_scorecards(env, people, definitions) -> None:
    """Agreed scorecards of this month with all KPIs, computed as the nightly job does."""
    period = env["kpi.period"]._ensure(env.company, "month", date.today())
    common = {"weight": 100 / len(definitions), "target": TARGET}
    lines = [(0, 0, {"definition_id": kpi.id, **common}) for kpi in definitions]
    first = env["kpi.scorecard"].create(
        {"period_id": period.id, "company_id": env.company.id, "employee_id": people[0].id, "line_ids": lines}
    )
    first.action_agree()
    others = people[1:]
    cards = multiply(first, len(others), employee_id=one_by_one(others), user_id=one_by_one(others.user_id))
    for line in first.line_ids:
        multiply(line, len(others), scorecard_id=one_by_one(cards), employee_id=one_by_one(others))
    env["kpi.computation"]._run(first + cards)
    env.flush_all()


def _measure(manager, rounds: int) -> Requests:
    leads = manager.env["crm.lead"].with_context(**CONTEXT)
    strip = manager.env["kpi.pipeline.strip"]

    def pipeline():
        groups = leads.web_read_group(
            DOMAIN,
            ["stage_id"],
            REVENUE,
            auto_unfold=True,
            unfold_read_specification=CARD,
            unfold_read_default_limit=80,
        )
        return groups, leads.read_progress_bar(DOMAIN, "stage_id", BARS)

    def beside():
        answer = strip.load(DOMAIN)
        if len(answer["people"]) != PEOPLE or not answer["together"]["coverage"]:
            raise ValueError("The strip shows nothing: there is nothing to compare.")
        return answer

    requests = Requests([], [])
    for number in range(rounds + 1):
        for act, seconds in zip((pipeline, beside), requests, strict=True):
            spent = _timed(manager.env, act)
            if number:  # the first one warms up
                seconds.append(spent)
    return requests


def _timed(env, act) -> float:
    """Seconds of an answer on its way to the client, the mean of some in a row."""
    start = time.perf_counter()
    for _number in range(REPEATS):
        env.invalidate_all()
        json.dumps(act(), default=str)
    return (time.perf_counter() - start) / REPEATS
