from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.kpi_management.engine import SIDES
from odoo.addons.kpi_management.models.kpi_rating_level import RATINGS
from odoo.addons.kpi_management.models.kpi_review_draft import CANNOT_SAY

from .survey_survey import REVIEW

# What may change although people were asked already: neither what was asked, nor what an answer counts as.
HARMLESS = {"sequence", "question_placeholder", "background_image", "constr_error_msg", "validation_error_msg"}
# Which kinds of questions can be answered with a rating.
RATED_TYPES = ("scale", "simple_choice", "matrix", "numerical_box")


class SurveyQuestion(models.Model):
    """Questions of reviews: which competency they rate, and who is asked."""

    _inherit = "survey.question"

    kpi_survey_type = fields.Selection(related="survey_id.survey_type", string="Survey Type (KPI)")
    kpi_competency_id = fields.Many2one(
        "kpi.competency",
        string="Competency",
        ondelete="restrict",
        index="btree_not_null",
        help="What the answer rates. Empty: the answer is shown as words.",
    )
    kpi_weight = fields.Float(
        string="Weight of the Rating",
        default=1,
        digits=(16, 2),
        help="How much the rating counts among the others of the questionnaire; 0: not at all.",
    )
    kpi_for_self = fields.Boolean(string="Ask the Person", default=True)
    kpi_for_manager = fields.Boolean(string="Ask the Manager", default=True)
    kpi_for_peer = fields.Boolean(string="Ask Colleagues", default=True)
    kpi_for_upward = fields.Boolean(string="Ask the Team", default=True)
    kpi_for_external = fields.Boolean(string="Ask External Raters")

    _kpi_weight_positive = models.Constraint("CHECK(kpi_weight >= 0)", "A weight is 0 or more.")

    @api.constrains("save_as_email", "save_as_nickname", "survey_id")
    def _check_kpi_no_names(self):
        for question in self:
            if question._kpi_is_review() and (question.save_as_email or question.save_as_nickname):
                raise ValidationError(
                    self.env._("“%s” must not be kept as who answers: a review knows its raters.", question.title)
                )

    @api.constrains(
        "kpi_competency_id",
        "question_type",
        "matrix_subtype",
        "suggested_answer_ids",
        "matrix_row_ids",
        "validation_required",
        "validation_min_float_value",
        "validation_max_float_value",
        "survey_id",
    )
    def _check_kpi_rating(self):
        """What rates a competency has to lead to a rating from 1 to 5."""
        for question in self.filtered(lambda question: question._kpi_is_review() and question._kpi_rates()):
            if message := question._kpi_rating_problem():
                raise ValidationError(message)

    @api.onchange("kpi_competency_id", "question_type", "suggested_answer_ids")
    def _onchange_kpi_competency_id(self):
        """Five answers without ratings: the first is most likely the worst; to be seen and changed on the form."""
        answers = self.suggested_answer_ids
        if self._kpi_rates() and len(answers) == len(RATINGS) and not any(answers.mapped("kpi_rating")):
            for answer, (rating, _name) in zip(answers, RATINGS, strict=True):
                answer.kpi_rating = rating

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions.survey_id._kpi_check_unused()
        questions.survey_id._kpi_sync()
        return questions

    def write(self, vals):
        if vals.keys() - HARMLESS:
            self.survey_id._kpi_check_unused()
        surveys = self.survey_id
        result = super().write(vals)
        if "survey_id" in vals:
            self.survey_id._kpi_check_unused()
        (surveys | self.survey_id)._kpi_sync()
        return result

    def unlink(self):
        """Override: the lines of review templates go with their question."""
        self.survey_id._kpi_check_unused()
        surveys = self.survey_id
        result = super().unlink()
        surveys._kpi_sync()
        return result

    def _kpi_is_review(self):
        return self.survey_id.survey_type == REVIEW

    def _kpi_rates(self):
        """Whether the answer is a rating of some competency."""
        return bool(
            self.kpi_competency_id or (self.question_type == "matrix" and self.matrix_row_ids.kpi_competency_id)
        )

    def _kpi_rating_problem(self):
        """Why the answers could not be understood as ratings, or nothing."""
        if self.question_type not in RATED_TYPES:
            return self.env._(
                "“%s” cannot rate a competency: ask for a scale, one choice, a matrix or a number.", self.title
            )
        if self.question_type == "matrix" and self.matrix_subtype == "multiple":
            return self.env._("“%s” rates competencies: allow one choice per row.", self.title)
        if self.question_type == "numerical_box" and not (
            self.validation_required and self.validation_min_float_value < self.validation_max_float_value
        ):
            return self.env._("Give “%s” limits in its options: the worst and the best number.", self.title)
        if self.question_type in ("simple_choice", "matrix"):
            if not self.suggested_answer_ids:
                return self.env._("Give “%s” answers to choose from.", self.title)
            if missing := self.suggested_answer_ids.filtered(lambda answer: not answer.kpi_rating):
                return self.env._(
                    "Say which rating from 1 to 5 the answer “%(answer)s” of “%(question)s” stands for.",
                    answer=missing[0].value_label,
                    question=self.title,
                )
        return None

    def _kpi_sides(self):
        """{field of the template line: asked or not}"""
        return {f"for_{side}": self[f"kpi_for_{side}"] for side in SIDES}


class SurveyQuestionAnswer(models.Model):
    """What an answer counts as, and what a row of a matrix rates."""

    _inherit = "survey.question.answer"

    kpi_rating = fields.Selection([*RATINGS, CANNOT_SAY], string="Rating", help="5 is the best.")
    kpi_competency_id = fields.Many2one(
        "kpi.competency",
        string="Competency",
        ondelete="restrict",
        index="btree_not_null",
        help="What the row rates. Empty: the competency of the question.",
    )

    @api.constrains("kpi_rating", "kpi_competency_id", "question_id")
    def _check_kpi_rating(self):
        (self.question_id | self.matrix_question_id)._check_kpi_rating()

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._kpi_surveys()._kpi_check_unused()
        answers._kpi_surveys()._kpi_sync()
        return answers

    def write(self, vals):
        surveys = self._kpi_surveys()
        if vals.keys() - {"sequence"}:
            surveys._kpi_check_unused()
        result = super().write(vals)
        (surveys | self._kpi_surveys())._kpi_sync()
        return result

    def unlink(self):
        """Override: the line of a review template goes with its row."""
        surveys = self._kpi_surveys()
        surveys._kpi_check_unused()
        result = super().unlink()
        surveys._kpi_sync()
        return result

    def _kpi_surveys(self):
        return self.question_id.survey_id | self.matrix_question_id.survey_id
