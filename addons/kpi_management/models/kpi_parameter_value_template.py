from odoo import api, fields, models


class KpiParameterValue(models.Model):
    """Choices on the line of a template, which go onto the scorecards made from it."""

    _inherit = "kpi.parameter.value"

    template_line_id = fields.Many2one("kpi.scorecard.template.line", index="btree_not_null", ondelete="cascade")

    _one_owner = models.Constraint(
        "CHECK(num_nonnulls(definition_id, line_id, template_line_id) = 1)",
        "A choice belongs to a KPI, to a scorecard line or to a template.",
    )
    _unique_template_line = models.UniqueIndex(
        "(template_line_id, parameter_id) WHERE template_line_id IS NOT NULL",
        "This parameter is chosen on the line already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        values = super().create(vals_list)
        values.template_line_id.template_id._check_draft()
        return values

    def write(self, vals):
        self.template_line_id.template_id._check_draft()
        result = super().write(vals)
        self.template_line_id.template_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_template_in_use(self):
        self.template_line_id.template_id._check_draft()

    def _copied(self):
        """These choices as commands for a new line."""
        return [
            fields.Command.create(
                {"parameter_id": value.parameter_id.id, "value_ref": f"{value.value_ref._name},{value.value_ref.id}"}
            )
            for value in self
            if value.value_ref
        ]
