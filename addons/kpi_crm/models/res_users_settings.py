from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    kpi_strip = fields.Selection(
        [("open", "Open"), ("folded", "Folded")],
        string="KPIs beside the pipeline",
        help="Unset: open, and folded on a phone.",
    )
    kpi_strip_period = fields.Char(string="Period beside the pipeline")
