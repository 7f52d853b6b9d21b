from odoo import models


class KpiReviewCycle(models.Model):
    _inherit = "kpi.review.cycle"

    def _check_ready(self):
        """Override of kpi_management: questionnaires that could not be filled in are found before they are sent."""
        result = super()._check_ready()
        templates = self.template_ids.filtered("active") or self.env["kpi.review.template"]._in_use(self.company_id)
        # sudo: a manager who launches for his team need not read surveys.
        for survey in templates.sudo().survey_id:
            survey._kpi_check_askable()
        return result
