from odoo import api, fields, models
from odoo.tools import SQL

from .kpi_bonus_statement import SETTLED_STATES


class KpiBonusBalance(models.Model):
    """What approved statements left open: negative rests, and corrections that no later statement has taken yet."""

    _name = "kpi.bonus.balance"
    _description = "Open Bonus Balance"
    _auto = False
    _order = "date_end, employee_id, id"
    _depends = {
        "kpi.bonus.statement": ["state", "carried_out", "carried_to_id", "employee_id", "plan_id", "period_id"],
        "kpi.bonus.true.up": ["statement_id", "settled_id", "amount", "employee_id"],
        "hr.employee": ["active"],
    }

    statement_id = fields.Many2one("kpi.bonus.statement", string="From", readonly=True)
    true_up_id = fields.Many2one("kpi.bonus.true.up", string="Correction", readonly=True)
    kind = fields.Selection(
        [("rest", "Negative rest"), ("late", "Later records"), ("contest", "Contest upheld")], readonly=True
    )
    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    plan_id = fields.Many2one("kpi.bonus.plan", string="Bonus plan", readonly=True)
    period_id = fields.Many2one("kpi.period", readonly=True)
    date_end = fields.Date(string="Period end", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    has_left = fields.Boolean(
        string="Left", readonly=True, help="The person has left: there may be no next statement to settle it."
    )

    @property
    def _table_query(self):
        columns = SQL(
            "st.employee_id, st.user_id, st.plan_id, st.period_id, st.date_end, st.company_id, st.currency_id,"
            " NOT employee.active OR COALESCE(version.departure_date, version.contract_date_end, 'infinity')"
            " < CURRENT_DATE AS has_left"
        )
        people = SQL(
            "JOIN hr_employee employee ON employee.id = st.employee_id"
            " LEFT JOIN hr_version version ON version.id = employee.current_version_id"
        )
        return SQL(
            """
            SELECT 2 * st.id AS id, st.id AS statement_id, NULL::integer AS true_up_id, 'rest' AS kind,
                   st.carried_out AS amount, %(columns)s
              FROM kpi_bonus_statement st %(people)s
             WHERE st.state IN %(settled)s AND st.carried_out < 0 AND st.carried_to_id IS NULL
             UNION ALL
            SELECT 2 * up.id + 1, st.id, up.id, up.origin, up.amount, %(columns)s
              FROM kpi_bonus_true_up up JOIN kpi_bonus_statement st ON st.id = up.statement_id %(people)s
             WHERE st.state IN %(settled)s AND up.settled_id IS NULL AND up.amount <> 0
            """,
            columns=columns,
            people=people,
            settled=SETTLED_STATES,
        )

    @api.depends("statement_id", "true_up_id")
    def _compute_display_name(self):
        for balance in self:
            balance.display_name = (balance.true_up_id or balance.statement_id).display_name

    def action_open(self):
        """Open the statement that left it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "kpi.bonus.statement",
            "res_id": self.statement_id.id,
            "view_mode": "form",
        }


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    balance = fields.Monetary(
        compute="_compute_balance",
        string="Open balance",
        help="What this and earlier statements of the plan left open. It is settled by the next bonus, never by wages.",
    )

    @api.depends_context("uid")
    @api.depends("state", "carried_out", "carried_to_id", "true_up_ids.amount", "true_up_ids.settled_id")
    def _compute_balance(self):
        groups = self.env["kpi.bonus.balance"]._read_group(
            [("employee_id", "in", self.employee_id.ids)], ["employee_id", "currency_id"], ["amount:sum"]
        )
        sums = {(employee.id, currency.id): amount for employee, currency, amount in groups}
        for statement in self:
            statement.balance = sums.get((statement.employee_id.id, statement.currency_id.id), 0)

    def action_open_balance(self):
        """Open what the person's statements left open."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_balance")
        return {**action, "domain": [("employee_id", "=", self.employee_id.id)], "context": {}}
