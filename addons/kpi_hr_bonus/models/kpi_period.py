from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .kpi_bonus_statement import SETTLED_STATES


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
        return self.env["kpi.bonus.run"]._make(self, self.env["kpi.bonus.plan"]).action_confirm()

    def action_open_bonus_statements(self):
        """Open the bonus statements of this period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_statement")
        return {**action, "domain": [("period_id", "=", self.id)], "context": {}}

    @api.model
    def _late_data_changed(self, lines):
        """Extend: what that does to approved bonuses waits for the next statements."""
        result = super()._late_data_changed(lines)
        cards = lines.scorecard_id
        companies = cards.filtered(lambda card: card.subject_type == "company")
        domain = Domain("scorecard_id", "in", cards.ids)
        for card in companies:  # few: one for each company and period
            domain |= Domain("period_id", "=", card.period_id.id) & Domain("company_id", "=", card.company_id.id)
        # sudo: the system compares; figures are handed to nobody.
        statements = self.env["kpi.bonus.statement"].sudo().search(domain & Domain("state", "in", SETTLED_STATES))
        statements._refresh_true_ups()
        return result

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
