import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .guard import is_trusted

COLUMNS = ("actual", "attainment", "forecast", "status", "result")


class KpiScorecardSnapshot(models.Model):
    """How a KPI stood on a day: what the nightly computation found, one row per line and day.

    Written in one statement for all lines of a company; nobody writes one by hand.
    """

    _name = "kpi.scorecard.snapshot"
    _description = "KPI Progress"
    _order = "date desc, line_id"
    _rec_name = "line_id"

    line_id = fields.Many2one("kpi.scorecard.line", string="KPI", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(required=True, readonly=True, index=True)
    actual = fields.Float(digits=0, readonly=True, aggregator=None)
    pace = fields.Float(
        digits=0,
        readonly=True,
        aggregator=None,
        help="Where the actual should be that day to reach the target: of figures that grow with time the target's "
        "share of the working days gone by, of all others the target itself.",
    )
    has_pace = fields.Boolean(readonly=True, help="Unset where there is no target to walk towards: a band.")
    forecast = fields.Float(digits=0, readonly=True, aggregator=None)
    attainment = fields.Float(string="Attainment (%)", digits=(16, 2), readonly=True, aggregator="avg")
    status = fields.Selection(lambda self: self._select("status"), readonly=True)
    result = fields.Selection(lambda self: self._select("result"), readonly=True)
    unit = fields.Selection(related="line_id.unit")
    currency_id = fields.Many2one(related="line_id.currency_id")

    _unique_day = models.UniqueIndex("(line_id, date)")

    @api.model
    def _select(self, name):
        """The choices of a line's field."""
        return self.env["kpi.scorecard.line"]._fields[name]._description_selection(self.env)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_nightly()
        return super().create(vals_list)

    def write(self, vals):
        self._check_nightly()
        return super().write(vals)

    def _check_nightly(self):
        if not is_trusted(self.env):
            raise AccessError(self.env._("The daily progress is kept by the system; nobody writes it by hand."))

    @api.model
    def _take(self):
        """Keep how the lines of the periods that run, or ended yesterday, stand now; again on the same day, anew."""
        periods = self.env["kpi.period"].sudo().search([("state", "!=", "closed")])
        for company, of_company in periods.grouped("company_id").items():
            today = of_company[0]._now().date()
            running = of_company.filtered(
                lambda p, today=today: p.date_start <= today <= p.date_end + timedelta(days=1)
            )
            if running:
                self._store(company, running, today)

    @api.model
    def _store(self, company, periods, today):
        elapsed = self.env["kpi.computation"]._elapsed_shares(company, periods)
        days = [
            {"period_id": period.id, "date": str(min(today, period.date_end)), "elapsed": str(elapsed[period])}
            for period in periods
        ]
        lines = self.env["kpi.scorecard.line"].sudo()
        lines.flush_model([*COLUMNS, "target", "explanation", "scorecard_id", "definition_id"])
        self.env["kpi.scorecard"].flush_model(["period_id", "state"])
        self.env["kpi.definition"].flush_model(["direction"])
        self.env.cr.execute(self._upsert(json.dumps(days), lines._additive_definition_ids()))
        self.invalidate_model()

    @api.model
    def _upsert(self, days, additive):
        """The statement that writes a row for each computed line of agreed scorecards of the given periods."""
        columns = SQL(", ").join(
            SQL.identifier(name) for name in (*COLUMNS, "pace", "has_pace", "write_uid", "write_date")
        )
        return SQL(
            """
            INSERT INTO kpi_scorecard_snapshot AS kept (line_id, date, %(columns)s, create_uid, create_date)
            SELECT line.id, day.date, line.actual, line.attainment, line.forecast, line.status, line.result,
                   CASE WHEN kpi.direction = 'band' THEN 0
                        WHEN line.definition_id = ANY(%(additive)s) THEN aim.target * day.elapsed
                        ELSE aim.target END,
                   kpi.direction <> 'band', %(user)s, %(now)s, %(user)s, %(now)s
              FROM kpi_scorecard_line line
              JOIN kpi_scorecard card ON card.id = line.scorecard_id
              JOIN kpi_definition kpi ON kpi.id = line.definition_id
              JOIN jsonb_to_recordset(%(days)s::jsonb) AS day(period_id integer, date date, elapsed numeric)
                ON day.period_id = card.period_id
             -- What it was computed with: of a target that changed on the way, each for its days.
        CROSS JOIN LATERAL (
                   SELECT COALESCE((line.explanation->'scoring'->>'target')::numeric, line.target) AS target
                   ) aim
             WHERE card.state IN ('agreed', 'running', 'review') AND line.result IS NOT NULL
                ON CONFLICT (line_id, date) DO UPDATE SET (%(columns)s) = (%(new)s)
            """,
            columns=columns,
            new=SQL(", ").join(
                SQL("EXCLUDED.%s", SQL.identifier(name))
                for name in (*COLUMNS, "pace", "has_pace", "write_uid", "write_date")
            ),
            additive=additive,
            days=days,
            user=self.env.uid,
            now=fields.Datetime.now(),
        )

    @api.autovacuum
    def _gc_old(self):
        """Forget the days of periods that ended longer ago than the company keeps them."""
        for company in self.env["res.company"].search([("kpi_snapshot_months", ">", 0)]):
            limit = fields.Date.subtract(fields.Date.context_today(self), months=company.kpi_snapshot_months)
            self.env.cr.execute(
                SQL(
                    """
                    DELETE FROM kpi_scorecard_snapshot old
                     USING kpi_scorecard_line line
                     WHERE line.id = old.line_id AND line.company_id = %s AND old.date < %s AND line.date_end < %s
                    """,
                    company.id,
                    limit,
                    limit,
                )
            )
        self.invalidate_model()


class KpiComputation(models.AbstractModel):
    _inherit = "kpi.computation"

    @api.model
    def _cron_compute(self):
        """Override: once all is computed, keep how the running scorecards stand today."""
        result = super()._cron_compute()
        self.env["kpi.scorecard.snapshot"]._take()
        return result


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    snapshot_ids = fields.One2many("kpi.scorecard.snapshot", "line_id", string="Progress")

    @api.readonly
    def read_progress(self):
        """How the actual went from day to day, and where it is heading.

        :return: dict with ``start`` and ``end`` of the period, ``unit``, ``currency_id``; ``actual`` and ``pace``:
            [day, value] from the first to the last; ``forecast``: the value at the end, False when there is none
        :raises AccessError: for users who may not read the line
        """
        self.ensure_one()
        self.check_access("read")
        snapshots = self.snapshot_ids.sorted("date")
        actual = {day.date: day.actual for day in snapshots if day.result == "ok"}
        if self.result == "ok" and self.computed_at:
            # what was computed since the last night
            now = fields.Datetime.context_timestamp(self.with_context(tz=self._company_tz()), self.computed_at).date()
            actual[min(max(now, self.date_start), self.date_end)] = self.actual
        return {
            "start": self.date_start,
            "end": self.date_end,
            "unit": self.unit,
            "currency_id": self.currency_id.id,
            "actual": sorted(actual.items()),
            "pace": self._pace_line(snapshots),
            "forecast": self.forecast if self.result == "ok" and self.status != "none" else False,
        }

    def _company_tz(self):
        return self.env["kpi.measure.query"]._tz(self.sudo().company_id)

    def _pace_line(self, snapshots):
        """The way to the target: [day, value]; of a band there is none."""
        if self.direction == "band":
            return []
        grows = self.definition_id.id in self._additive_definition_ids()
        aim = self.effective_target
        way = {self.date_start: 0.0 if grows else aim}
        way.update((day.date, day.pace) for day in snapshots if day.has_pace)
        way[self.date_end] = aim
        return sorted(way.items())
