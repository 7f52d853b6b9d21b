from datetime import timedelta

from odoo import models


class KpiPeriod(models.Model):
    """From the end of a period to the scorecards of the next one."""

    _inherit = "kpi.period"

    # The calendar's first and last year have none before and after them.
    _year_range = models.Constraint(
        "CHECK(date_start >= '1970-01-01' AND date_end < '3000-01-01')",
        "The year lies between 1970 and 2999.",
    )

    def action_next_scorecards(self):
        """Ask how the next period's scorecards are made of this one's; the period is made when it is missing.

        :raises UserError: when the next period is closed
        """
        self.ensure_one()
        self._check_officer()
        following = self._ensure(self.company_id, self.period_type, self.date_end + timedelta(days=1))
        following._check_open()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard_batch_new")
        return {**action, "context": {"default_period_id": following.id, "default_source": "previous"}}
