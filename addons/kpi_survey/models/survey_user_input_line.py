from odoo import models
from odoo.tools import format_date, format_datetime, formatLang

from .rating_scale import rating_on_scale

# Questions that are answered by choosing; what is typed with them is a comment.
CHOICES = ("simple_choice", "multiple_choice", "matrix")


class SurveyUserInputLine(models.Model):
    """An answer to a question, as a rating or in words."""

    _inherit = "survey.user_input.line"

    def _kpi_is_comment(self):
        return self.answer_type == "char_box" and self.question_id.question_type in CHOICES

    def _kpi_rating(self):
        """The rating that the answer stands for: "1" to "5", "0" for "cannot say", False for none."""
        question = self.question_id
        if self.answer_type == "scale":
            return rating_on_scale(self.value_scale, question.scale_min, question.scale_max)
        if self.answer_type == "numerical_box":
            return rating_on_scale(
                self.value_numerical_box, question.validation_min_float_value, question.validation_max_float_value
            )
        return self.suggested_answer_id.kpi_rating

    def _kpi_words(self):
        """What these answers say in words, one to a line; False for nothing."""
        return "\n".join(filter(None, (each._kpi_word() for each in self))) or False

    def _kpi_word(self):
        if self.answer_type == "suggestion":
            chosen = self.suggested_answer_id.value_label
            return f"{self.matrix_row_id.value}: {chosen}" if self.matrix_row_id else chosen
        if self.answer_type == "numerical_box":
            digits = 0 if self.value_numerical_box.is_integer() else 2
            return formatLang(self.env, self.value_numerical_box, digits=digits)
        if self.answer_type == "date":
            return format_date(self.env, self.value_date)
        if self.answer_type == "datetime":
            return format_datetime(self.env, self.value_datetime, dt_format=False)
        return str(self._get_answer_value() or "") if self.answer_type != "scale" else str(self.value_scale)
