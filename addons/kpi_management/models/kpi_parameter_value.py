from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KpiParameterValue(models.Model):
    """What was chosen for a parameter: on a KPI as the default of its lines, or on one scorecard line."""

    _name = "kpi.parameter.value"
    _description = "KPI Parameter Value"
    _order = "parameter_id, id"
    _rec_name = "parameter_id"

    definition_id = fields.Many2one("kpi.definition", string="KPI", index="btree_not_null", ondelete="cascade")
    line_id = fields.Many2one("kpi.scorecard.line", index="btree_not_null", ondelete="cascade")
    parameter_id = fields.Many2one("kpi.parameter", required=True, ondelete="restrict")
    model_id = fields.Many2one(related="parameter_id.model_id")
    value_ref = fields.Reference(selection="_selection_model", string="Choice", required=True)
    value_name = fields.Char(compute="_compute_value_name", compute_sudo=True)

    _one_owner = models.Constraint(
        "CHECK((definition_id IS NULL) != (line_id IS NULL))",
        "A choice belongs to a KPI or to a scorecard line.",
    )
    _unique_line = models.UniqueIndex(
        "(line_id, parameter_id) WHERE line_id IS NOT NULL", "This parameter is chosen on the line already."
    )
    _unique_definition = models.UniqueIndex(
        "(definition_id, parameter_id) WHERE definition_id IS NOT NULL", "This parameter is chosen on the KPI already."
    )

    @api.model
    def _selection_model(self):
        # sudo: names of models only.
        models_ = self.env["kpi.parameter"].sudo().search([]).model_id
        return [(model.model, model.name) for model in models_]

    @api.depends("value_ref")
    def _compute_value_name(self):
        for value in self:
            value.value_name = value.value_ref.display_name if value.value_ref else False

    @api.model_create_multi
    def create(self, vals_list):
        values = super().create(vals_list)
        values.line_id._check_terms_open()
        values.line_id._check_once()
        return values

    def write(self, vals):
        self.line_id._check_terms_open()
        result = super().write(vals)
        self.line_id._check_terms_open()
        self.line_id._check_once()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self.line_id._check_terms_open()

    @api.depends("parameter_id.name", "value_name")
    def _compute_display_name(self):
        for value in self:
            value.display_name = f"{value.parameter_id.name}: {value.value_name or '–'}"

    @api.constrains("parameter_id", "value_ref")
    def _check_model(self):
        for value in self:
            if value.value_ref and value.value_ref._name != value.parameter_id.sudo().model_name:
                raise ValidationError(
                    self.env._(
                        "%(parameter)s is chosen among %(model)s.",
                        parameter=value.parameter_id.name,
                        model=value.parameter_id.sudo().model_id.name,
                    )
                )

    def _as_choices(self):
        """What is chosen, as a key: ((parameter id, record id), …), by parameter."""
        return tuple(sorted((value.parameter_id.id, value.value_ref.id) for value in self if value.value_ref))
