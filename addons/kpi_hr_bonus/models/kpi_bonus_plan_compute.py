"""How a plan computes its statements: gather (``kpi_bonus_plan_facts.py``), compute each without a query, write.

What goes into the engine is put together in ``kpi_bonus_plan_inputs.py``.
"""

from collections import namedtuple

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.engine import number_text, to_decimal
from odoo.addons.kpi_management.models.guard import trusted

from ..engine import payout

#: What a computation did. Numbers of people, `statements` a recordset, `results` a list of Result.
Outcome = namedtuple("Outcome", "statements created updated unchanged kept withdrawn missing results")
#: What became of one person: `kind` as of ``kpi.bonus.run.line``, money before and after, `statement` may be empty.
Result = namedtuple("Result", "kind employee_id statement before amount")


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
        for plan in self:
            plan._check_in_force(period)
        return self.env["kpi.bonus.run"]._run(period, self)._notification()

    def _period_record(self, period):
        if not isinstance(period, models.BaseModel):
            period = self.env["kpi.period"].browse(period)
        period = period.exists()
        if len(period) != 1:
            raise UserError(self.env._("Choose the period whose bonuses are to be computed."))
        period.check_access("read")
        return period

    def _compute_statements(self, period, employee_ids=None):
        """Make or recompute the statements of one plan; the caller has checked who asks.

        :param employee_ids: list of ids; None: everybody. A pool is always computed whole.
        :return: Outcome
        """
        self.ensure_one()
        self._check_in_force(period)
        # sudo: wages, scorecards and days of everybody are read, and figures written, by the system.
        plan = self.sudo()
        facts = plan._gather_facts(period.sudo(), employee_ids)
        facts = facts._replace(true_ups=plan._open_true_ups(period, list(facts.coverage)))
        wanted = {
            employee_id: plan._prepare_statement_vals(period, employee_id, facts, inputs)
            for employee_id, inputs in plan._payout_inputs(period, facts).items()
        }
        return plan._write_statements(wanted, facts)

    # ------------------------------------------------------------ compute

    def _prepare_statement_vals(self, period, employee_id, facts, inputs):
        """Everything a statement of this person holds that is computed."""
        existing = facts.existing.get(employee_id, self.env["kpi.bonus.statement"])
        result = payout(inputs)
        return {
            "plan_id": self.id,
            "period_id": period.id,
            "employee_id": employee_id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "department_id": facts.coverage[employee_id].department_id,
            "scorecard_id": self._card(facts, employee_id)._origin.id,
            "pay_date": self._pay_date(period),
            "score": float(inputs.score or 0),
            "has_score": inputs.score is not None,
            "basis_amount": float(self._pool_amount(facts) if self.basis == "pool" else inputs.basis),
            "days_covered": float(inputs.days_covered),
            "days_total": inputs.days_total,
            **existing._prepare_payout_vals(result, self._true_up_amount(facts, employee_id)),
            "true_ups": self._prepare_true_up_lines(facts, employee_id),
            "explanation": self._prepare_explanation(employee_id, facts, result),
        }

    def _prepare_explanation(self, employee_id, facts, result):
        """What the statement shows and replays; numbers as text, so that they stay exact."""
        person = facts.coverage[employee_id]
        return {
            "version": 1,
            "apply_on": self.apply_on,
            "basis": self.basis,
            "definition_id": self.definition_id.id if self.apply_on == "kpi" else False,
            "wage": number_text(to_decimal(facts.wages.get(person.version_id))),
            "wage_percent": number_text(to_decimal(self.wage_percent)) if self.basis == "wage" else None,
            "unpaid_days": number_text(person.unpaid),
            "pool": self._prepare_pool_explanation(facts),
            "card": [self._prepare_line_explanation(line) for line in self._told_lines(facts, employee_id)],
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

    def _told_lines(self, facts, employee_id):
        """The lines of the scorecard that the statement tells of."""
        kpis = facts.lines.get(self._card(facts, employee_id).id, {})
        return [line for lines in kpis.values() for line in lines]

    def _prepare_line_explanation(self, line):
        measured = line.result == "ok"
        # What was counted with: a target or weight that changed within the period counts for its days.
        told = line.explanation or {}
        return {
            "line_id": line._origin.id,
            "definition_id": line.definition_id.id,
            "code": line.definition_id.code,
            "unit": line.definition_id.unit,
            "result": line.result or "no_data",
            "target": told["scoring"]["target"] if told.get("spans") else number_text(to_decimal(line.target)),
            "actual": self._exact_actual(line) if measured else None,
            "attainment": number_text(to_decimal(line.attainment)) if measured else None,
            "weight": self._counted_weight(line),
        }

    # -------------------------------------------------------------- write

    def _write_statements(self, wanted, facts):
        """Create, recompute and withdraw drafts; what was submitted stays as it is."""
        Statement = trusted(self.env["kpi.bonus.statement"])
        new = [vals for employee_id, vals in wanted.items() if employee_id not in facts.existing]
        drafts = {key: statement for key, statement in facts.existing.items() if statement.state == "draft"}
        before = {key: statement.amount for key, statement in facts.existing.items()}
        changed = Statement.union(
            *(draft for key, draft in drafts.items() if key in wanted and draft._apply_computed(wanted[key]))
        )
        changed._stamp_computed()
        withdrawn = Statement.union(*(statement for key, statement in drafts.items() if key not in wanted))
        withdrawn._withdraw()
        created = Statement._create_computed(new)
        kept = len(facts.existing) - len(drafts)
        missing = facts.coverage.keys() - wanted.keys() - facts.existing.keys()
        kinds = {
            **{employee_id: self._missing_kind(facts, employee_id) for employee_id in missing},
            **dict.fromkeys(facts.existing.keys() - drafts.keys(), "kept"),
            **dict.fromkeys(drafts, "unchanged"),
            **dict.fromkeys(changed.employee_id.ids, "changed"),
            **dict.fromkeys(withdrawn.employee_id.ids, "withdrawn"),
            **dict.fromkeys(created.employee_id.ids, "created"),
        }
        return Outcome(
            statements=(created | Statement.union(*facts.existing.values())) - withdrawn,
            created=len(created),
            updated=len(changed),
            unchanged=len(drafts) - len(changed) - len(withdrawn),
            kept=kept,
            withdrawn=len(withdrawn),
            missing=len(missing),
            results=self._prepare_results(kinds, before, Statement.union(created, *facts.existing.values())),
        )

    def _missing_kind(self, facts, employee_id):
        """Why somebody who is covered gets no statement: a kind of ``kpi.bonus.run.line``."""
        return "missing"

    def _prepare_results(self, kinds, before, statements):
        by_employee = {statement.employee_id.id: statement for statement in statements}
        results = []
        for employee_id, kind in kinds.items():
            statement = by_employee.get(employee_id, statements.browse())
            amount = 0 if kind == "withdrawn" else statement.amount
            results.append(Result(kind, employee_id, statement, before.get(employee_id, 0), amount))
        return results

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
        self._check_rate_unit()
