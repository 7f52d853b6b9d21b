from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .survey_review_case import SurveyReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewSurvey(SurveyReviewCase):
    """What is answered in a survey counts in the review as if it had been answered there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.care_question.with_context(lang="vi_VN").title = "Gọi lại cho khách hàng"
        cls.cycle.action_launch()

    def test_a_rater_is_led_to_the_survey_and_goes_on_where_he_stopped(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        action = row.action_fill()
        self.assertEqual((action["type"], row.state), ("ir.actions.act_url", "started"))
        given = self.survey_input(row)
        self.assertIn(given.access_token, action["url"])
        self.assertEqual(row.action_fill()["url"], action["url"])
        self.assertEqual(self.survey_input(row), given)

    def test_each_side_is_asked_its_own_questions(self):
        self.an_review = self.review(self.binh, user=self.an_user)
        self.an_review.action_ask("external", (), ["mai@example.com"])
        external = self.asked(self.binh, "external")
        external._begin()
        external._survey_url()
        given = self.survey_input(external)
        self.assertEqual(given.predefined_question_ids, self.care_question | self.next_question)
        self.assertEqual(external.draft_ids.template_line_id.survey_question_id, given.predefined_question_ids)
        own = self.asked(self.binh, "self", self.binh_user)
        own.action_fill()
        self.assertEqual(self.survey_input(own).predefined_question_ids, self.survey.question_ids)

    def test_a_finished_survey_is_given_and_can_be_taken_back(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        given = self.fill(row, care=5, drive=7, words="Another market")
        self.assertEqual(row.state, "done")
        drafts = {draft.template_line_id.display_name: (draft.rating, draft.text) for draft in row.draft_ids}
        self.assertEqual(
            drafts,
            {
                "Calls customers back": ("5", False),
                # 7 of 10 is 1 + 4 × 0.7 = 3.8, so 4
                "Gets things going": ("4", False),
                "What comes next?": (False, "Another market"),
            },
        )
        self.assertEqual(row.action_fill()["res_model"], "kpi.review.feedback")
        row.action_take_back()
        self.assertEqual((row.state, given.state, given.last_displayed_page_id.id), ("started", "in_progress", False))
        self.assertEqual(row.action_fill()["type"], "ir.actions.act_url")
        self.fill(row, care=2, drive=0)
        self.assertEqual(row.draft_ids.mapped("rating"), ["2", "1", False])
        self.assertEqual(row.draft_ids.mapped("text"), [False, False, False])

    def test_half_a_survey_is_not_given(self):
        row = self.asked(self.binh, "self", self.binh_user)
        row.action_fill()
        with self.refused(UserError, "to its end"):
            row.action_submit()
        self.survey_input(row)._mark_done()
        with self.refused(UserError, "Answer “Calls customers back”"):
            row.action_submit()
        with self.refused(AccessError, "Answer in the questionnaire"):
            row.draft_ids[0].rating = "5"

    def test_whoever_declines_leaves_nothing(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        row.action_fill()
        given = self.survey_input(row)
        given._save_lines(self.care_question, "1")
        row.action_decline()
        self.assertFalse(given.exists())
        self.assertFalse(self.env["survey.user_input.line"].search([("question_id", "=", self.care_question.id)]))
        self.assertFalse(row.draft_ids)

    def test_what_a_rater_began_does_not_outlive_the_cycle(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        row.action_fill()
        self.assertTrue(self.survey_input(row))
        self.cycle.action_calibrate()
        self.assertEqual(row.action_fill()["res_model"], "kpi.review.feedback")
        self.cycle.action_talk()
        self.cycle.action_close()
        self.assertFalse(self.survey_input(row))

    def test_the_survey_speaks_the_language_of_the_rater(self):
        self.binh_user.lang = "vi_VN"
        row = self.asked(self.binh, "self", self.binh_user)
        row.action_fill()
        self.assertEqual(self.survey_input(row).lang_id.code, "vi_VN")
        line = self.line(self.care_question)
        self.assertEqual(line.with_context(lang="vi_VN").display_name, "Gọi lại cho khách hàng")
        self.assertEqual(line.with_context(lang="en_US").display_name, "Calls customers back")
        only = self.env["res.lang"]._lang_get("en_US")
        self.survey.lang_ids = only
        other = self.asked(self.binh, "manager", self.an_user)
        self.an_user.lang = "vi_VN"
        other.action_fill()
        self.assertFalse(self.survey_input(other).lang_id)
