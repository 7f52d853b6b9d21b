from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_survey.models.rating_scale import rating_on_scale

from .survey_review_case import SurveyReviewCase

FIVE = ("Never", "Rarely", "Sometimes", "Often", "Always")


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewSurveyQuestions(SurveyReviewCase):
    """Which question becomes which line, what an answer counts as, and what may still change."""

    def add(self, **vals):
        """A question at the end of the survey."""
        return self.env["survey.question"].create({"survey_id": self.survey.id, "sequence": 90, **vals})

    def choices(self, ratings=(1, 2, 3, 4, 5), words=FIVE):
        return [
            Command.create({"value": word, "kpi_rating": False if rating is False else str(rating)})
            for word, rating in zip(words, ratings, strict=True)
        ]

    def matrix(self, **vals):
        return self.add(
            **{
                "title": "How often?",
                "question_type": "matrix",
                "suggested_answer_ids": self.choices(),
                "matrix_row_ids": [
                    Command.create({"value": "Calls back", "kpi_competency_id": self.care.id}),
                    Command.create({"value": "Begins", "kpi_competency_id": self.drive.id}),
                ],
                **vals,
            }
        )

    def given(self, answers):
        """The values of each line, after the person answered questions: {question: (answer, comment)}."""
        self.cycle.action_launch()
        row = self.asked(self.binh, "self", self.binh_user)
        row.action_fill()
        given = self.survey_input(row)
        for question, (answer, comment) in answers.items():
            given._save_lines(question, answer, comment)
        return {line.display_name: given._kpi_values(line) for line in row.draft_ids.template_line_id}

    def test_a_scale_counts_linearly(self):
        # 1 + 4 × v / 10: 1, 1.4, 1.8, 2.2, 2.6, 3, 3.4, 3.8, 4.2, 4.6, 5
        self.assertEqual("".join(rating_on_scale(value, 0, 10) for value in range(11)), "11223334455")
        # 1 + 4 × (v - 1) / 3: 1, 2.33, 3.67, 5
        self.assertEqual("".join(rating_on_scale(value, 1, 4) for value in range(1, 5)), "1245")
        # halfway is rounded up: 1 + 4 × v / 8 at 1 is 1.5
        self.assertEqual(rating_on_scale(1, 0, 8), "2")
        self.assertEqual((rating_on_scale(-3, 0, 10), rating_on_scale(11, 0, 10)), ("1", "5"))

    def test_lines_follow_the_questions(self):
        lines = self.survey_template.line_ids
        self.assertRecordValues(
            lines,
            [
                {"kind": "competency", "competency_id": self.care.id, "weight": 2, "for_external": True},
                {"kind": "competency", "competency_id": self.drive.id, "weight": 1, "for_external": False},
                {"kind": "text", "competency_id": False, "weight": 0, "for_external": True},
            ],
        )
        self.drive_question.write({"kpi_weight": 4, "kpi_for_peer": False})
        self.next_question.unlink()
        self.add(title="And then?", question_type="char_box")
        kept = self.survey_template.line_ids
        self.assertEqual(kept[:2], lines[:2])
        self.assertEqual((kept[1].weight, kept[1].for_peer, kept[2].display_name), (4, False, "And then?"))

    def test_a_questionnaire_replaces_lines_and_leaves_them_when_it_goes(self):
        template = self.template.copy()
        template.survey_id = self.survey
        self.assertEqual(template.line_ids.survey_question_id, self.survey.question_ids)
        with self.refused(UserError, "come from the questionnaire “Us in March”"):
            template.with_user(self.officer).line_ids[0].weight = 7
        with self.refused(UserError, "change them there"):
            template.line_ids[0].unlink()
        twin = template.copy()
        self.assertEqual(len(twin.line_ids), 3)
        template.survey_id = False
        self.assertEqual(
            template.line_ids.mapped("question"), ["Calls customers back", "Gets things going", "What comes next?"]
        )
        template.line_ids[0].weight = 7
        self.care_question.kpi_weight = 3
        self.assertEqual((template.line_ids[0].weight, twin.line_ids[0].weight), (7, 3))

    def test_choices_count_by_their_ratings(self):
        question = self.add(
            title="How often?",
            question_type="simple_choice",
            kpi_competency_id=self.care.id,
            comments_allowed=True,
            suggested_answer_ids=self.choices((5, 4, 3, 2, 1)) + self.choices((0,), ("I do not know",)),
        )
        rarely, unknown = question.suggested_answer_ids[1], question.suggested_answer_ids[5]
        values = self.given({question: (str(rarely.id), "Twice in March")})
        self.assertEqual(values["How often?"], {"rating": "4", "text": "Twice in March"})
        self.survey_input(self.asked(self.binh, "self"))._save_lines(question, str(unknown.id))
        line = self.line(question)
        self.assertEqual(
            self.survey_input(self.asked(self.binh, "self"))._kpi_values(line), {"rating": "0", "text": False}
        )

    def test_a_matrix_rates_row_by_row(self):
        question = self.matrix(comments_allowed=True, kpi_weight=3)
        lines = self.line(question)
        self.assertEqual(lines.mapped("display_name"), ["Calls back", "Begins", "How often? (comment)"])
        self.assertEqual(lines.mapped("weight"), [3, 3, 0])
        self.assertEqual(lines.competency_id, self.care | self.drive)
        never, always = question.suggested_answer_ids[0], question.suggested_answer_ids[4]
        rows = question.matrix_row_ids
        values = self.given({question: ({str(rows[0].id): [always.id], str(rows[1].id): [never.id]}, "So it is")})
        self.assertEqual(values["Calls back"], {"rating": "5", "text": False})
        self.assertEqual(values["Begins"], {"rating": "1", "text": False})
        self.assertEqual(values["How often? (comment)"], {"rating": False, "text": "So it is"})

    def test_a_number_counts_between_its_limits(self):
        question = self.add(
            title="Out of 20",
            question_type="numerical_box",
            kpi_competency_id=self.care.id,
            validation_required=True,
            validation_max_float_value=20,
        )
        # 1 + 4 × 13.5 / 20 = 3.7
        self.assertEqual(self.given({question: ("13.5", None)})["Out of 20"], {"rating": "4", "text": False})

    def test_what_rates_nothing_is_shown_as_words(self):
        many = self.add(title="Which?", question_type="multiple_choice", suggested_answer_ids=self.choices([False] * 5))
        day = self.add(title="Since when?", question_type="date")
        number = self.add(title="How many?", question_type="numerical_box")
        scale = self.add(title="How sure?", question_type="scale")
        grid = self.matrix(title="Where?", matrix_row_ids=[Command.create({"value": "Hanoi"})])
        picked = many.suggested_answer_ids
        values = self.given(
            {
                many: ([str(picked[1].id), str(picked[3].id)], "And more"),
                day: ("2026-03-09", None),
                number: ("3", None),
                scale: ("0", None),
                grid: ({str(grid.matrix_row_ids.id): [grid.suggested_answer_ids[4].id]}, None),
            }
        )
        self.assertEqual(values["Which?"], {"rating": False, "text": "Rarely\nOften\nAnd more"})
        self.assertEqual(values["Since when?"]["text"], "03/09/2026")
        self.assertEqual(values["How many?"]["text"], "3")
        self.assertEqual(values["How sure?"]["text"], "0")
        self.assertEqual(values["Where?"]["text"], "Hanoi: Always")

    def test_what_cannot_become_a_rating_is_refused(self):
        care = {"kpi_competency_id": self.care.id}
        for message, vals in (
            ("cannot rate a competency", {"question_type": "text_box"}),
            ("cannot rate a competency", {"question_type": "multiple_choice", "suggested_answer_ids": self.choices()}),
            ("limits", {"question_type": "numerical_box"}),
            ("answers to choose from", {"question_type": "simple_choice"}),
            (
                "answer “Often” of “Q” stands for",
                {"question_type": "simple_choice", "suggested_answer_ids": self.choices((1, 2, 3, False, 5))},
            ),
            (
                "one choice per row",
                {"question_type": "matrix", "matrix_subtype": "multiple", "suggested_answer_ids": self.choices()},
            ),
        ):
            with self.subTest(message), self.refused(ValidationError, message):
                self.add(title="Q", **care, **vals)
        with self.refused(ValidationError, "who answers"):
            self.add(title="Your name", question_type="char_box", save_as_nickname=True)

    def test_a_page_that_nobody_would_see_is_refused(self):
        self.add(title="Lost", question_type="char_box", sequence=-1)
        with self.refused(ValidationError, "“Lost” is in none"):
            self.template.copy({"survey_id": self.survey.id})
        with self.refused(ValidationError, "“Lost” is in none"):
            self.cycle.action_launch()
        empty = self.env["survey.survey"].create({"title": "Nothing", "survey_type": "kpi_review"})
        with self.refused(ValidationError, "no questions yet"):
            self.template.copy({"survey_id": empty.id})

    def test_once_reviews_were_made_the_questions_stay(self):
        self.cycle.action_launch()
        scale = self.add  # to be refused, too
        for change in (
            lambda: self.care_question.write({"title": "Something else"}),
            lambda: self.care_question.write({"scale_max": 10}),
            lambda: self.care_question.write({"kpi_competency_id": self.drive.id}),
            lambda: self.next_question.unlink(),
            lambda: scale(title="One more", question_type="char_box"),
            lambda: self.survey_template.write({"survey_id": False}),
        ):
            with self.refused(UserError, "its questions stay"):
                change()
        self.care_question.sequence = 2
        with self.refused(UserError, "asks with this questionnaire"):
            self.survey.unlink()
        with self.refused(ValidationError, "it stays one for reviews"):
            self.survey.survey_type = "custom"
        copied = self.survey.copy()
        copied.question_ids[0].title = "Something else"
        self.assertEqual(copied.question_ids[0].kpi_competency_id, self.care)

    def test_a_questionnaire_of_reviews_keeps_its_settings(self):
        self.survey.write({"access_mode": "public", "scoring_type": "scoring_with_answers", "users_can_go_back": False})
        self.assertRecordValues(
            self.survey, [{"access_mode": "token", "scoring_type": "no_scoring", "users_can_go_back": True}]
        )
        other = self.env["survey.survey"].create({"title": "Canteen", "access_mode": "public"})
        self.assertEqual(other.access_mode, "public")
        with self.refused(UserError, "none"):
            self.template.copy({"survey_id": other.id})
        for action in (self.survey.action_send_survey, self.survey.action_result_survey):
            with self.assertRaises(UserError):
                action()

    def test_the_starter_questionnaire_can_be_asked(self):
        survey = self.env.ref("kpi_survey.review_survey")
        template = self.template.copy({"survey_id": survey.id})
        self.assertEqual(len(template.line_ids), 11)
        self.assertEqual(len(template.line_ids.competency_id), 8)
        self.assertEqual(len(template._asked("external")), 6)
        self.assertEqual(len(template._asked("upward")), 6)
