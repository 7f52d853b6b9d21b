from odoo import fields, models
from odoo.tools import SQL

KINDS = {
    "revenue": ("income", "income_other"),
    "cost_of_revenue": ("expense_direct_cost",),
    "operating_cost": ("expense", "expense_other", "expense_depreciation"),
}


class KpiProfitItem(models.Model):
    """One row per posted journal item on an income or expense account, each kind with the sign of its own.

    Revenue is positive when it is earned and negative on a credit note; a cost is positive when it is incurred. Together
    they are the profit and loss of the company's books.
    """

    _name = "kpi.profit.item"
    _description = "Revenue or Cost"
    _inherit = ["kpi.journal.entry.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "account_id"
    _depends = {
        "account.move.line": [
            "move_id",
            "account_id",
            "partner_id",
            "company_id",
            "company_currency_id",
            "date",
            "balance",
            "parent_state",
        ],
        "account.account": ["account_type"],
        "account.move": ["invoice_user_id"],
    }

    account_id = fields.Many2one("account.account", readonly=True)
    kind = fields.Selection(
        [
            ("revenue", "Revenue"),
            ("cost_of_revenue", "Cost of revenue"),
            ("operating_cost", "Operating cost"),
        ],
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", readonly=True)
    date = fields.Date(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._items(kind, types) for kind, types in KINDS.items())

    def _items(self, kind, account_types):
        # The entry is joined LEFT though there always is one: so PostgreSQL leaves it out where no user is asked for.
        return SQL(
            """
            SELECT line.id, line.move_id, line.account_id, %(kind)s AS kind, line.partner_id, line.company_id,
                   line.company_currency_id AS currency_id, line.date, %(sign)s * line.balance AS amount,
                   COALESCE(move.invoice_user_id, move.create_uid) AS user_id
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id AND account.account_type IN %(types)s
              LEFT JOIN account_move move ON move.id = line.move_id
             WHERE line.parent_state = 'posted'
            """,
            kind=kind,
            sign=-1 if kind == "revenue" else 1,
            types=account_types,
        )
