from odoo import api, models
from odoo.fields import Domain

# Scorecards that count: agreed on, and not history yet.
RUNNING = ("agreed", "running", "review")


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
    def _running_domain(self, company):
        """The domain of the scorecards that run today, on the clock of a company."""
        today = company._kpi_today()
        return Domain("state", "in", RUNNING) & Domain("date_start", "<=", today) & Domain("date_end", ">=", today)

    @api.model
    def _side_paths(self):
        """Override of `kpi_management`: whoever leads a sales team answers for its scorecard."""
        return {**super()._side_paths(), "team": ("team_id.user_id",)}
