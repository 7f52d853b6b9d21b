from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    kpi_joiner_scorecards = fields.Boolean(
        string="Scorecards for joiners",
        help="Every night whoever joined after a period began gets a pro rata scorecard in draft from the template "
        "that fits.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kpi_joiner_scorecards = fields.Boolean(related="company_id.kpi_joiner_scorecards", readonly=False)
