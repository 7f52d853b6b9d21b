from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

REVIEW = "kpi_review"
# What a questionnaire of reviews is always: raters come by their own link, may go back and go on later, and nothing is
# a test. Who answers is known by the review, so that nothing in the survey needs to say it.
SETTINGS = {
    "access_mode": "token",
    "users_login_required": False,
    "users_can_go_back": True,
    "questions_selection": "all",
    "scoring_type": "no_scoring",
    "certification": False,
    "is_time_limited": False,
    "is_attempts_limited": False,
    "session_state": False,
}


class SurveySurvey(models.Model):
    """Questionnaires of reviews: their answers are seen in the reviews, and nowhere else."""

    _inherit = "survey.survey"

    survey_type = fields.Selection(selection_add=[(REVIEW, "Review")], ondelete={REVIEW: "set default"})
    kpi_template_ids = fields.One2many("kpi.review.template", "survey_id", string="Review Templates")
    kpi_is_used = fields.Boolean(compute="_compute_kpi_is_used", help="Reviews were made with it: its questions stay.")

    @api.depends("survey_type")
    @api.depends_context("uid")
    def _compute_allowed_survey_types(self):
        """Override: KPI officers make questionnaires of reviews, those responsible for surveys all kinds."""
        result = super()._compute_allowed_survey_types()
        if self.env.user.has_groups("kpi_management.group_kpi_officer,survey.group_survey_user"):
            self.allowed_survey_types = [*(self.allowed_survey_types or []), REVIEW]
        return result

    @api.depends("user_input_ids.survey_id", "survey_type")
    def _compute_answer_duration_avg(self):
        """Override: Odoo reads it past all rules, and with it when somebody answered a review."""
        reviews = self.filtered(lambda survey: survey.survey_type == REVIEW)
        reviews.answer_duration_avg = 0
        return super(SurveySurvey, self - reviews)._compute_answer_duration_avg()

    @api.depends("kpi_template_ids")
    def _compute_kpi_is_used(self):
        # sudo: only whether there are any is asked, in whichever company.
        used = self.sudo().with_context(active_test=False).kpi_template_ids.filtered("is_used").survey_id
        for survey in self:
            survey.kpi_is_used = survey._origin in used

    @api.constrains("survey_type")
    def _check_kpi_survey_type(self):
        # sudo: see _compute_kpi_is_used
        chosen = self.sudo().with_context(active_test=False).filtered("kpi_template_ids")
        if wrong := chosen.filtered(lambda survey: survey.survey_type != REVIEW):
            raise ValidationError(
                self.env._(
                    "“%(survey)s” is the questionnaire of the review template “%(template)s”: it stays one for reviews.",
                    survey=wrong[0].title,
                    template=wrong[0].kpi_template_ids[0].name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        surveys = super().create(vals_list)
        surveys._kpi_settle()
        return surveys

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"survey_type", *SETTINGS}:
            self._kpi_settle()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kpi_template(self):
        # sudo: see _compute_kpi_is_used
        if templates := self.sudo().with_context(active_test=False).kpi_template_ids:
            raise UserError(
                self.env._(
                    "The review template “%s” asks with this questionnaire. Choose another one there first.",
                    templates[0].name,
                )
            )

    def action_send_survey(self):
        """Override: who answers a review is asked by the review.

        :raises UserError: for questionnaires of reviews
        """
        if any(survey.survey_type == REVIEW for survey in self):
            raise UserError(
                self.env._("Choose the questionnaire in a review template: the review then asks everybody concerned.")
            )
        return super().action_send_survey()

    def action_result_survey(self):
        """Override: what was answered in a review is shown there.

        :raises UserError: for questionnaires of reviews
        """
        if any(survey.survey_type == REVIEW for survey in self):
            raise UserError(self.env._("What was answered is shown in the reviews, once it may be seen."))
        return super().action_result_survey()

    def _kpi_settle(self):
        """Give questionnaires of reviews the settings that they always have."""
        for survey in self.filtered(lambda survey: survey.survey_type == REVIEW):
            if wrong := {name: value for name, value in SETTINGS.items() if survey[name] != value}:
                survey.write(wrong)

    def _kpi_sync(self):
        """Bring the lines of the review templates in line with the questions, as far as no review was made yet."""
        if self:
            # sudo: whoever writes the questions need not be a KPI officer; the lines just follow them.
            templates = self.sudo().with_context(active_test=False).kpi_template_ids
            templates.filtered(lambda template: not template.is_used)._sync_survey_lines()

    def _kpi_check_unused(self):
        if used := self.filtered("kpi_is_used"):
            raise UserError(
                self.env._(
                    "Reviews were made with “%s”, so its questions stay. Duplicate it, change the copy and choose that "
                    "in a copy of the review template.",
                    used[0].title,
                )
            )

    def _kpi_check_askable(self):
        """Whether all questions can be shown.

        :raises ValidationError: naming what would never be seen
        """
        self.ensure_one()
        if not self.question_ids:
            raise ValidationError(self.env._("“%s” has no questions yet.", self.title))
        if self.questions_layout != "page_per_section":
            return
        if alone := self.question_ids.filtered(lambda question: not question.page_id):
            raise ValidationError(
                self.env._(
                    "“%(survey)s” shows one page per section, but “%(question)s” is in none: move it below a section, "
                    "or choose another pagination.",
                    survey=self.title,
                    question=alone[0].title,
                )
            )

    def _get_pages_or_questions(self, user_input):
        """Override: of a review's questionnaire only what the rater's side is asked."""
        found = super()._get_pages_or_questions(user_input)
        # sudo: the link to the review is closed to everybody.
        if not user_input.sudo().kpi_feedback_id:
            return found
        asked = user_input.predefined_question_ids
        return found.filtered(
            lambda each: each in asked or (each.is_page and (not each.question_ids or each.question_ids & asked))
        )
