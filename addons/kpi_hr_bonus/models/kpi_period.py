from odoo import fields, models
from odoo.exceptions import UserError


class KpiPeriod(models.Model):
    _inherit = "kpi.period"

    bonus_statement_ids = fields.One2many("kpi.bonus.statement", "period_id", string="Bonus statements")
    bonus_statement_count = fields.Integer(compute="_compute_bonus_statement_count")

    def _compute_bonus_statement_count(self):
        counts = dict(
            self.env["kpi.bonus.statement"]._read_group(
                [("period_id", "in", self.ids), ("state", "!=", "cancelled")], ["period_id"], ["__count"]
            )
        )
        for period in self:
            period.bonus_statement_count = counts.get(period, 0)

    def action_compute_bonuses(self):
        """Compute the statements of every published plan that is in force in this period.

        :raises UserError: when there is none
        """
        self.ensure_one()
        plans = self.env["kpi.bonus.plan"].search(
            [
                ("state", "=", "published"),
                ("company_id", "=", self.company_id.id),
                ("period_type", "=", self.period_type),
            ]
        )
        plans = plans.filtered(lambda plan: plan._covers_period(self))
        if not plans:
            raise UserError(self.env._("No published bonus plan covers %s. Publish one first.", self.name))
        return plans.action_compute(self)

    def action_open_bonus_statements(self):
        """Open the bonus statements of this period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_statement")
        return {**action, "domain": [("period_id", "=", self.id)], "context": {}}

    def _check_reopen(self):
        """Override of kpi_management: figures that were approved or paid stay closed."""
        result = super()._check_reopen()
        # sudo: a KPI officer need not see statements to be stopped by them.
        settled = (
            self.env["kpi.bonus.statement"]
            .sudo()
            .search([("period_id", "in", self.ids), ("state", "in", ("approved", "paid"))], limit=1)
        )
        if settled:
            raise UserError(
                self.env._(
                    "A bonus of %s is approved or paid on these figures. Settle late changes in the next open period.",
                    settled.period_id.name,
                )
            )
        return result
