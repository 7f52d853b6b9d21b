from odoo import api, models


class KpiPersonalData(models.AbstractModel):
    """What raters still write about the person into a survey."""

    _inherit = "kpi.personal.data"

    @api.model
    def _forget_more(self, employee, found):
        lines = super()._forget_more(employee, found)
        asked = found.get("kpi.review.feedback", self.env["kpi.review.feedback"])
        if given := self.env["survey.user_input"].search([("kpi_feedback_id", "in", asked.ids)]):
            lines.append(self._counted(given))
            given.unlink()
        return lines
