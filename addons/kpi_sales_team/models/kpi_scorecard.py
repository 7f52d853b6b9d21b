from odoo import api, models


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    _unique_subject = models.UniqueIndex(
        "(period_id, subject_type, company_id, COALESCE(department_id, 0), COALESCE(employee_id, 0),"
        " COALESCE(team_id, 0))",
        "This subject already has a scorecard for the period: open that one instead.",
    )

    @api.depends("team_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.model
    def _side_paths(self):
        """Override of `kpi_management`: whoever leads a sales team answers for its scorecard."""
        return {**super()._side_paths(), "team": ("team_id.user_id",)}
