"""Three ways to the same figures of the same people: ours, hand-written SQL, Odoo's gamification."""

from __future__ import annotations

from data import FIGURES, MONTH, MONTH_END

# The least that PostgreSQL has to do: a grouped SELECT per figure and one UPDATE of the rows that show them.
FLOOR = """
    WITH bounds AS (
        SELECT %(start)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AT TIME ZONE 'UTC' AS first,
               (%(end)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AT TIME ZONE 'UTC' AS past
    ), figures AS (
        SELECT user_id, %(sales_revenue)s AS definition_id,
               SUM(amount_untaxed / COALESCE(NULLIF(currency_rate, 0), 1)::numeric) AS value
          FROM sale_order, bounds
         WHERE state = 'sale' AND company_id = %(company)s AND date_order >= first AND date_order < past
         GROUP BY user_id
         UNION ALL
        SELECT user_id, %(opportunities_won)s, COUNT(*)
          FROM crm_lead, bounds
         WHERE type = 'opportunity' AND won_status = 'won' AND company_id = %(company)s
           AND date_closed >= first AND date_closed < past
         GROUP BY user_id
         UNION ALL
        SELECT user_id, %(opportunities_closed)s, COUNT(*)
          FROM crm_lead, bounds
         WHERE type = 'opportunity' AND won_status IN ('won', 'lost') AND company_id = %(company)s
           AND date_closed >= first AND date_closed < past
         GROUP BY user_id
    )
    UPDATE kpi_scorecard_line line
       SET actual = figures.value, attainment = LEAST(figures.value, 120), result = 'ok'
      FROM figures
      JOIN hr_employee employee ON employee.user_id = figures.user_id AND employee.company_id = %(company)s
     WHERE line.employee_id = employee.id AND line.definition_id = figures.definition_id
       AND line.period_id = %(period)s
"""


def _definitions(cards) -> dict[str, int]:
    return {definition.formula: definition.id for definition in cards.line_ids.definition_id}


def line_figures(cards) -> dict:
    """{(measure, user id): figure} as the scorecards show it."""
    lines = cards.line_ids
    return {(line.definition_id.formula, line.employee_id.user_id.id): line.actual for line in lines}


def goal_figures(goals) -> dict:
    """{(measure, user id): figure} as the goals show it."""
    return {(goal.definition_id.name, goal.user_id.id): goal.current for goal in goals}


def ours(cards) -> None:
    """Measure, score and explain every scorecard, and write it."""
    cards.env["kpi.computation"]._run(cards)


def floor(cards) -> None:
    """The same actuals by hand."""
    period = cards.period_id
    params = {"start": MONTH, "end": MONTH_END, "company": period.company_id.id, "period": period.id}
    cards.env.cr.execute(FLOOR, {**params, **_definitions(cards)})


def gamification(goals) -> None:
    """Update every goal: one grouped query per figure, one write per goal."""
    # A goal does not see what is archived, as lost opportunities are.
    goals.with_context(active_test=False).update_goal()


def gamification_one_by_one(goals) -> None:
    """Update every goal with the batch mode off, as goals are when nobody turns it on: one query per goal."""
    for definition, (*_rest, domain) in zip(goals.definition_id, FIGURES, strict=True):
        own = ", ".join(map(repr, [*domain, "mine"])).replace("'mine'", "('user_id', '=', user.id)")
        definition.write({"batch_mode": False, "domain": f"[{own}]"})
    gamification(goals)
