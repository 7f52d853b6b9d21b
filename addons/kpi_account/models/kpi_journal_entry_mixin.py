from odoo import fields, models


class KpiJournalEntryMixin(models.AbstractModel):
    """What the views of accounting have in common: each row stands for something in a journal entry."""

    _name = "kpi.journal.entry.mixin"
    _description = "Counted from a Journal Entry"

    move_id = fields.Many2one("account.move", string="Journal Entry", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Credited to", readonly=True)

    def action_open_entry(self):
        """Open the journal entry, under the rights of whoever clicks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }
