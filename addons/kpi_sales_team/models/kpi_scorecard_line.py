from odoo import fields, models


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    team_id = fields.Many2one(related="scorecard_id.team_id", store=True)
