from odoo import api, fields, models


class KpiBonusPaymentMark(models.TransientModel):
    """Asks for what is needed to mark chosen statements as paid, or to take them back from their payment."""

    _name = "kpi.bonus.payment.mark"
    _description = "Mark Bonuses as Paid"

    mode = fields.Selection([("confirm", "Paid"), ("release", "Not paid")], required=True, default="confirm")
    statement_ids = fields.Many2many("kpi.bonus.statement", string="Statements", readonly=True)
    paid_date = fields.Date(string="Paid on", default=fields.Date.context_today)
    reference = fields.Char(
        string="Payment reference",
        compute="_compute_reference",
        store=True,
        readonly=False,
        help="Name or number of the payment, e.g. “Payroll March 2026”.",
    )
    reason = fields.Char(help="Why the bonuses are taken back from their payment.")

    @api.depends("statement_ids")
    def _compute_reference(self):
        """The payment that has all of them reserved already."""
        for wizard in self:
            references = set(wizard.statement_ids.mapped("payment_reference"))
            wizard.reference = references.pop() if len(references) == 1 else False

    def action_confirm(self):
        """Mark the chosen statements as paid, or free them again."""
        self.ensure_one()
        if self.mode == "confirm":
            result = self.statement_ids.payment_confirm(self.paid_date, self.reference)
            done = self.env._("%s marked as paid", len(result["changed"]))
        else:
            result = self.statement_ids.payment_release(self.reason)
            done = self.env._("%s taken back and to be paid again", len(result["changed"]))
        return self.statement_ids._notify(done, 0)
