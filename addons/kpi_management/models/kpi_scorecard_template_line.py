from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .kpi_target_mixin import DIGITS, SCORING_FIELDS

TERM_FIELDS = ("weight", "target", *SCORING_FIELDS)


class KpiScorecardTemplateLine(models.Model):
    _name = "kpi.scorecard.template.line"
    _description = "Scorecard Template Line"
    _inherit = ["kpi.target.mixin"]
    _order = "template_id, sequence, id"
    _rec_name = "definition_id"

    template_id = fields.Many2one("kpi.scorecard.template", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    definition_id = fields.Many2one("kpi.definition", string="KPI", required=True, index=True, ondelete="restrict")
    objective_id = fields.Many2one(
        "kpi.objective",
        ondelete="set null",
        domain="[('company_id', '=', company_id)]",
        help="Goes onto scorecards whose period lies within the objective's dates.",
    )
    weight = fields.Float(required=True, digits=(16, 2), aggregator=None)
    target = fields.Float(digits=DIGITS, aggregator=None, help="The target of new scorecards, for a whole period.")
    parameter_value_ids = fields.One2many("kpi.parameter.value", "template_line_id", string="Choices", copy=True)
    unit = fields.Selection(related="definition_id.unit")
    direction = fields.Selection(related="definition_id.direction")
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="template_id.state")

    _weight_positive = models.Constraint("CHECK(weight >= 0)", "The weight of a KPI must not be negative.")

    @api.onchange("definition_id")
    def _onchange_definition_id(self):
        for line in self.filtered("definition_id"):
            line.update(self.env["kpi.scorecard.line"]._prepare_default_terms(line.definition_id))

    @api.constrains("objective_id")
    def _check_objective(self):
        for line in self:
            if line.objective_id and line.objective_id.sudo().company_id != line.company_id:
                raise ValidationError(self.env._("%s belongs to another company.", line.objective_id.sudo().name))

    @api.model_create_multi
    def create(self, vals_list):
        definitions = self.env["kpi.definition"].browse(
            {vals["definition_id"] for vals in vals_list if vals.get("definition_id")}
        )
        prepare = self.env["kpi.scorecard.line"]._prepare_default_terms
        defaults = {definition.id: prepare(definition) for definition in definitions}
        lines = super().create([{**defaults.get(vals.get("definition_id"), {}), **vals} for vals in vals_list])
        lines.template_id._check_draft()
        return lines

    def write(self, vals):
        self.template_id._check_draft()
        result = super().write(vals)
        self.template_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self.template_id._check_draft()

    def action_open(self):
        """Open scoring and choices."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_usable(self):
        """Every line can be scored, and none is there twice, or it says what is wrong.

        :raises ValidationError: in the user's language
        """
        seen = set()
        for line in self:
            if not line.definition_id.active:
                raise ValidationError(
                    self.env._("%s is archived: take it off, or take it out of the archive.", line.definition_id.name)
                )
            with line._refuse_unscorable(line.definition_id):
                line._prepare_target(line.definition_id.direction, line.target).check()
            chosen = dict((*line.definition_id.parameter_value_ids._as_choices(), *line._choices()))
            key = (line.template_id, line.definition_id, *sorted(chosen.items()))
            if key in seen:
                raise ValidationError(
                    self.env._("%s is there twice: change one of the two lines.", line.definition_id.name)
                )
            seen.add(key)

    def _choices(self):
        return self.parameter_value_ids._as_choices()
