"""What goes into the engine for each person, out of what was gathered; no queries."""

from decimal import Decimal

from odoo import models

from odoo.addons.kpi_management.engine import Part, number_text, round_half_up, score, to_decimal

from ..engine import Gate, PayoutInput


class KpiBonusPlan(models.Model):
    # Apart from kpi_bonus_plan_compute.py: what is computed with is one idea, what becomes of it another.
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    def _payout_inputs(self, period, facts):
        """The engine's input for everybody this plan pays; a pool needs all of them at once.

        :return: {employee id: engine PayoutInput}
        """
        none = self.env["kpi.bonus.statement"]
        inputs = {
            employee_id: self._prepare_payout_input(
                period,
                employee_id,
                facts,
                facts.existing.get(employee_id, none)._adjustments() + self._true_up_amount(facts, employee_id),
            )
            for employee_id in facts.coverage
            if self._counted_attainment(facts, employee_id) is not None
        }
        return self._split_pool(inputs, facts) if self.basis == "pool" else inputs

    def _counted_attainment(self, facts, employee_id):
        """What the payout depends on: (scorecard or lines, percent or None for no data); None: nothing agreed."""
        card = facts.cards.get(employee_id)
        if not card:
            return None
        if self.apply_on == "score":
            return card, to_decimal(card.score) if card.has_score else None
        lines = facts.lines.get(card.id, {}).get(self.definition_id)
        return (lines, self._line_attainment(lines)) if lines else None

    def _card(self, facts, employee_id):
        """The person's agreed scorecard of the period, which a plan by reviews can do without."""
        return facts.cards.get(employee_id) or self.env["kpi.scorecard"]

    def _line_attainment(self, lines):
        """Attainment of a KPI; on several lines of a scorecard their mean by weight.

        :return: Decimal percent, None for no data
        """
        measured = [line for line in lines or () if line.result == "ok"]
        if len(measured) < 2:
            return to_decimal(measured[0].attainment) if measured else None
        weights = [to_decimal(self._counted_weight(line)) for line in measured]
        if not any(weights):
            weights = [1] * len(measured)
        return score(Part(weight, line.attainment) for weight, line in zip(weights, measured, strict=True))

    def _measured_value(self, lines):
        """The actual of a KPI; of several lines of a scorecard the sum.

        :return: Decimal in the KPI's unit; None for no data, and when one of the lines is in error
        """
        if not lines or "error" in lines.mapped("result"):
            return None
        values = [to_decimal(self._exact_actual(line)) for line in lines if line.result == "ok"]
        return sum(values, Decimal(0)) if values else None

    def _prepare_basis(self, facts, employee_id, wage):
        """What a payout of 100 % is worth, as the engine asks for it: ``basis``, or ``rate``."""
        if self.basis == "rate":
            lines, _attainment = self._counted_attainment(facts, employee_id)
            return {"rate": self._engine_rate(self._measured_value(lines))}
        if self.basis == "pool":
            return {"basis": wage if self.pool_key == "wage" else 1}
        return {
            "basis": to_decimal(self.amount) if self.basis == "fixed" else wage * to_decimal(self.wage_percent) / 100
        }

    def _prepare_payout_input(self, period, employee_id, facts, adjustments):
        """The engine's input for one person.

        :return: engine PayoutInput
        """
        person = facts.coverage[employee_id]
        wage = to_decimal(facts.wages.get(person.version_id, 0))
        _source, attainment = self._counted_attainment(facts, employee_id)
        return PayoutInput(
            score=attainment,
            **self._prepare_basis(facts, employee_id, wage),
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
        own = facts.lines.get(self._card(facts, employee_id).id, {})
        return self._line_attainment(own.get(gate.definition_id) or facts.company_lines.get(gate.definition_id))

    def _cap(self, wage):
        caps = [to_decimal(self.cap_amount)] if self.cap_amount else []
        if self.cap_wage_percent:
            caps.append(wage * to_decimal(self.cap_wage_percent) / 100)
        return min(caps, default=None)

    def _counted_weight(self, line):
        told = line.explanation or {}
        return told["weight"] if told.get("spans") else number_text(to_decimal(line.weight))

    def _exact_actual(self, line):
        """The actual as the KPI engine left it: a float of a large sum has lost its last digits."""
        exact = (line.explanation or {}).get("actual")
        return exact or number_text(round_half_up(to_decimal(line.actual), 4))
