from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# What the figures differ by: their reader, and the end of a stretch of days, which the digest says in the context.
ASKED_BY = ("uid", "allowed_company_ids", "end_datetime")


class DigestDigest(models.Model):
    """How the running KPIs stood at the end of each stretch of days that the mail compares, from the nights' figures."""

    _inherit = "digest.digest"

    kpi_running_attainment = fields.Boolean("Mean attainment of KPIs (%)")
    kpi_running_attainment_value = fields.Float(compute="_compute_kpi_running_values")
    kpi_running_on_track = fields.Boolean("KPIs on track (%)")
    kpi_running_on_track_value = fields.Float(compute="_compute_kpi_running_values")
    kpi_running_behind = fields.Boolean("KPIs behind")
    kpi_running_behind_value = fields.Integer(compute="_compute_kpi_running_values")
    kpi_scorecards_waiting = fields.Boolean("Scorecards waiting for agreement")
    kpi_scorecards_waiting_value = fields.Integer(compute="_compute_kpi_scorecards_waiting_value")
    # The digest asks for one figure after the other, of six stretches of days, and each time drops it from the cache for
    # all of them. What they are made of stays there: it is read once for each of the four days on which they end.
    kpi_standing = fields.Json(compute="_compute_kpi_standing", string="KPI standing")

    @api.depends("kpi_standing")
    @api.depends_context(*ASKED_BY)
    def _compute_kpi_running_values(self):
        for digest in self:
            for name, value in digest.kpi_standing.items():
                digest[f"{name}_value"] = value

    @api.depends("company_id")
    @api.depends_context(*ASKED_BY)
    def _compute_kpi_standing(self):
        self._check_kpi_reader()
        for digest in self:
            digest.kpi_standing = self._kpi_standing(digest.company_id or self.env.company)

    def _compute_kpi_scorecards_waiting_value(self):
        """Scorecards of periods that have begun on which the two sides have not agreed: as it is now."""
        self._check_kpi_reader()
        for digest in self:
            company = digest.company_id or self.env.company
            digest.kpi_scorecards_waiting_value = self.env["kpi.scorecard"].search_count(
                [
                    ("company_id", "=", company.id),
                    ("state", "in", ("draft", "proposed")),
                    ("period_id.state", "=", "open"),
                    ("date_start", "<=", company._kpi_today()),
                ]
            )

    def _kpi_standing(self, company):
        """The figures of the last night of the month before the end that found any, as far as the reader sees them.

        On the first day of a period a night finds nothing: what counts there is the end of the one before.
        """
        _start, end, _companies = self._get_kpi_compute_parameters()
        last = self._kpi_day(company, fields.Datetime.to_datetime(end) or fields.Datetime.now())
        nights = self.env["kpi.scorecard.snapshot"]
        measured = Domain("line_id.company_id", "=", company.id) & Domain("result", "=", "ok")
        recent = Domain("date", ">", fields.Date.subtract(last, months=1)) & Domain("date", "<=", last)
        night = nights.search_fetch(measured & recent, ["date"], order="date desc", limit=1).date
        of_night = measured & Domain("date", "=", night)
        rows = nights._read_group(of_night, ["status"], ["__count", "attainment:sum"]) if night else []
        counts = {status: count for status, count, _total in rows}
        count = sum(counts.values())
        return {
            "kpi_running_attainment": sum(total for _status, _count, total in rows) / count if count else 0.0,
            "kpi_running_on_track": 100 * counts.get("on_track", 0) / count if count else 0.0,
            "kpi_running_behind": counts.get("behind", 0),
        }

    def _kpi_day(self, company, moment):
        """The day of a moment on the clock of the company."""
        tz = self.env["kpi.measure.query"]._tz(company)
        return fields.Datetime.context_timestamp(self.with_context(tz=tz), moment).date()

    def _check_kpi_reader(self):
        """Odoo leaves out of a mail what its reader has no access to: whoever leads nobody reads only of himself."""
        if not self.env.user._kpi_writes_targets():
            raise AccessError(self.env._("These figures are for those who lead people, and for KPI officers."))

    def _compute_kpis_actions(self, company, user):
        """Extend: the figures lead to the KPIs and scorecards behind them."""
        menu = self.env.ref("kpi_management.menu_root").id
        return {
            **super()._compute_kpis_actions(company, user),
            "kpi_running_attainment": f"kpi_digest.action_kpi_running?menu_id={menu}",
            "kpi_running_on_track": f"kpi_digest.action_kpi_running?menu_id={menu}",
            "kpi_running_behind": f"kpi_digest.action_kpi_behind?menu_id={menu}",
            "kpi_scorecards_waiting": f"kpi_digest.action_scorecards_waiting?menu_id={menu}",
        }
