from odoo import fields, models
from odoo.tools import SQL

# An id per analytic line and plan: the line's, then the plan's in the last 16 bits.
PLANS = 2**16


class KpiAnalyticCost(models.Model):
    """One row per analytic line and analytic account it is booked on, if it is a cost: cost positive, refund negative.

    Analytic lines hold costs below zero and revenue above. What was booked on an income account is revenue and left
    out. A line belongs to one account of each plan, and each plan has a column of its own on it: a line in several
    plans has a row for each, so measures count the rows of one account.
    """

    _name = "kpi.analytic.cost"
    _description = "Analytic Cost"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "line_id"
    _depends = {
        "account.analytic.line": [
            "date",
            "amount",
            "company_id",
            "currency_id",
            "user_id",
            "partner_id",
            "general_account_id",
        ],
        "account.account": ["account_type"],
    }

    line_id = fields.Many2one("account.analytic.line", string="Analytic Item", readonly=True)
    account_id = fields.Many2one("account.analytic.account", string="Analytic Account", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    general_account_id = fields.Many2one("account.account", string="Financial Account", readonly=True)
    date = fields.Date(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="Cost", readonly=True)

    @property
    def _table_query(self):
        # sudo: reads the table itself; whoever asks is checked against this model.
        lines = self.env["account.analytic.line"].sudo()
        project_plan, other_plans = self.env["account.analytic.plan"].sudo()._get_all_plans()
        return SQL(" UNION ALL ").join(
            self._costs(lines, plan) for plan in project_plan + other_plans if plan._column_name() in lines._fields
        )

    def _costs(self, lines, plan):
        return SQL(
            """
            SELECT line.id::bigint * %(plans)s + %(plan)s AS id, line.id AS line_id, %(account)s AS account_id,
                   line.company_id, line.currency_id, line.user_id, line.partner_id, line.general_account_id,
                   line.date, -line.amount AS amount
              FROM account_analytic_line line
              LEFT JOIN account_account financial ON financial.id = line.general_account_id
             WHERE %(account)s IS NOT NULL
               AND COALESCE(financial.account_type, '') NOT IN ('income', 'income_other')
            """,
            plans=PLANS,
            plan=plan.id,
            # Odoo's way to write a column also has its pending changes written before it is read.
            account=lines._field_to_sql("line", plan._column_name()),
        )

    def action_open_line(self):
        """Open the analytic line, under the rights of whoever clicks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.analytic.line",
            "res_id": self.line_id.id,
            "views": [(False, "form")],
        }
