from odoo import fields, models


class KpiPeriodReopen(models.TransientModel):
    _name = "kpi.period.reopen"
    _description = "Reopen a Period"

    period_id = fields.Many2one("kpi.period", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True, help="Kept in the period's chatter.")

    def action_confirm(self):
        """Reopen the period with the reason given."""
        self.ensure_one()
        self.period_id.action_reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
