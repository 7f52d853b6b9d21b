"""What if: on a scorecard, for whoever may see what it pays."""

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.kpi_management.engine import EngineError

from ..engine import payout


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    @api.readonly
    def what_if(self, wishes=None, base="now", plan_id=False):
        """What this scorecard would score and pay with other figures. Nothing is stored.

        :param dict wishes: {line id: {"actual": value} or {"attainment": percent}}; the other lines are as in ``base``
        :param str base: ``now``, ``pace`` (today's pace goes on), ``target`` or ``best``; with ``now`` the company and
            the others in a pool are taken as they stand, else where their pace takes them
        :param int plan_id: try this plan, published or not (bonus officers only), instead of those in force
        :return: dict of JSON values: ``score``, ``scores`` and ``amounts`` of the shortcuts, ``lines``, ``plans``;
            no money where the user may not see the person's statements (``sees_pay``)
        :raises AccessError: when the user may not read the scorecard, or is no bonus officer and asks for a plan
        :raises UserError: when a wish cannot be understood
        """
        self.ensure_one()
        self.check_access("read")
        plans = self._what_if_plans(plan_id)
        # sudo: plain users may read neither wages nor the facts of a pool; what is handed out is what the statement
        # of this person would say, and only to those who may read that.
        card, tool = self.sudo(), self.env["kpi.bonus.what.if"].sudo()
        terms = tool._terms(card)
        shortcuts = tool._scenarios(card, terms)
        scenario = tool._wished(shortcuts.get(base, shortcuts["now"]), wishes, terms)
        payings = tool._payings(card, plans.sudo())
        return {
            **card._what_if_head(plan_id),
            "sees_pay": self._shows_pay(),
            "score": _number(tool._score(scenario, terms)),
            "scores": {name: _number(tool._score(figures, terms)) for name, figures in shortcuts.items()},
            "lines": [card._what_if_line(line, scenario[line.id], terms[line.id]) for line in card.line_ids.sorted()],
            "plans": [
                card._what_if_plan(tool, paying, scenario, shortcuts, terms, base == "now") for paying in payings
            ],
        }

    def action_what_if(self):
        """Open the dialog that asks: if I reach this, what is my bonus?"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "kpi_bonus_what_if",
            "name": self.env._("What if"),
            "target": "new",
            "params": {"scorecard_id": self.id},
        }

    def _what_if_plans(self, plan_id):
        """The plans to compute with: those in force that the user may read, or the one asked for."""
        Plan = self.env["kpi.bonus.plan"]
        if plan_id:
            Plan._check_bonus_reader()
            plan = Plan.browse(plan_id)
            plan.check_access("read")
            return plan.filtered(lambda plan: plan.company_id == self.company_id)
        return Plan._in_force(self.period_id) if self._shows_pay() else Plan

    def _shows_pay(self):
        """Whether the user would be shown the statement of this scorecard: by the same rules, once it is submitted."""
        self.ensure_one()
        Statement = self.env["kpi.bonus.statement"]
        if self.subject_type != "employee" or not Statement.has_access("read"):
            return False
        card = self.sudo()
        submitted = Statement.sudo().new(
            {
                "employee_id": card.employee_id.id,
                "user_id": card.user_id.id,
                "company_id": card.company_id.id,
                "period_id": card.period_id.id,
                "state": "submitted",
            }
        )
        rules = self.env["ir.rule"]._compute_domain(Statement._name, "read")
        return bool(submitted.filtered_domain(Domain(rules)))

    def _what_if_head(self, plan_id):
        return {
            "id": self.id,
            "name": self.display_name,
            "person": self.employee_id.name or self.subject_name,
            "period": self.period_id.name,
            "state": self.state,
            "plan_id": plan_id,
            "elapsed": self.period_id._has_ended(),
        }

    def _what_if_line(self, line, figure, terms):
        by_attainment = terms.target.direction in ("higher", "lower") and not terms.error
        return {
            "id": line.id,
            "name": line.display_name,
            "unit": line.unit,
            "currency_id": line.currency_id.id,
            "direction": terms.target.direction,
            "weight": float(terms.weight),
            "target": _number(terms.target.target),
            "band": [_number(terms.target.band_low), _number(terms.target.band_high)],
            "actual": _number(figure.actual),
            "attainment": _number(figure.attainment),
            "floor": float(terms.target.floor),
            "cap": float(terms.target.cap),
            "has_slider": by_attainment and terms.target.floor < terms.target.cap,
            "message": self.env["kpi.computation"]._error_text(terms.error) if terms.error else "",
        }

    def _what_if_plan(self, tool, paying, scenario, shortcuts, terms, standing):
        plan = paying.plan
        facts, inputs = tool._pay(paying, self, scenario, terms, standing)
        # Before any other scenario is computed: see _imagined_facts.
        answer = self._what_if_outcome(plan, facts, inputs)
        answer["amounts"] = {
            name: _number(tool._amount(paying, self, figures, terms, standing=name == "now"))
            for name, figures in shortcuts.items()
        }
        if inputs is not None:
            answer["points"] = self._what_if_points(tool, paying, payout(inputs).amount, scenario, terms, standing)
        return answer

    def _what_if_outcome(self, plan, facts, inputs):
        """What a plan pays in the scenario asked for, in figures and words."""
        answer = {"id": plan.id, "name": plan.display_name, "currency_id": plan.currency_id.id, "points": {}}
        if inputs is None:
            reason = (
                self.env._("Paid by the result of the review, once its cycle is closed: no estimate before.")
                if plan.score_source == "review"
                else self.env._("%s is not on this scorecard: the plan pays nothing for it.", plan.definition_id.name)
            )
            return {**answer, "amount": False, "payout_percent": False, "reason": reason}
        result, statement = payout(inputs), self._what_if_statement(plan, facts, inputs)
        return {
            **answer,
            "amount": float(result.amount),
            "payout_percent": float(result.payout_percent),
            "reason": "",
            "summary": " ".join(self.env["kpi.bonus.explanation"]._summary(statement)),
            "html": statement.explanation_html or "",
        }

    def _what_if_points(self, tool, paying, amount, scenario, terms, standing):
        """{line id: what one point of attainment more is worth}; lines that cannot have one are left out."""
        points = {}
        for line_id in scenario:
            try:
                more = tool._one_more(scenario, line_id, terms)
            except EngineError:
                continue
            if more is not None:
                points[line_id] = float(tool._amount(paying, self, more, terms, standing) - amount)
        return points

    def _what_if_statement(self, plan, facts, inputs):
        """The statement as it would be; in memory, never saved."""
        Statement = self.env["kpi.bonus.statement"]
        vals = plan._prepare_statement_vals(self.period_id, self.employee_id.id, facts, inputs)
        return Statement.new({name: vals[name] for name in vals if name in Statement._fields})


def _number(value):
    """A Decimal as JSON has it; False for none."""
    return False if value is None else float(value)
