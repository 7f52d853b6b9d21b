from odoo import fields, models
from odoo.tools import SQL

# Documents → (side of the reconciliation that is theirs, the other side, column of the user who is credited).
SIDES = {
    ("out_invoice", "out_receipt"): ("debit_move_id", "credit_move_id", "invoice_user_id"),
    ("in_invoice", "in_receipt"): ("credit_move_id", "debit_move_id", "create_uid"),
}


class KpiInvoiceSettlement(models.Model):
    """One row per fully paid customer invoice or vendor bill: when the last of it was paid, and how long it took.

    The day of the last reconciliation is the day of full payment; Odoo does not store it. An exchange difference,
    which follows a payment, is none. Documents settled by credit notes alone were never paid: no row.
    """

    _name = "kpi.invoice.settlement"
    _description = "Paid Invoice or Bill"
    _inherit = ["kpi.journal.entry.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "move_id"
    _depends = {
        "account.partial.reconcile": ["debit_move_id", "credit_move_id", "max_date", "exchange_move_id"],
        "account.move.line": ["move_id", "display_type"],
        "account.move": [
            "move_type",
            "state",
            "payment_state",
            "company_id",
            "commercial_partner_id",
            "invoice_user_id",
            "invoice_date",
            "invoice_date_due",
            "date",
        ],
    }

    move_id = fields.Many2one(string="Invoice or Bill")
    move_type = fields.Selection(
        [
            ("out_invoice", "Customer Invoice"),
            ("out_receipt", "Sales Receipt"),
            ("in_invoice", "Vendor Bill"),
            ("in_receipt", "Purchase Receipt"),
        ],
        string="Type",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", readonly=True)
    invoice_date = fields.Date(string="Invoice/Bill Date", readonly=True)
    due_date = fields.Date(readonly=True)
    date = fields.Date(string="Fully paid on", readonly=True)
    days = fields.Integer(string="Days to pay", readonly=True, aggregator="avg")
    on_time = fields.Boolean(string="Paid by its due date", readonly=True)

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._settled(types, *side) for types, side in SIDES.items())

    def _settled(self, types, own_side, other_side, user):
        """The documents with their last reconciliation.

        Found as the one without a later one, rather than as a maximum per document, so that PostgreSQL can begin with
        the reconciliations of the days asked for instead of adding up all there are.
        """
        return SQL(
            """
            SELECT document.id, document.id AS move_id, document.move_type,
                   document.commercial_partner_id AS partner_id, document.company_id, document.%(user)s AS user_id,
                   COALESCE(document.invoice_date, document.date) AS invoice_date,
                   COALESCE(document.invoice_date_due, document.invoice_date, document.date) AS due_date,
                   partial.max_date AS date,
                   partial.max_date - COALESCE(document.invoice_date, document.date) AS days,
                   partial.max_date <= COALESCE(document.invoice_date_due, document.invoice_date, document.date)
                       AS on_time
              FROM account_partial_reconcile partial
              JOIN account_move_line line ON line.id = partial.%(own_side)s AND line.display_type = 'payment_term'
              JOIN account_move document ON document.id = line.move_id
                   AND document.state = 'posted' AND document.payment_state IN ('paid', 'in_payment')
                   AND document.move_type IN %(types)s
             WHERE %(is_payment)s
               AND NOT EXISTS (
                       SELECT 1
                         FROM account_move_line later_line
                         JOIN account_partial_reconcile later ON later.%(own_side)s = later_line.id
                        WHERE later_line.move_id = document.id AND later_line.display_type = 'payment_term'
                          AND (later.max_date, later.id) > (partial.max_date, partial.id)
                          AND %(later_is_payment)s
                   )
            """,
            user=SQL.identifier(user),
            types=types,
            own_side=SQL.identifier(own_side),
            is_payment=self._is_payment("partial", other_side),
            later_is_payment=self._is_payment("later", other_side),
        )

    def _is_payment(self, partial, other_side):
        """That the other side of a reconciliation is no exchange difference."""
        return SQL(
            """
            NOT EXISTS (
                SELECT 1
                  FROM account_move_line other
                  JOIN account_partial_reconcile source ON source.exchange_move_id = other.move_id
                 WHERE other.id = %s
            )
            """,
            SQL.identifier(partial, other_side),
        )
