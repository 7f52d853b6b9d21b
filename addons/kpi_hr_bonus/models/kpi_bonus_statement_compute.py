"""What the computation writes on statements; what it writes is worked out by the plan."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.kpi_management.engine import number_text, to_decimal
from odoo.addons.kpi_management.models.guard import trusted

from ..engine import replay
from .kpi_bonus_statement import SETTLED_STATES


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    @api.model
    def _open_carry(self, plan, period, employee_ids):
        """Negative rests of settled statements that no settled statement has taken yet.

        :return: {employee id: Decimal, below 0}
        """
        groups = self.sudo()._read_group(
            self._open_carry_domain(plan, period, employee_ids), ["employee_id"], ["carried_out:array_agg"]
        )
        return {employee.id: sum((to_decimal(float(rest)) for rest in rests), Decimal(0)) for employee, rests in groups}

    @api.model
    def _open_carry_domain(self, plan, period, employee_ids):
        return [
            ("plan_id", "in", plan._plan_chain().ids),
            ("employee_id", "in", employee_ids),
            ("state", "in", SETTLED_STATES),
            ("date_end", "<", period.date_start),
            ("carried_out", "<", 0),
            ("carried_to_id", "=", False),
        ]

    @api.model
    def _create_computed(self, vals_list):
        """Create drafts with their lines from computed values, without mail noise."""
        Line = self.env["kpi.bonus.statement.line"]
        statements = self.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        ).create(
            [
                {
                    **{name: value for name, value in vals.items() if name != "true_ups"},
                    **self._prepare_stamp(),
                    "line_ids": [Command.create(line) for line in Line._prepare_computed(vals)],
                }
                for vals in vals_list
            ]
        )
        return statements.with_env(self.env)

    def _stamp_computed(self):
        """Keep who computed these statements, for the rule of two persons."""
        self.with_context(tracking_disable=True).write(self._prepare_stamp())

    def _prepare_stamp(self):
        return {"computed_by_id": self.env.uid, "computed_date": fields.Datetime.now()}

    def _adjustments(self):
        """Sum of the adjustment lines; 0 for no statement.

        :return: Decimal
        """
        return self._sum_lines("adjustment")

    def _sum_lines(self, kind):
        lines = self.line_ids.filtered(lambda line: line.kind == kind)
        return sum((to_decimal(line.amount) for line in lines), Decimal(0))

    @api.model
    def _prepare_payout_vals(self, payout, true_ups=0):
        """An engine ``Payout`` as values of a statement.

        :param true_ups: Decimal, how much of the engine's adjustments are true-ups
        """
        return {
            "payout_percent": float(payout.payout_percent),
            "gate_factor": float(payout.gate_factor),
            "proration": float(payout.proration),
            "computed_amount": float(payout.computed),
            "capped_amount": float(payout.capped),
            "adjustment_amount": float(to_decimal(payout.explanation["adjustments"]) - true_ups),
            "true_up_amount": float(true_ups),
            "carried_in": float(payout.explanation["carried_in"]),
            "carried_out": float(payout.carried_out),
            "amount": float(payout.amount),
        }

    def _apply_computed(self, vals):
        """Write the computed values that changed.

        :return: the names of the changed fields
        """
        self.ensure_one()
        # The pay date may have been moved by hand; the plan only proposes it.
        changed = {
            name: value
            for name, value in vals.items()
            if name not in ("pay_date", "true_ups") and not self._same_value(name, value)
        }
        if changed:
            self.with_context(tracking_disable=True).write(changed)
        # Without a changed figure, two true-ups may still have taken the place of one.
        self.line_ids._sync_computed(self, vals)
        return list(changed)

    def _recompute(self):
        """Compute these drafts again from their own explanation, with the adjustments they have now."""
        for statement in trusted(self):
            true_ups = statement._sum_lines("true_up")
            adjustments = number_text(statement._adjustments() + true_ups)
            steps = {**statement.explanation["payout"], "adjustments": adjustments}
            result = replay(steps)
            explanation = {**statement.explanation, "payout": result.explanation}
            statement._apply_computed({**statement._prepare_payout_vals(result, true_ups), "explanation": explanation})

    def _same_value(self, name, value):
        field = self._fields[name]
        current = field.convert_to_write(self[name], self)
        if field.type == "monetary":
            return self.currency_id.compare_amounts(current, value) == 0
        return current == value or (not current and not value)

    def _withdraw(self):
        """Cancel drafts whose person is no longer covered, or has nothing any more that the plan pays by."""
        body = self.env._(
            "Withdrawn: the plan no longer covers this person and period, or what it pays by is open again."
        )
        self._message_log_batch(bodies=dict.fromkeys(self.ids, body))
        self.write({"state": "cancelled"})
