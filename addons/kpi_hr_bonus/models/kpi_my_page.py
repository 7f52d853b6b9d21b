"""My KPIs: what the user's period pays, and what bonuses ask of the user."""

from odoo import api, fields, models
from odoo.fields import Domain

from .kpi_bonus_statement import LIVE_STATES
from .kpi_bonus_statement_contest import CONTEST_ACTIVITY


class KpiMyPage(models.AbstractModel):
    _inherit = "kpi.my.page"

    @api.model
    @api.readonly
    def pay(self, scorecard_id):
        """What an own scorecard pays as it stands, or has paid; apart from the page, which is there before it.

        :param int scorecard_id: one of the user's own
        :return: dict of JSON values: ``estimate`` (as of ``my_pay``; False when nothing is open), ``statements`` of the
            period, ``year`` and ``paid`` (what was paid in it, by currency), ``next`` (``date``, ``is_late`` and, once
            it is approved, ``amount`` with ``currency_id``; False when nothing is known); False for whom nothing is
            paid by KPIs
        """
        card = self._cards().filtered(lambda card: card.id == scorecard_id)
        if not card:
            return False
        Statement = self.env["kpi.bonus.statement"]
        mine = Domain("user_id", "=", self.env.uid)
        statements = Statement.search(mine & Domain("state", "in", LIVE_STATES))
        waits = card in Statement._my_pay_cards(mine)
        estimate = (waits and Statement._my_pay_running(card, statements)) or False
        if not (estimate or statements):
            return False
        told = statements.filtered(lambda statement: statement.period_id == card.period_id)
        return {
            "estimate": estimate,
            "statements": [Statement._my_pay_statement(statement) for statement in told],
            **self._paid_this_year(mine),
            "next": self._next_pay(statements, card, estimate),
        }

    @api.model
    def _paid_this_year(self, mine):
        year = self._today().replace(month=1, day=1)
        paid = mine & Domain("state", "=", "paid") & Domain("paid_date", ">=", year)
        groups = self.env["kpi.bonus.statement"]._read_group(paid, ["currency_id"], ["amount:sum"])
        return {
            "year": year.year,
            "paid": [{"currency_id": currency.id, "amount": amount} for currency, amount in groups],
        }

    @api.model
    def _next_pay(self, statements, card, estimate):
        """The next day on which something is paid: what is approved, else the day of the period that runs."""
        approved = statements.filtered(lambda statement: statement.state == "approved" and statement.pay_date)
        if approved:
            day = min(approved.mapped("pay_date"))
            due = approved.filtered(lambda statement: statement.pay_date == day)
            due = due.filtered(lambda statement: statement.currency_id == due[0].currency_id)
            amount, currency_id = sum(due.mapped("amount")), due.currency_id.id
            return self._next_day(day, amount, currency_id)
        if not estimate:
            return False
        plans = self.env["kpi.bonus.plan"].browse(plan["id"] for plan in estimate["plans"])
        day = min(plan._pay_date(card.period_id) for plan in plans)
        return self._next_day(day)

    @api.model
    def _next_day(self, day, amount=False, currency_id=False):
        return {
            "date": fields.Date.to_string(day),
            "is_late": day < self._today(),
            "amount": amount,
            "currency_id": currency_id,
        }

    # ---------------------------------------------------------------- what to do

    @api.model
    def _todo_kinds(self):
        return [*super()._todo_kinds(), "regulations", "statements"]

    @api.model
    def _todo_regulations(self):
        """Bonus plans that the user is asked to read."""
        asked = self.env["kpi.bonus.acknowledgement"].search(
            [("user_id", "=", self.env.uid), ("state", "=", "waiting"), ("plan_id.state", "=", "published")]
        )
        return [
            self._row(
                "regulations",
                self.env._("Read the rules of your bonus and acknowledge them"),
                self.env._("Read them"),
                self._form(row),
                "fa-book",
                # sudo: whoever is asked to acknowledge a plan may read its name.
                row.sudo().plan_id.display_name,
            )
            for row in asked
        ]

    @api.model
    def _todo_statements(self):
        """Statements to be looked at, or contested, before they are approved."""
        statements = self.env["kpi.bonus.statement"].search(
            [("user_id", "=", self.env.uid), ("state", "=", "submitted"), ("contested", "=", False)]
        )
        return [
            self._row(
                "statements",
                # sudo: of the period and the plan only the names are shown.
                self.env._("Check your bonus of %s before it is approved", statement.sudo().period_id.name),
                self.env._("See the statement"),
                self._form(statement),
                "fa-money",
                statement.sudo().plan_id.display_name,
            )
            for statement in statements
        ]

    @api.model
    def _team_kinds(self):
        return [*super()._team_kinds(), "bonuses", "contests"]

    @api.model
    def _team_bonuses(self):
        """Statements that wait for the user's approval."""
        count = self.env["kpi.bonus.statement"].search_count([("waits_for_me", "=", True)])
        open_ = {"action": "kpi_hr_bonus.action_kpi_bonus_statement_approval", "context": {}}
        return self._team_row("bonuses", self.env._("Bonuses to approve"), "fa-money", count, open_)

    @api.model
    def _team_contests(self):
        """Statements contested, of which the user was asked to answer."""
        kind = self.env.ref(CONTEST_ACTIVITY)
        asked = self.env["mail.activity"].search([("user_id", "=", self.env.uid), ("activity_type_id", "=", kind.id)])
        contested = self.env["kpi.bonus.statement"].search(
            [("id", "in", asked.mapped("res_id")), ("contested", "=", True)]
        )
        open_ = self._window("kpi_hr_bonus.action_kpi_bonus_statement", contested)
        return self._team_row("contests", self.env._("Bonuses contested"), "fa-gavel", len(contested), open_)
