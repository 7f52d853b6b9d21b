from odoo import api, fields, models


class KpiPeriodClose(models.TransientModel):
    """Shows what is open, and closes the period all the same when nothing of it must be settled first."""

    _name = "kpi.period.close"
    _description = "Close a Period"

    period_id = fields.Many2one("kpi.period", required=True, readonly=True, ondelete="cascade")
    checklist = fields.Json(related="period_id.checklist")
    is_blocked = fields.Boolean(compute="_compute_is_blocked")

    @api.depends("period_id")
    def _compute_is_blocked(self):
        for close in self:
            close.is_blocked = any(item["blocking"] for item in close.period_id.checklist or ())

    def action_confirm(self):
        """Close the period."""
        self.ensure_one()
        self.period_id.action_close()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
