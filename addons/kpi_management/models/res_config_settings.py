from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kpi_line_limit = fields.Integer(related="company_id.kpi_line_limit", readonly=False)
    kpi_at_risk = fields.Float(related="company_id.kpi_at_risk", readonly=False)
