from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .survey_case import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveyScore(CreditContract, SurveyCase):
    def test_no_records_are_zero_and_a_ratio_over_nothing_is_no_data(self):
        """Of the contract; an average over nothing is no data either."""
        self.assertEqual(self.figures(self.company), {})
        self.assertEqual(self.figures(self.sales | self.office), {})
        line = self.computed_line(self.sales)
        self.assertEqual(line.result, "no_data")
        self.assertFalse(self.opened(line))

    def test_a_user_with_an_employee_in_two_companies_counts_in_each_for_its_own_records(self):
        """Of the contract: all surveys of a user count in the company to which the user belongs."""
        user = self.an.user_id
        user.company_ids |= self.other_company
        twin = self.make_employee("An", self.dung.department_id, user=user)
        self.count(self.an, "2026-03-10 09:00:00", 5)
        self.assertEqual(self.figure(self.an), 5)
        for subject in (twin, twin.department_id, self.other_company):
            self.assertEqual(self.figures(subject, self.other_company), {}, subject.name)

    def test_tests_and_answers_that_are_not_complete_do_not_count(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.answer(self.survey_of(self.an), moment, 90, test_entry=True)
        self.answer(self.survey_of(self.an), moment, 80, state="in_progress")
        self.assertEqual(self.figures(self.company), {})

    def test_a_survey_without_scoring_has_no_score(self):
        survey = self.survey_of(self.an)
        survey.scoring_type = "no_scoring"
        self.answer(survey, self.utc("2026-03-10 09:00:00"), 0)
        self.assertEqual(self.figures(self.company), {})

    def test_the_score_is_the_one_that_odoo_computes_from_the_answers(self):
        survey = self.survey_of(self.an)
        question = self.env["survey.question"].create(
            {
                "survey_id": survey.id,
                "title": "Bạn có hài lòng không?",
                "question_type": "simple_choice",
                "suggested_answer_ids": [
                    Command.create({"value": value, "answer_score": score, "is_correct": score > 0})
                    for value, score in (("Rất hài lòng", 10), ("Hài lòng", 7), ("Không", 0))
                ],
            }
        )
        for choice in question.suggested_answer_ids[:2]:
            given = survey._create_answer(user=self.chi.user_id)
            given._save_lines(question, choice.id)
            given._mark_done()
            given.end_datetime = self.utc("2026-03-10 09:00:00")
        self.assertEqual(self.figure(self.an), 85)  # (10 + 7) of (10 + 10)


@tagged("post_install", "-at_install")
class TestChosenSurvey(SurveyCase):
    """Satisfaction by the library: the survey is chosen on the line of the scorecard, or on the KPI."""

    def setUp(self):
        super().setUp()
        self.canteen, self.office_work = self.survey_of(self.an), self.survey_of(self.lan)
        moment = self.utc("2026-03-10 09:00:00")
        for score in (60, 80):
            self.answer(self.canteen, moment, score)
        self.best = self.answer(self.office_work, moment, 90)

    def choose(self, survey):
        parameter = self.env.ref("kpi_survey.parameter_survey")
        choice = {"parameter_id": parameter.id, "value_ref": f"survey.survey,{survey.id}"}
        return {"parameter_value_ids": [Command.create(choice)]}

    def test_one_kpi_measures_two_surveys_on_one_scorecard(self):
        lines = [("HR_SATISFACTION", 50, 80, self.choose(survey)) for survey in (self.canteen, self.office_work)]
        card = self.make_card(self.company, lines)
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [70, 90])  # (60 + 80) / 2 and 90
        self.assertEqual(self.opened(card.line_ids[1]), self.best)

    def test_a_survey_chosen_on_the_kpi_holds_for_lines_without_a_choice(self):
        codes = ("MKT_BRAND_AWARENESS", "ACC_INTERNAL_SATISFACTION")
        for code in codes:
            self.kpi(code).write(self.choose(self.canteen))
        card = self.make_card(self.company, [(code, 50, 80) for code in codes])
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [70, 70])

    def test_without_a_choice_the_kpi_says_what_to_choose(self):
        card = self.make_card(self.company, [("HR_SATISFACTION", 100, 80)])
        card.action_compute()
        self.assertEqual(card.line_ids.result, "error")
        self.assertIn("Survey", card.line_ids.error_message)
