from odoo import api, fields, models

from .guard import trusted
from .kpi_scorecard import COMPUTED_FIELDS as CARD_FIELDS
from .kpi_scorecard_line import COMPUTED_FIELDS as LINE_FIELDS

# What a card and a line keep of late data → what they begin with.
CARD_LATE = {name: value for name, value in CARD_FIELDS.items() if "late" in name}
LINE_LATE = {name: value for name, value in LINE_FIELDS.items() if "late" in name}


class KpiPeriod(models.Model):
    """Late data: what came in, or was changed, after a period was closed."""

    _inherit = "kpi.period"

    late_count = fields.Integer(compute="_compute_late_count", string="Late data")

    def _compute_late_count(self):
        groups = self.env["kpi.scorecard.line"]._read_group(
            [("period_id", "in", self.ids), ("has_late_data", "=", True)], ["period_id"], ["__count"]
        )
        counts = dict(groups)
        for period in self:
            period.late_count = counts.get(period, 0)

    def action_check_late_data(self):
        """Measure closed periods again and show the differences; no figure, score or grade changes."""
        self._check_officer()
        self._check_late_data()
        return True

    def action_open_late_data(self):
        """Open the lines for which something else would be measured now."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard_line")
        domain = [("period_id", "=", self.id), ("has_late_data", "=", True)]
        return {**action, "domain": domain, "context": {"search_default_late": 1}}

    def action_reopen(self, reason=None):
        """Override: figures that move again have nothing to be late for."""
        closed = self.filtered(lambda period: period.state == "closed")
        result = super().action_reopen(reason)
        cards = trusted(closed).scorecard_ids.filtered("late_at")
        cards.line_ids.write(LINE_LATE)
        cards.write(CARD_LATE)
        return result

    @api.model
    def _cron_check_late_data(self):
        """Nightly: the last closed periods of each type, as many as the company's settings say."""
        periods = self.browse()
        for company in self.env["res.company"].search([("kpi_late_periods", ">", 0)]):
            closed = self.search([("company_id", "=", company.id), ("state", "=", "closed")], order="date_end desc, id")
            for of_type in closed.grouped("period_type").values():
                periods |= of_type[: company.kpi_late_periods]
        self.env["ir.cron"]._commit_progress(remaining=len(periods))
        for period in periods:
            period._check_late_data()
            self.env["ir.cron"]._commit_progress(1)

    def _check_late_data(self):
        closed = self.filtered(lambda period: period.state == "closed")
        if changed := self.env["kpi.computation"]._check_late(closed.sudo().scorecard_ids):
            self._late_data_changed(changed)

    @api.model
    def _late_data_changed(self, lines):
        """Hook: settle late data, e.g. as a true-up on the next bonus statement.

        :param lines: ``kpi.scorecard.line`` (sudo) of closed periods whose ``late_…`` fields changed just now
        """
