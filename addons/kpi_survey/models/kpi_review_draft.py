from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.kpi_management.models.guard import as_system, is_trusted


class KpiReviewDraft(models.Model):
    """Answers that come from a questionnaire."""

    _inherit = "kpi.review.draft"

    def write(self, vals):
        # sudo: whether there is a questionnaire is asked, no more.
        if not is_trusted(self.env) and any(feedback.by_survey for feedback in self.feedback_id.sudo()):
            raise AccessError(self.env._("Answer in the questionnaire: it fills in what is read here."))
        return super().write(vals)

    def unlink(self):
        """Override: what was written into a questionnaire goes with the drafts, when they are shown or not wanted."""
        # as_system: nobody sees these answers; whoever may delete the drafts deletes them.
        inputs = as_system(self.env["survey.user_input"]).search([("kpi_feedback_id", "in", self.feedback_id.ids)])
        result = super().unlink()
        inputs.unlink()
        return result
