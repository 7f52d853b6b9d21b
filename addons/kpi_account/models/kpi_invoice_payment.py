from odoo import fields, models
from odoo.tools import SQL

# Customer documents → (side of the reconciliation that is theirs, side of the money, sign of what is collected).
SIDES = {
    ("out_invoice", "out_receipt"): ("debit_move_id", "credit_move_id", 1),
    ("out_refund",): ("credit_move_id", "debit_move_id", -1),
}


class KpiInvoicePayment(models.Model):
    """One row per reconciliation of a customer invoice with money that came in, or of a credit note with money paid
    back (negative).

    Money is an entry of a bank, cash or credit card journal: a payment or a line of a bank statement. Credit notes,
    exchange differences and other entries settle invoices too, but bring no cash. The amount is the reconciliation's
    own, in the company's currency. An undone reconciliation leaves no row; an entry back in draft counts no more.
    """

    _name = "kpi.invoice.payment"
    _description = "Cash Collected"
    _inherit = ["kpi.journal.entry.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "move_id"
    _depends = {
        "account.partial.reconcile": ["debit_move_id", "credit_move_id", "max_date", "amount"],
        "account.move.line": ["move_id", "display_type"],
        "account.move": [
            "move_type",
            "state",
            "company_id",
            "commercial_partner_id",
            "invoice_user_id",
            "journal_id",
            "origin_payment_id",
        ],
        "account.journal": ["type"],
        "res.company": ["currency_id"],
    }

    move_id = fields.Many2one(string="Invoice")
    payment_move_id = fields.Many2one("account.move", string="Payment Entry", readonly=True)
    payment_id = fields.Many2one("account.payment", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one(string="Salesperson")
    date = fields.Date(string="Reconciled on", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="Collected", readonly=True)

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._collected(types, *side) for types, side in SIDES.items())

    def _collected(self, types, invoice_side, money_side, sign):
        return SQL(
            """
            SELECT partial.id, invoice.id AS move_id, money.id AS payment_move_id,
                   money.origin_payment_id AS payment_id, invoice.commercial_partner_id AS partner_id,
                   invoice.company_id, company.currency_id, invoice.invoice_user_id AS user_id,
                   partial.max_date AS date, %(sign)s * partial.amount AS amount
              FROM account_partial_reconcile partial
              JOIN account_move_line invoice_line ON invoice_line.id = partial.%(invoice_side)s
                   AND invoice_line.display_type = 'payment_term'
              JOIN account_move invoice ON invoice.id = invoice_line.move_id
                   AND invoice.state = 'posted' AND invoice.move_type IN %(types)s
              JOIN account_move_line money_line ON money_line.id = partial.%(money_side)s
              JOIN account_move money ON money.id = money_line.move_id AND money.state = 'posted'
              JOIN account_journal journal ON journal.id = money.journal_id AND journal.type IN ('bank', 'cash', 'credit')
              JOIN res_company company ON company.id = invoice.company_id
            """,
            sign=sign,
            types=types,
            invoice_side=SQL.identifier(invoice_side),
            money_side=SQL.identifier(money_side),
        )
