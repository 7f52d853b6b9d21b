from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KpiMeasureParameter(models.Model):
    """Where a measure's records say which product category, analytic account or survey they belong to."""

    _name = "kpi.measure.parameter"
    _description = "Parameter of a Measure"
    _order = "measure_id, id"
    _rec_name = "parameter_id"

    measure_id = fields.Many2one("kpi.measure", required=True, index=True, ondelete="cascade")
    model_name = fields.Char(related="measure_id.model_name")
    parameter_id = fields.Many2one("kpi.parameter", required=True, ondelete="restrict")
    path = fields.Char(required=True, help="Way from a counted record to what is chosen.")
    required = fields.Boolean(help="Without a choice the KPI is in error; otherwise it counts all records.")

    _unique_parameter = models.UniqueIndex("(measure_id, parameter_id)", "The measure has this parameter already.")

    @api.constrains("measure_id", "parameter_id", "path")
    def _check_path(self):
        for record in self:
            field = record.measure_id._path_field(record.path) if record.measure_id.model_name else None
            if field is None or field.comodel_name != record.parameter_id.model_name:
                raise ValidationError(
                    self.env._(
                        "%(measure)s: “%(path)s” does not lead to %(model)s.",
                        measure=record.measure_id.name,
                        path=record.path,
                        model=record.parameter_id.model_id.name,
                    )
                )
