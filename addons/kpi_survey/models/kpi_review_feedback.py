from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.kpi_management.models.guard import as_system


class KpiReviewFeedback(models.Model):
    """Raters who answer in a survey."""

    _inherit = "kpi.review.feedback"

    by_survey = fields.Boolean(compute="_compute_by_survey", compute_sudo=True)

    @api.depends("review_id.template_id.survey_id")
    def _compute_by_survey(self):
        for feedback in self:
            feedback.by_survey = bool(feedback.review_id.template_id.survey_id)

    def action_fill(self):
        """Override of kpi_management: open the survey where one is asked and still to be answered."""
        form = super().action_fill()
        if not self.by_survey or not self._is_open() or self.state == "done":
            return form
        return {"type": "ir.actions.act_url", "url": self._survey_url(), "target": "self"}

    def action_take_back(self):
        """Override of kpi_management: the survey starts again from its first page, with what was answered."""
        given = self.filtered(lambda feedback: feedback.state == "done")
        result = super().action_take_back()
        given._survey_inputs().write(
            {"state": "in_progress", "last_displayed_page_id": False, "survey_first_submitted": False}
        )
        return result

    def _check_complete(self):
        """Override of kpi_management: what has to be answered is said by the survey."""
        # sudo: see kpi_management; by_survey of a row that is the user's own.
        if not self.by_survey:
            return super()._check_complete()
        given = self._survey_inputs()
        if given.state != "done":
            raise UserError(self.env._("Answer the questionnaire to its end first."))
        if missing := given._kpi_missing():
            raise UserError(self.env._("Answer “%s” before you give your answers.", missing[0].title))
        return None

    def _take_form(self, form):
        """Override of kpi_management: what a survey asks is not typed on the page of the link."""
        return None if self.by_survey else super()._take_form(form)

    # ---------------------------------------------------------------- the survey

    def _survey_inputs(self):
        """What the raters have written into the survey so far, with the system's mark."""
        return as_system(self.env["survey.user_input"]).search([("kpi_feedback_id", "in", self.ids)])

    def _survey_url(self):
        """Where the rater answers; the first time the survey is laid out."""
        self.ensure_one()
        given = self._survey_inputs()
        # as_system: neither who made it nor a message says whose it is.
        given = given or given.create(as_system(self)._prepare_survey_input())
        return given.get_start_url()

    def _survey_leave_url(self):
        """Where the rater comes from, and may decline: the list of what waits, or the page of the link."""
        self.ensure_one()
        if self.user_id:
            return f"/odoo/kpi-to-answer/{self.id}"
        # sudo: called by the page of the survey, which only the rater sees.
        return f"/kpi/feedback/{self.id}/{self.sudo().access_token}"

    def _prepare_survey_input(self):
        template = self.review_id.template_id
        survey = template.survey_id
        lang = self.user_id.lang
        spoken = lang if lang in survey._get_supported_lang_codes() else False
        return {
            "survey_id": survey.id,
            "kpi_feedback_id": self.id,
            "lang_id": spoken and self.env["res.lang"]._lang_get(spoken).id,
            "predefined_question_ids": [Command.set(template._asked(self.side).survey_question_id.ids)],
        }
