from odoo import api, models


class KpiMeasurement(models.Model):
    _inherit = "kpi.measurement"

    _unique_figure = models.UniqueIndex(
        "(measure_id, period_id, subject_type, company_id, COALESCE(department_id, 0), COALESCE(employee_id, 0),"
        " COALESCE(team_id, 0))",
        "This figure was entered already for this period and subject: change that record instead.",
    )

    @api.depends("team_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()
