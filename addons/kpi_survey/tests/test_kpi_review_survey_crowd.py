from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.models.guard import as_system
from odoo.addons.kpi_management.tests.crowd import make_crowd

from .survey_review_case import SurveyReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewSurveyCrowd(SurveyReviewCase):
    """The answers of a thousand raters are taken away as those of ten."""

    def counted(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def ask_crowd(self, size):
        """That many people who have answered about themselves in the survey; their drafts."""
        department = self.make_department(f"Crowd {size}")
        make_crowd(self.binh, size, departments=department)
        cycle = self.cycle.copy({"department_ids": [(6, 0, department.ids)]})
        cycle.action_launch()
        rows = as_system(cycle).review_ids.mapped("id")
        feedback = as_system(self.env["kpi.review.feedback"]).search([("review_id", "in", rows), ("side", "=", "self")])
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO kpi_review_draft (feedback_id, template_line_id, user_id)"
            " SELECT f.id, %s, f.user_id FROM kpi_review_feedback f WHERE f.id IN %s",
            [self.line(self.care_question).id, feedback._ids],
        )
        self.env.cr.execute(
            "INSERT INTO survey_user_input (survey_id, state, access_token, kpi_feedback_id, test_entry)"
            " SELECT %s, 'done', 't' || f.id, f.id, FALSE FROM kpi_review_feedback f WHERE f.id IN %s",
            [self.survey.id, feedback._ids],
        )
        self.env.invalidate_all(flush=False)
        return feedback

    def test_thousands_of_surveys_go_with_their_drafts(self):
        few, many = self.ask_crowd(10), self.ask_crowd(1000)
        counts = []
        for feedback in (few, many):
            counts.append(self.counted(lambda feedback=feedback: feedback.draft_ids.unlink()))
            self.assertFalse(self.survey_input(feedback))
        self.assertLess(counts[1] - counts[0], 15, counts)
        self.assertLess(counts[0], 60, counts)

    def test_a_long_questionnaire_is_handed_in_at_once(self):
        counts = []
        for size in (3, 30):
            survey = self.make_survey(title=f"{size} questions")
            self.env["survey.question"].create(
                [
                    {
                        "survey_id": survey.id,
                        "title": f"Question {number}",
                        "question_type": "scale",
                        "kpi_competency_id": self.care.id,
                        "sequence": 90,
                    }
                    for number in range(size)
                ]
            )
            template = self.template.copy({"survey_id": survey.id})
            cycle = self.cycle.copy({"template_ids": [(6, 0, template.ids)]})
            cycle.action_launch()
            row = self.asked(self.binh, "self", self.binh_user, cycle=cycle)
            row.action_fill()
            given = self.survey_input(row)
            for question in given.predefined_question_ids:
                given._save_lines(question, "4")
            given._mark_done()
            counts.append(self.counted(given._kpi_hand_in))
            self.assertEqual(row.state, "done")
        self.assertLess(counts[1] - counts[0], 5, counts)
