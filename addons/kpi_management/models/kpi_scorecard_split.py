from odoo import api, fields, models


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    split_warning = fields.Text(compute="_compute_split_warning", compute_sudo=True, string="What does not add up")

    has_parts = fields.Boolean(compute="_compute_has_parts", compute_sudo=True, help="A target of it is split.")

    @api.depends("line_ids.part_count")
    def _compute_has_parts(self):
        for card in self:
            card.has_parts = any(card.line_ids.mapped("part_count"))

    @api.depends_context("lang")
    @api.depends("line_ids.split_warning")
    def _compute_split_warning(self):
        for card in self:
            lines = card.line_ids.filtered("split_warning")
            texts = (f"{line.display_name}: {line.split_warning}" for line in lines)
            card.split_warning = "\n".join(texts) or False

    @api.constrains(lambda self: ("period_id", "subject_type", *set(self._subject_fields().values())))
    def _check_parent_lines(self):
        self.line_ids._check_parent_line()


class KpiParameterValue(models.Model):
    """A part counts what the whole counts: their choices stay the same."""

    _inherit = "kpi.parameter.value"

    @api.model_create_multi
    def create(self, vals_list):
        values = super().create(vals_list)
        values.line_id._check_parent_line()
        return values

    def write(self, vals):
        result = super().write(vals)
        self.line_id._check_parent_line()
        return result

    def unlink(self):
        lines = self.line_id
        result = super().unlink()
        lines.exists()._check_parent_line()
        return result
