from odoo import models


class SurveyQuestion(models.Model):
    """The lines of a review template that a question becomes."""

    _inherit = "survey.question"

    def _kpi_lines(self):
        """Values of the template lines that these questions ask, in order.

        A question is one line: a rating of its competency or, without one, words. A matrix that rates is a line per
        row, and one more for its comment.
        """
        lines = [vals for question in self.sorted() for vals in question._kpi_question_lines()]
        return [{**vals, "sequence": place * 10} for place, vals in enumerate(lines, start=1)]

    def _kpi_question_lines(self):
        self.ensure_one()
        if self.question_type != "matrix" or not self._kpi_rates():
            return [self._kpi_line(self.kpi_competency_id, self.title)]
        lines = [
            self._kpi_line(row.kpi_competency_id or self.kpi_competency_id, row.value, survey_row_id=row.id)
            for row in self.matrix_row_ids
        ]
        if self.comments_allowed:
            lines.append(self._kpi_line(self.kpi_competency_id.browse(), self.title, survey_comment=True))
        return lines

    def _kpi_line(self, competency, words, **vals):
        """Values of one line.

        :param competency: kpi.competency that is rated, none for words
        :param str words: what is asked
        """
        return {
            "kind": "competency" if competency else "text",
            "competency_id": competency.id,
            "question": words,
            "weight": self.kpi_weight if competency else 0,
            "survey_question_id": self.id,
            "survey_row_id": False,
            "survey_comment": False,
            **self._kpi_sides(),
            **vals,
        }

    def _kpi_anchors(self):
        """What somebody at each rating does, the best first; none where the answers are no ratings themselves."""
        same_steps = self.question_type == "scale" and (self.scale_min, self.scale_max) == (1, 5)
        if not self.kpi_competency_id or not (same_steps or self.question_type == "simple_choice"):
            return self.kpi_competency_id.anchor_ids.browse()
        return self.kpi_competency_id.anchor_ids.sorted("rating", reverse=True)
