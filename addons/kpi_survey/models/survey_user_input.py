from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.kpi_management.models.guard import as_system, is_trusted

from .survey_survey import REVIEW


class SurveyUserInput(models.Model):
    """What a rater writes into a questionnaire, until it is shown in the review.

    A rule hides it from everybody, the rater included, who fills it in by its link; it carries neither name nor
    address, and goes with the drafts when they become answers.
    """

    _inherit = "survey.user_input"

    kpi_feedback_id = fields.Many2one(
        "kpi.review.feedback",
        string="Assessment",
        readonly=True,
        copy=False,
        groups=".",
        ondelete="cascade",
    )

    _kpi_unique_feedback = models.UniqueIndex("(kpi_feedback_id) WHERE kpi_feedback_id IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        inputs = super().create(vals_list)
        if not is_trusted(self.env):
            inputs._kpi_check_test()
        return inputs

    def _kpi_check_test(self):
        """Nobody fills in a questionnaire of reviews that no review asks: it would be lost."""
        for each in self:
            if each.survey_id.survey_type == REVIEW and not each.test_entry:
                raise UserError(self.env._("“%s” is asked by reviews alone.", each.survey_id.title))

    def _notify_new_participation_subscribers(self):
        """Override: nobody is told that, or when, somebody answered a review."""
        # sudo: the link to the review is closed to everybody.
        others = self.filtered(lambda each: not each.sudo().kpi_feedback_id)
        return super(SurveyUserInput, others)._notify_new_participation_subscribers()

    def _get_print_questions(self):
        """Override: one's own answers, of what one's side is asked."""
        questions = super()._get_print_questions()
        # sudo: see _notify_new_participation_subscribers
        return questions & self.predefined_question_ids if self.sudo().kpi_feedback_id else questions

    def _kpi_hand_in(self):
        """Give the answers of a questionnaire filled in to its end to the review; for the page of the survey alone."""
        feedback = as_system(self.kpi_feedback_id)
        feedback._begin()
        # Reads at once what would be read anew for each answer.
        self.user_input_line_ids.question_id.mapped("question_type")
        self.user_input_line_ids.suggested_answer_id.mapped("kpi_rating")
        for draft in feedback.draft_ids:
            draft.write(self._kpi_values(draft.template_line_id))
        feedback.action_submit()

    def _kpi_missing(self):
        """The questions that have to be answered and are not; the survey's own check believes the browser."""
        answered = self.user_input_line_ids.filtered(lambda line: not line.skipped).question_id
        asked = self.predefined_question_ids - self._get_inactive_conditional_questions()
        return asked.filtered("constr_mandatory") - answered

    def _kpi_values(self, line):
        """What was answered to a line of the review template.

        :param line: kpi.review.template.line
        :return: {"rating": "0" to "5" or False, "text": words or False}
        """
        question = line.survey_question_id
        given = self.user_input_line_ids.filtered(lambda each: each.question_id == question and not each.skipped)
        comments = given.filtered(lambda each: each._kpi_is_comment())
        chosen = given - comments
        if line.survey_row_id:
            chosen = chosen.filtered(lambda each: each.matrix_row_id == line.survey_row_id)
            comments = comments.browse()
        if line.survey_comment:
            chosen = chosen.browse()
        if line.kind == "competency":
            rating = next((each._kpi_rating() for each in chosen), False)
            return {"rating": rating, "text": comments._kpi_words()}
        return {"rating": False, "text": (chosen | comments)._kpi_words()}
