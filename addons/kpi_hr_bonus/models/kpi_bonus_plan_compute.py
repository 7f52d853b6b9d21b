"""How a plan computes its statements: gather (``kpi_bonus_plan_facts.py``), compute each without a query, write."""

from collections import namedtuple
from decimal import Decimal

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.engine import number_text, round_half_up, to_decimal
from odoo.addons.kpi_management.models.guard import trusted

from ..engine import Gate, PayoutInput, payout

#: What a computation did. Numbers of people, `statements` a recordset.
Outcome = namedtuple("Outcome", "statements created updated unchanged kept withdrawn missing")


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"

    def action_compute(self, period):
        """Compute the statements of these plans for a period; drafts are recomputed, later states left alone.

        :param period: ``kpi.period`` record or id
        :return: a notification that says how many statements were made, changed and left alone
        :raises AccessError: when the user is no bonus officer
        :raises UserError: when a plan is not in force in the period
        """
        self._check_bonus_officer()
        period = self._period_record(period)
        outcomes = [plan._compute_statements(period) for plan in self]
        return self._notify_outcome(period, outcomes)

    def _period_record(self, period):
        if not isinstance(period, models.BaseModel):
            period = self.env["kpi.period"].browse(period)
        period = period.exists()
        if len(period) != 1:
            raise UserError(self.env._("Choose the period whose bonuses are to be computed."))
        period.check_access("read")
        return period

    def _compute_statements(self, period):
        """Make or recompute the statements of one plan; the caller has checked who asks.

        :return: Outcome
        """
        self.ensure_one()
        self._check_in_force(period)
        # sudo: wages, scorecards and days of everybody are read, and figures written, by the system.
        plan = self.sudo()
        facts = plan._gather_facts(period.sudo())
        wanted = {
            employee_id: plan._prepare_statement_vals(period, employee_id, facts)
            for employee_id in facts.coverage
            if plan._counted_attainment(facts, employee_id) is not None
        }
        return plan._write_statements(wanted, facts)

    # ------------------------------------------------------------ compute

    def _counted_attainment(self, facts, employee_id):
        """What the payout depends on: ("score" or a line, percent or None for no data); None: nothing agreed."""
        card = facts.cards.get(employee_id)
        if not card:
            return None
        if self.apply_on == "score":
            return card, to_decimal(card.score) if card.has_score else None
        line = facts.lines.get(card.id, {}).get(self.definition_id)
        return (line, self._line_attainment(line)) if line else None

    def _line_attainment(self, line):
        return to_decimal(line.attainment) if line and line.result == "ok" else None

    def _prepare_payout_input(self, period, employee_id, facts, adjustments):
        """The engine's input for one person.

        :return: engine PayoutInput
        """
        person = facts.coverage[employee_id]
        wage = to_decimal(facts.wages.get(person.version_id, 0))
        _source, attainment = self._counted_attainment(facts, employee_id)
        fixed = self.basis == "fixed"
        return PayoutInput(
            score=attainment,
            basis=to_decimal(self.amount) if fixed else wage * to_decimal(self.wage_percent) / 100,
            curve=self._engine_curve(),
            gates=tuple(
                Gate(self._gate_attainment(gate, facts, employee_id), to_decimal(gate.minimum), to_decimal(gate.factor))
                for gate in self.gate_ids
            ),
            days_covered=person.days,
            days_total=(period.date_end - period.date_start).days + 1,
            prorate=self.prorate,
            cap=self._cap(wage),
            adjustments=adjustments,
            carried_in=facts.carried.get(employee_id, Decimal(0)),
            rounding=to_decimal(self.currency_id.rounding),
        )

    def _gate_attainment(self, gate, facts, employee_id):
        """Attainment of the gate's KPI on the person's own scorecard, or else on the company's."""
        own = facts.lines.get(facts.cards[employee_id].id, {})
        return self._line_attainment(own.get(gate.definition_id) or facts.company_lines.get(gate.definition_id))

    def _cap(self, wage):
        caps = [to_decimal(self.cap_amount)] if self.cap_amount else []
        if self.cap_wage_percent:
            caps.append(wage * to_decimal(self.cap_wage_percent) / 100)
        return min(caps, default=None)

    def _prepare_statement_vals(self, period, employee_id, facts):
        """Everything a statement of this person holds that is computed."""
        existing = facts.existing.get(employee_id, self.env["kpi.bonus.statement"])
        inputs = self._prepare_payout_input(period, employee_id, facts, existing._adjustments())
        result = payout(inputs)
        return {
            "plan_id": self.id,
            "period_id": period.id,
            "employee_id": employee_id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "department_id": facts.coverage[employee_id].department_id,
            "scorecard_id": facts.cards[employee_id].id,
            "pay_date": self._pay_date(period),
            "score": float(inputs.score or 0),
            "has_score": inputs.score is not None,
            "basis_amount": float(inputs.basis),
            "days_covered": inputs.days_covered,
            "days_total": inputs.days_total,
            **existing._prepare_payout_vals(result),
            "explanation": self._prepare_explanation(employee_id, facts, result),
        }

    def _prepare_explanation(self, employee_id, facts, result):
        """What the statement shows and replays; numbers as text, so that they stay exact."""
        card = facts.cards[employee_id]
        person = facts.coverage[employee_id]
        return {
            "version": 1,
            "apply_on": self.apply_on,
            "basis": self.basis,
            "definition_id": self.definition_id.id if self.apply_on == "kpi" else False,
            "wage": number_text(to_decimal(facts.wages.get(person.version_id))),
            "wage_percent": number_text(to_decimal(self.wage_percent)) if self.basis == "wage" else None,
            "card": [self._prepare_line_explanation(line) for line in facts.lines.get(card.id, {}).values()],
            "gates": [
                {
                    "definition_id": gate.definition_id.id,
                    "code": gate.definition_id.code,
                    "attainment": number_text(self._gate_attainment(gate, facts, employee_id)),
                    "minimum": number_text(to_decimal(gate.minimum)),
                    "factor": number_text(to_decimal(gate.factor)),
                }
                for gate in self.gate_ids
            ],
            "payout": result.explanation,
        }

    def _prepare_line_explanation(self, line):
        measured = line.result == "ok"
        # What was counted with: a target or weight that changed within the period counts for its days.
        told = line.explanation or {}
        return {
            "line_id": line.id,
            "definition_id": line.definition_id.id,
            "code": line.definition_id.code,
            "unit": line.definition_id.unit,
            "result": line.result or "no_data",
            "target": told["scoring"]["target"] if told.get("spans") else number_text(to_decimal(line.target)),
            "actual": self._exact_actual(line) if measured else None,
            "attainment": number_text(to_decimal(line.attainment)) if measured else None,
            "weight": told["weight"] if told.get("spans") else number_text(to_decimal(line.weight)),
        }

    def _exact_actual(self, line):
        """The actual as the KPI engine left it: a float of a large sum has lost its last digits."""
        exact = (line.explanation or {}).get("actual")
        return exact or number_text(round_half_up(to_decimal(line.actual), 4))

    # -------------------------------------------------------------- write

    def _write_statements(self, wanted, facts):
        """Create, recompute and withdraw drafts; what was submitted stays as it is."""
        Statement = trusted(self.env["kpi.bonus.statement"])
        new = [vals for employee_id, vals in wanted.items() if employee_id not in facts.existing]
        drafts = {key: statement for key, statement in facts.existing.items() if statement.state == "draft"}
        changed = Statement.union(
            *(draft for key, draft in drafts.items() if key in wanted and draft._apply_computed(wanted[key]))
        )
        changed._stamp_computed()
        withdrawn = Statement.union(*(statement for key, statement in drafts.items() if key not in wanted))
        withdrawn._withdraw()
        created = Statement._create_computed(new)
        kept = len(facts.existing) - len(drafts)
        return Outcome(
            statements=(created | Statement.union(*facts.existing.values())) - withdrawn,
            created=len(created),
            updated=len(changed),
            unchanged=len(drafts) - len(changed) - len(withdrawn),
            kept=kept,
            withdrawn=len(withdrawn),
            missing=len(facts.coverage.keys() - wanted.keys()),
        )

    # -------------------------------------------------------------- checks

    def _check_bonus_officer(self):
        if not (self.env.su or self.env.user.has_group("kpi_hr_bonus.group_bonus_officer")):
            raise AccessError(self.env._("Only a bonus officer computes bonuses. Ask one of them to do it."))
        self.check_access("read")

    def _covers_period(self, period):
        """Whether the plan is in force in the whole period, of its type and company."""
        self.ensure_one()
        return (
            self.state == "published"
            and self.company_id == period.company_id
            and self.period_type == period.period_type
            and self.date_start <= period.date_start
            and (not self.date_end or self.date_end >= period.date_end)
        )

    def _check_in_force(self, period):
        self.ensure_one()
        if self.state != "published":
            raise UserError(self.env._("%s is not published. Publish the plan first.", self.name))
        if not self._covers_period(period):
            raise UserError(
                self.env._(
                    "%(plan)s does not cover %(period)s: company, kind of period and the plan's dates must match.",
                    plan=self.name,
                    period=period.name,
                )
            )

    def _notify_outcome(self, period, outcomes):
        def total(name):
            return sum(getattr(outcome, name) for outcome in outcomes)

        parts = [
            (total("created"), self.env._("%s new", total("created"))),
            (total("updated"), self.env._("%s recomputed", total("updated"))),
            (total("unchanged"), self.env._("%s unchanged", total("unchanged"))),
            (total("kept"), self.env._("%s already submitted and left alone", total("kept"))),
            (total("withdrawn"), self.env._("%s withdrawn: no longer covered", total("withdrawn"))),
            (total("missing"), self.env._("%s people without an agreed scorecard for it", total("missing"))),
        ]
        told = [text for count, text in parts if count]
        message = ", ".join(told) if told else self.env._("Nobody is covered.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Bonus statements of %s", period.name),
                "message": message,
                "type": "warning" if total("missing") or not told else "success",
                "sticky": False,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
