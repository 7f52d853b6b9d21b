from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    kpi_line_limit = fields.Integer(
        string="KPIs per scorecard", default=7, help="More KPIs than this on one scorecard draw a warning."
    )
    kpi_at_risk = fields.Float(
        string="At risk from (%)",
        default=80.0,
        help="A KPI whose forecast attainment is below 100 % is at risk down to this attainment, and behind below it.",
    )
