"""My KPI pay: what a person has got, what the running period would pay, and by which rules."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .kpi_bonus_statement import LIVE_STATES

STATEMENTS_SHOWN = 36
#: So long a period that has ended still waits for its statement here.
WAITING = relativedelta(months=4)


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.readonly
    def my_pay(self):
        """What the user is paid by KPIs: the own figures and nobody else's, whatever roles the user has.

        :return: dict of JSON values: ``running`` scorecards with what they would pay, ``statements`` from their
            submission on, the ``balances`` carried over, the ``plans`` that cover the user today
        """
        mine = Domain("user_id", "=", self.env.uid)
        statements = self.search(mine & Domain("state", "in", LIVE_STATES))
        cards = self._my_pay_cards(mine)
        return {
            "running": [entry for card in cards if (entry := self._my_pay_running(card, statements))],
            "statements": [self._my_pay_statement(statement) for statement in statements[:STATEMENTS_SHOWN]],
            "has_more": len(statements) > STATEMENTS_SHOWN,
            "balances": self._my_pay_balances(),
            "plans": self._my_pay_rules(),
        }

    @api.model
    def _my_pay_cards(self, mine):
        """The user's scorecards of the periods that run, or have ended lately."""
        today = fields.Date.context_today(self)
        days = Domain("date_start", "<=", today) & Domain("date_end", ">=", today - WAITING)
        return self.env["kpi.scorecard"].search(
            mine & days & Domain("subject_type", "=", "employee"), order="date_end desc, date_start desc, id"
        )

    @api.model
    def _my_pay_running(self, card, statements):
        """What a scorecard would pay by the plans that have no statement for it yet; None when there is no such plan."""
        settled = statements.filtered(lambda statement: statement.period_id == card.period_id).plan_id
        plans = self.env["kpi.bonus.plan"]._in_force(card.period_id) - settled
        # No figure of the scorecard says what a review will be.
        plans = plans.filtered(lambda plan: plan.score_source == "scorecard")
        # sudo: as in kpi.scorecard.what_if; it is the user's own scorecard.
        card, tool = card.sudo(), self.env["kpi.bonus.what.if"].sudo()
        payings = tool._payings(card, plans.sudo())
        if not payings:
            return None
        terms = tool._terms(card)
        shortcuts = tool._scenarios(card, terms)
        scores = {name: tool._score(figures, terms) for name, figures in shortcuts.items()}
        return {
            "scorecard_id": card.id,
            "period": card.period_id.name,
            "date_end": fields.Date.to_string(card.date_end),
            "state": card.state,
            "has_ended": card.period_id._has_ended(),
            "scores": {name: False if value is None else float(value) for name, value in scores.items()},
            "plans": [self._my_pay_estimate(tool, paying, card, shortcuts, terms) for paying in payings],
        }

    def _my_pay_estimate(self, tool, paying, card, shortcuts, terms):
        amounts = {
            name: tool._amount(paying, card, figures, terms, standing=name == "now")
            for name, figures in shortcuts.items()
        }
        return {
            "id": paying.plan.id,
            "name": paying.plan.display_name,
            "currency_id": paying.plan.currency_id.id,
            "amounts": {name: False if value is None else float(value) for name, value in amounts.items()},
        }

    def _my_pay_statement(self, statement):
        # sudo: names of the plan and period; a plain user may not read every one of them.
        named = statement.sudo()
        return {
            "id": statement.id,
            "plan": named.plan_id.display_name,
            "period": named.period_id.name,
            "amount": statement.amount,
            "currency_id": statement.currency_id.id,
            "state": statement.state,
            "status": statement._my_pay_status(),
            "contested": statement.contested,
            "can_contest": statement.can_contest and not statement.contested,
        }

    def _my_pay_status(self):
        """Where the statement is, in words."""
        self.ensure_one()
        if self.state == "submitted":
            return self.env._("Waits for approval")
        if self.state == "paid":
            day = format_date(self.env, self.paid_date) if self.paid_date else ""
            if self.payment_reference:
                return self.env._("Paid with %(payment)s %(date)s", payment=self.payment_reference, date=day).strip()
            return self.env._("Paid %s", day).strip()
        if self.payment_reference:
            return self.env._("Approved, on %s", self.payment_reference)
        if self.pay_date:
            return self.env._("Approved, to be paid on %s", format_date(self.env, self.pay_date))
        return self.env._("Approved")

    @api.model
    def _my_pay_balances(self):
        """What the user's settled statements left open, by currency: below 0 it is set off against future bonus."""
        # sudo: a plain user may not read the list of balances; the own ones are added up.
        groups = (
            self.env["kpi.bonus.balance"]
            .sudo()
            ._read_group([("user_id", "=", self.env.uid)], ["currency_id"], ["amount:sum"])
        )
        return [{"currency_id": currency.id, "amount": amount} for currency, amount in groups if amount]

    @api.model
    def _my_pay_plans(self):
        """The published plans that cover the user as of today, those to come included: they are to be acknowledged."""
        today = fields.Date.context_today(self)
        domain = Domain("state", "=", "published") & Domain("company_id", "in", self.env.companies.ids)
        domain &= Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        here = Domain("user_id", "=", self.env.uid) & Domain("date_from", "<=", today)
        here &= Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        plans = self.env["kpi.bonus.plan"].search(domain, order="name, date_start, id")
        # sudo: plain users may not read where people worked; one's own stretch is looked up.
        Employment = self.env["kpi.employment"].sudo()
        return plans.filtered(lambda plan: Employment.search_count(plan._population_domain() & here, limit=1))

    @api.model
    def _my_pay_rules(self):
        """The regulations that hold for the user, and whether they were acknowledged."""
        plans = self._my_pay_plans()
        mine = Domain("plan_id", "in", plans.ids) & Domain("user_id", "=", self.env.uid)
        asked = self.env["kpi.bonus.acknowledgement"].search(mine).grouped("plan_id")
        none = self.env["kpi.bonus.acknowledgement"]
        return [self._my_pay_rule(plan, asked.get(plan, none)[:1]) for plan in plans]

    def _my_pay_rule(self, plan, acknowledgement):
        kinds = dict(plan._fields["period_type"]._description_selection(self.env))
        # sudo: whoever is covered by a published plan may read it, with the names of its departments and jobs.
        regulation = plan.sudo()
        is_to_come = plan.date_start > fields.Date.context_today(self)
        return {
            "id": plan.id,
            "name": plan.display_name,
            "paid_per": kinds[plan.period_type],
            "starts": self.env._("From %s", format_date(self.env, plan.date_start)) if is_to_come else "",
            "summary": regulation.basis_summary,
            "html": regulation._render_regulation(),
            "acknowledgement_id": acknowledgement.id,
            "acknowledged": acknowledgement.state == "acknowledged",
            "acknowledged_text": acknowledgement._my_pay_text(),
        }


class KpiBonusAcknowledgement(models.Model):
    _inherit = "kpi.bonus.acknowledgement"

    def _my_pay_text(self):
        """Whether a regulation was acknowledged, in words; empty when nobody asked."""
        if not self:
            return ""
        if self.state != "acknowledged":
            return self.env._("Please read and acknowledge it")
        return self.env._(
            "Acknowledged on %s", format_date(self.env, fields.Datetime.context_timestamp(self, self.date).date())
        )
