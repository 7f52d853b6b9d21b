from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.kpi_objective_smart import POINTS


class KpiObjectiveAnswer(models.TransientModel):
    """Asks for what a step of an objective's agreement needs besides a click: other figures, or a reason."""

    _name = "kpi.objective.answer"
    _description = "Answer to an Objective"

    objective_id = fields.Many2one("kpi.objective", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("counter", "Offer other targets"),
            ("return", "Send back"),
            ("draft", "Take back to draft"),
            ("cancel", "Cancel the objective"),
            ("waive", "Waive a SMART point"),
            ("report", "Report a figure"),
        ],
        required=True,
        readonly=True,
    )
    note = fields.Char(string="Why")
    point = fields.Selection(POINTS)
    key_result_id = fields.Many2one("kpi.objective.key.result", readonly=True, ondelete="cascade")
    unit = fields.Selection(related="key_result_id.unit")
    currency_id = fields.Many2one(related="objective_id.currency_id")
    value = fields.Float(string="Now", digits=(20, 4))
    line_ids = fields.One2many("kpi.objective.answer.line", "answer_id", string="Targets")

    @api.model
    def default_get(self, fields_list):
        """A counter-proposal begins with the figures on offer."""
        values = super().default_get(fields_list)
        if values.get("kind") == "counter" and values.get("objective_id"):
            results = self.env["kpi.objective"].browse(values["objective_id"]).key_result_ids
            values["line_ids"] = [
                Command.create({"key_result_id": result.id, "target": result.counter_target}) for result in results
            ]
        return values

    def action_confirm(self):
        """Take the step with what was given."""
        self.ensure_one()
        getattr(self, f"_confirm_{self.kind}")()
        return {"type": "ir.actions.act_window_close"}

    def _confirm_counter(self):
        targets = {line.key_result_id.id: line.target for line in self.line_ids}
        self.objective_id.action_counter(targets, self.note)

    def _confirm_return(self):
        self.objective_id.action_return(self.note)

    def _confirm_draft(self):
        self.objective_id.action_draft(self.note)

    def _confirm_cancel(self):
        self.objective_id.action_cancel(self.note)

    def _confirm_waive(self):
        if not self.point:
            raise UserError(self.env._("Choose the point to waive."))
        self.objective_id.action_waive(self.point, self.note)

    def _confirm_report(self):
        self.key_result_id.check_in(self.value, self.note)


class KpiObjectiveAnswerLine(models.TransientModel):
    _name = "kpi.objective.answer.line"
    _description = "Target in a Counter-proposal"

    answer_id = fields.Many2one("kpi.objective.answer", required=True, ondelete="cascade")
    key_result_id = fields.Many2one("kpi.objective.key.result", required=True, readonly=True, ondelete="cascade")
    unit = fields.Selection(related="key_result_id.unit")
    currency_id = fields.Many2one(related="key_result_id.currency_id")
    offered = fields.Float(related="key_result_id.counter_target", string="On offer")
    target = fields.Float(string="Instead", digits=(20, 4))


class KpiObjective(models.Model):
    _inherit = "kpi.objective"

    def action_ask(self):
        """Ask for what a step needs; the button's context names it by ``default_kind``."""
        self.ensure_one()
        return self._ask({"default_kind": self.env.context.get("default_kind")})

    def _ask(self, context):
        kinds = dict(self.env["kpi.objective.answer"]._fields["kind"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": kinds.get(context["default_kind"], self.name),
            "res_model": "kpi.objective.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {**context, "default_objective_id": self.id},
        }


class KpiObjectiveKeyResult(models.Model):
    _inherit = "kpi.objective.key.result"

    def action_report(self):
        """Ask where a key result stands that no KPI measures."""
        self.ensure_one()
        context = {"default_kind": "report", "default_key_result_id": self.id, "default_value": self.current}
        return self.objective_id._ask(context)
