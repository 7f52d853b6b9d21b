from odoo import api, fields, models
from odoo.exceptions import UserError


class KpiBonusAdjust(models.TransientModel):
    """The same adjustment for several drafts at once."""

    _name = "kpi.bonus.adjust"
    _description = "Adjust Bonus Statements"

    statement_ids = fields.Many2many("kpi.bonus.statement", "kpi_bonus_adjust_statement_rel", readonly=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_counts")
    draft_count = fields.Integer(compute="_compute_counts")
    fixed_count = fields.Integer(compute="_compute_counts")
    amount = fields.Monetary(string="For each", required=True, help="With a minus it is taken off.")
    name = fields.Char(string="Reason", required=True)

    @api.depends("statement_ids")
    def _compute_counts(self):
        for wizard in self:
            drafts = wizard._drafts()
            wizard.currency_id = drafts.currency_id[:1]
            wizard.draft_count = len(drafts)
            wizard.fixed_count = len(wizard.statement_ids - drafts)

    def _drafts(self):
        return self.statement_ids.filtered(lambda statement: statement.state == "draft")

    def action_confirm(self):
        """Add the adjustment to every draft among the statements; the others stay as they are.

        :raises UserError: when there is no draft, no amount, or several currencies
        """
        self.ensure_one()
        drafts = self._drafts()
        if not drafts:
            raise UserError(self.env._("Only drafts are adjusted, and none of these statements is one."))
        if len(drafts.currency_id) > 1:
            raise UserError(
                self.env._("These statements are in several currencies: adjust them one currency at a time.")
            )
        if not self.amount:
            raise UserError(self.env._("Say by how much each bonus is adjusted."))
        self.env["kpi.bonus.statement.line"].create(
            [{"statement_id": statement.id, "name": self.name, "amount": self.amount} for statement in drafts]
        )
        return drafts._notify(self.env._("%s adjusted", len(drafts)), self.fixed_count)


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    # Files name a statement by its reference.
    _rec_names_search = ["employee_id.name", "plan_id.name", "reference"]

    def action_adjust(self):
        """Open the dialog that adds the same adjustment to these statements."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Adjust"),
            "res_model": "kpi.bonus.adjust",
            "view_mode": "form",
            "target": "new",
            "context": {"default_statement_ids": self.ids},
        }
