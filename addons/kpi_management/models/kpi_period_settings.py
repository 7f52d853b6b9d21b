from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    kpi_change_in_review = fields.Boolean(
        string="Change targets during review",
        help="Whether target changes may still be requested and approved while a period is being reviewed.",
    )
    kpi_late_periods = fields.Integer(
        string="Watch closed periods",
        default=3,
        help="So many of the last closed weeks, months, quarters… are measured again each night to show late data. "
        "0: none.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kpi_change_in_review = fields.Boolean(related="company_id.kpi_change_in_review", readonly=False)
    kpi_late_periods = fields.Integer(related="company_id.kpi_late_periods", readonly=False)
