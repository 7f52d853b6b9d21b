from odoo import api, fields, models
from odoo.tools import SQL, groupby

# The periods of a trend, the line's own included, as the time they take.
PERIODS = 12
STRETCHES = {"week": "12 weeks", "month": "12 months", "quarter": "36 months", "half": "72 months", "year": "12 years"}


class KpiScorecardLine(models.Model):
    """How a KPI went in the periods up to a line's own: the small pictures beside a figure."""

    _inherit = "kpi.scorecard.line"

    trend = fields.Json(
        compute="_compute_trend",
        help="The same KPI, choices and subject in up to twelve periods of the same type, the line's own last.",
    )

    @api.depends("actual", "attainment", "status", "result", "definition_id", "parameter_value_ids.value_ref")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_trend(self):
        """One query for all lines together: a list of dicts with ``period_id``, ``period`` (its name), ``date_start``,
        ``attainment`` (percent; False where nothing was measured), ``actual``, ``status`` and ``result``, oldest
        first."""
        points = self._origin._trend_points()
        for line in self:
            line.trend = points.get(line._origin.id, [])

    def _trend_points(self):
        """{line id: its trend}, of the lines the user may read.

        :rtype: dict[int, list[dict]]
        """
        if not self:
            return {}
        self.env["kpi.parameter.value"].flush_model(["line_id", "parameter_id", "value_ref"])
        rows = self.env.execute_query(self._trend_query())
        names = self.env["kpi.period"].browse({period_id for _line, period_id, *_rest in rows})
        # sudo: whoever reads a scorecard may know the name of its period.
        names = {period.id: period.name for period in names.sudo()}
        return {
            line_id: [
                {
                    "period_id": period_id,
                    "period": names[period_id],
                    "date_start": fields.Date.to_string(date_start),
                    "attainment": float(attainment) if result == "ok" else False,
                    "actual": float(actual) if result == "ok" else False,
                    "status": status or "none",
                    "result": result or False,
                }
                for _line, period_id, date_start, attainment, actual, status, result in points
            ]
            for line_id, points in groupby(rows, key=lambda row: row[0])
        }

    def _trend_query(self):
        """SQL of the rows of the trends, (line id, period id, day it starts, attainment, actual, status, result)."""
        card = self.env["kpi.scorecard"]
        others = sorted(set(card._subject_fields().values()) - {"company_id"})
        self.flush_model(["actual", "attainment", "status", "result", "definition_id", "scorecard_id"])
        card.flush_model(["period_id", "subject_type", "company_id", *others])
        self.env["kpi.period"].flush_model(["company_id", "period_type", "date_start"])
        # As the unique index of scorecards has it, so that each of a few periods is looked up in it.
        alike = (SQL("COALESCE(past.%(x)s, 0) = COALESCE(own.%(x)s, 0)", x=SQL.identifier(name)) for name in others)
        stretches = (SQL("WHEN %s THEN %s::interval", *stretch) for stretch in STRETCHES.items())
        # Past lines under the user's own rules.
        visible = self.env["kpi.scorecard.line"]._search([("definition_id", "in", self.definition_id.ids)], order="id")
        return SQL(
            """
            SELECT l.id, period.id, period.date_start, p.attainment, p.actual, p.status, p.result
              FROM kpi_scorecard_line l
              JOIN kpi_scorecard own ON own.id = l.scorecard_id
              JOIN kpi_period own_period ON own_period.id = own.period_id
              JOIN kpi_period period
                ON period.company_id = own_period.company_id AND period.period_type = own_period.period_type
               AND period.date_start <= own_period.date_start
               AND period.date_start > own_period.date_start - CASE own_period.period_type %(stretches)s END
              JOIN kpi_scorecard past
                ON past.period_id = period.id AND past.subject_type = own.subject_type
               AND past.company_id = own.company_id AND %(alike)s
              JOIN kpi_scorecard_line p
                ON p.scorecard_id = past.id AND p.definition_id = l.definition_id AND (past.id != own.id OR p.id = l.id)
             WHERE l.id IN %(ids)s AND p.id IN %(visible)s AND %(past_choices)s IS NOT DISTINCT FROM %(own_choices)s
             ORDER BY l.id, period.date_start, p.id
            """,
            alike=SQL(" AND ").join(alike),
            stretches=SQL(" ").join(stretches),
            ids=self._ids,
            visible=visible.subselect(),
            past_choices=_choices("p"),
            own_choices=_choices("l"),
        )


def _choices(alias):
    """SQL of what a line counts beyond its KPI: the same KPI may be on a scorecard twice."""
    return SQL(
        "(SELECT array_agg((v.parameter_id, v.value_ref)::text ORDER BY v.parameter_id)"
        " FROM kpi_parameter_value v WHERE v.line_id = %s)",
        SQL.identifier(alias, "id"),
    )
