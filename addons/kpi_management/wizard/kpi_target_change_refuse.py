from odoo import fields, models


class KpiTargetChangeRefuse(models.TransientModel):
    """Asks why a change is refused; whoever asked for it reads the answer."""

    _name = "kpi.target.change.refuse"
    _description = "Refuse Other Targets"

    change_id = fields.Many2one("kpi.target.change", required=True, readonly=True, ondelete="cascade")
    summary = fields.Char(related="change_id.summary", string="What changes")
    is_set = fields.Boolean(compute="_compute_is_set")
    reason = fields.Text(required=True)

    def _compute_is_set(self):
        for refusal in self:
            refusal.is_set = bool(refusal.change_id.set_id)

    def action_confirm(self):
        """Refuse the change, and those requested together with it."""
        self.ensure_one()
        self.change_id.action_refuse(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
