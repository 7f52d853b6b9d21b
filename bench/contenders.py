"""Three ways to the same figures of the same people: ours, hand-written SQL, Odoo's gamification."""

from __future__ import annotations

from data import MONTH, YEAR
from figures import FIGURES, Figure


def scorecards(env, company, months: range):
    """The scorecards of a company's people in some months.

    :return: ``kpi.scorecard``
    """
    periods = [f"{YEAR}-{month:02}-01" for month in months]
    domain = [("company_id", "=", company.id), ("date_start", "in", periods), ("period_type", "=", "month")]
    return env["kpi.scorecard"].search(domain)


class Ours:
    """Measure, score and explain every scorecard, and write it."""

    def __init__(self, env, company, months: range):
        self.env, self.company, self.months = env, company, months

    def run(self) -> None:
        """As the button and the nightly job do."""
        self.env["kpi.computation"]._run(scorecards(self.env, self.company, self.months))

    def figures(self) -> dict[str, float]:
        """{"figure user": value} as the scorecards show it."""
        lines = scorecards(self.env, self.company, self.months).line_ids
        return {_key(line.definition_id.name, line.employee_id.user_id): line.actual for line in lines}


class Floor(Ours):
    """The least PostgreSQL has to do: a grouped SELECT per figure and one UPDATE of the rows that show them."""

    def run(self) -> None:
        """One statement: nothing leaves the database."""
        kpis = {kpi.name: kpi.id for kpi in self.env["kpi.definition"].search([("code", "like", "BENCH_%")])}
        selects = " UNION ALL ".join(_select(figure, kpis[figure.code]) for figure in FIGURES)
        period = scorecards(self.env, self.company, self.months).period_id
        self.env.cr.execute(
            f"""
            WITH figures AS ({selects})
            UPDATE kpi_scorecard_line line
               SET actual = figures.value,
                   attainment = LEAST(ROUND(100 * figures.value / line.target, 2), 120),
                   forecast = figures.value,
                   status = CASE WHEN figures.value >= line.target THEN 'on_track' ELSE 'behind' END,
                   result = 'ok',
                   computed_at = now() AT TIME ZONE 'UTC'
              FROM figures
              JOIN hr_employee employee
                ON employee.user_id = figures.user_id AND employee.company_id = %(company)s
             WHERE line.period_id = %(period)s
               AND line.employee_id = employee.id
               AND line.definition_id = figures.definition_id
            """,
            {"company": self.company.id, "period": period.id, **_bounds(self.env)},
        )


class Gamification:
    """Update every goal: one grouped query per figure, one write per goal."""

    def __init__(self, env, company, _months: range):
        self.env = env
        self.users = env["hr.employee"].search([("company_id", "=", company.id)]).user_id

    def run(self) -> None:
        """As the challenge's job does. A goal does not see what is archived, as lost opportunities are."""
        self._goals().with_context(active_test=False).update_goal()

    def figures(self) -> dict[str, float]:
        """{"figure user": value} as the goals show it."""
        return {_key(goal.definition_id.name, goal.user_id): goal.current for goal in self._goals()}

    def _goals(self):
        return self.env["gamification.goal"].search([("user_id", "in", self.users.ids)])


CONTENDERS = {"ours": Ours, "floor": Floor, "gamification": Gamification}


def _select(figure: Figure, definition_id: int) -> str:
    table = figure.model.replace(".", "_")
    rate = "COALESCE(NULLIF(currency_rate, 0), 1)::numeric"
    value = f"SUM({figure.value} / {rate})" if figure.value else "COUNT(*)"
    return f"""
        SELECT user_id, {definition_id} AS definition_id, {value} AS value
          FROM {table}
         WHERE {figure.where} AND company_id = %(company)s
           AND {figure.date} >= %(first)s AND {figure.date} < %(past)s
         GROUP BY user_id
    """


def _bounds(env) -> dict:
    """The month's midnights in Vietnam, in UTC."""
    env.cr.execute(
        """
        SELECT %(day)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AT TIME ZONE 'UTC' AS first,
               (%(day)s::timestamp + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh' AT TIME ZONE 'UTC' AS past
        """,
        {"day": f"{YEAR}-{MONTH:02}-01"},
    )
    return env.cr.dictfetchone()


def _key(figure: str, user) -> str:
    return f"{figure} {user.id}"
