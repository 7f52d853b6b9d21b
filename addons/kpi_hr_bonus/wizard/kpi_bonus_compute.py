from odoo import api, fields, models


class KpiBonusCompute(models.TransientModel):
    _name = "kpi.bonus.compute"
    _description = "Compute Bonus Statements"

    plan_id = fields.Many2one("kpi.bonus.plan", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id")
    period_type = fields.Selection(related="plan_id.period_type")
    period_id = fields.Many2one(
        "kpi.period",
        required=True,
        compute="_compute_period_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="cascade",
        domain="[('company_id', '=', company_id), ('period_type', '=', period_type)]",
    )

    @api.depends("plan_id")
    def _compute_period_id(self):
        """Propose the last period that has ended."""
        for wizard in self:
            wizard.period_id = self.env["kpi.period"].search(
                [
                    ("company_id", "=", wizard.plan_id.company_id.id),
                    ("period_type", "=", wizard.plan_id.period_type),
                    ("date_end", "<", fields.Date.context_today(self)),
                ],
                order="date_end desc",
                limit=1,
            )

    def action_confirm(self):
        """Compute, then show the statements of the period."""
        self.ensure_one()
        notification = self.plan_id.action_compute(self.period_id)
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_statement")
        notification["params"]["next"] = {
            **action,
            "views": [(False, "list"), (False, "form")],
            "domain": [("plan_id", "=", self.plan_id.id), ("period_id", "=", self.period_id.id)],
            "context": {},
        }
        return notification
