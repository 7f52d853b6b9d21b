from odoo import api, fields, models

# Weights have two decimals: what differs by less comes from adding up floats.
HALF_A_HUNDREDTH = 0.005


class KpiWeightsMixin(models.AbstractModel):
    """KPIs with weights that make 100: the lines of a scorecard and those of a template (``line_ids``)."""

    _name = "kpi.weights.mixin"
    _description = "Weighted KPIs"

    weight_total = fields.Float(compute="_compute_weight_total", digits=(16, 2), string="Total weight")
    line_warning = fields.Char(compute="_compute_line_warning")

    @api.depends("line_ids.weight")
    def _compute_weight_total(self):
        for record in self:
            record.weight_total = sum(record.line_ids.mapped("weight"))

    @api.depends("line_ids", "company_id.kpi_line_limit")
    def _compute_line_warning(self):
        for record in self:
            limit = record.company_id.kpi_line_limit
            too_many = bool(limit) and len(record.line_ids) > limit
            record.line_warning = too_many and self.env._(
                "%(count)s KPIs on one scorecard: people follow %(limit)s at most.",
                count=len(record.line_ids),
                limit=limit,
            )

    def _weights_problem(self):
        """Why these KPIs cannot be agreed, as a sentence: none are there, or their weights do not make 100."""
        self.ensure_one()
        if not self.line_ids:
            return self.env._("%s has no KPI yet. Add at least one.", self.display_name)
        if not makes_whole(self.weight_total):
            return self.env._(
                "The weights of %(card)s add up to %(total)s instead of 100. Adjust them.",
                card=self.display_name,
                total=round(self.weight_total, 2),
            )
        return ""


def makes_whole(total):
    """Whether weights of this sum make 100."""
    return abs(total - 100) <= HALF_A_HUNDREDTH
