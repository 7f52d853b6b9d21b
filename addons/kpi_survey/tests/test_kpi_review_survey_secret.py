from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .survey_review_case import SurveyPagesCase


@tagged("post_install", "-at_install")
class TestKpiReviewSurveySecret(SurveyPagesCase):
    """Nobody finds a rater in the survey: neither by its answers nor by its statistics, messages or dates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey_manager = cls.make_user("survey_manager", "survey.group_survey_manager")
        cls.survey_user = cls.make_user("survey_user", "survey.group_survey_user")
        cls.everything = cls.make_user(
            "everything",
            "survey.group_survey_manager",
            "kpi_management.group_kpi_admin",
            "base.group_system",
        )
        cls.watchers = cls.survey_manager | cls.survey_user | cls.everything | cls.officer | cls.an_user | cls.binh_user
        cls.env.ref("base.group_allow_export").user_ids |= cls.watchers | cls.dung_user
        cls.survey.message_subscribe(
            cls.watchers.partner_id.ids, cls.env.ref("survey.mt_survey_survey_user_input_completed").ids
        )
        cls.cycle.action_launch()
        cls.review(cls.binh, user=cls.an_user).action_ask("peer", [cls.dung.id, cls.giang.id, cls.chi.id])

    def setUp(self):
        super().setUp()
        self.row = self.asked(self.binh, "peer", self.dung_user)
        self.given = self.fill(self.row, care=2, drive=3, words="Between us")

    def test_an_answer_carries_no_name(self):
        self.assertRecordValues(
            self.given,
            [{"partner_id": False, "email": False, "nickname": False, "create_uid": self.env.ref("base.user_root").id}],
        )

    def test_nobody_reads_what_was_answered(self):
        lines = self.given.user_input_line_ids
        self.assertEqual(len(lines), 3)
        for user in self.watchers | self.dung_user:
            for records in (self.given, lines):
                theirs = records.with_user(user).sudo(False)
                with self.subTest(f"{user.login} {records._name}"):
                    for look in (
                        lambda theirs=theirs: theirs.read(["create_date"]),
                        lambda theirs=theirs: theirs.export_data(["survey_id", "create_uid"]),
                        lambda theirs=theirs: theirs.write({"survey_id": self.survey.id}),
                        lambda theirs=theirs: theirs.unlink(),
                    ):
                        with self.assertRaises(AccessError):
                            look()

    def test_nobody_finds_what_was_answered(self):
        for user in self.survey_manager | self.survey_user | self.everything | self.officer:
            env = self.env(user=user, su=False)
            with self.subTest(user.login):
                Input, Line = env["survey.user_input"], env["survey.user_input.line"]
                self.assertFalse(Input.search([("survey_id", "=", self.survey.id)]))
                self.assertFalse(Line.search([("value_text_box", "=", "Between us")]))
                self.assertFalse(Input._read_group([("survey_id", "=", self.survey.id)], ["state"], ["__count"]))
                with self.assertRaises(AccessError):
                    Input.search([("kpi_feedback_id", "=", self.row.id)])
                survey = self.survey.with_env(env)
                self.assertFalse(survey.search([("user_input_ids.state", "=", "done"), ("id", "=", survey.id)]))
                self.assertFalse(survey.user_input_ids)
                if user.has_group("survey.group_survey_user"):
                    domain = [("id", "=", self.care_question.id), ("user_input_line_ids.value_scale", "=", 2)]
                    self.assertFalse(env["survey.question"].search(domain))
                self.assertRecordValues(
                    survey,
                    [{"answer_count": 0, "answer_done_count": 0, "answer_duration_avg": 0, "success_count": 0}],
                )

    def test_an_answer_is_followed_by_no_message(self):
        messages = self.env["mail.message"].sudo().search([("model", "in", ("survey.user_input", "survey.survey"))])
        told = messages.filtered(lambda message: message.res_id in (self.given.id, self.survey.id) and message.body)
        self.assertFalse(told.filtered(lambda message: "participated" in (message.body or "")))
        self.assertFalse(messages.filtered(lambda message: message.model == "survey.user_input"))
        self.assertFalse(
            self.env["mail.activity"].sudo().search([("res_model", "in", ("survey.user_input", "survey.survey"))])
        )
        self.assertFalse(self.env["mail.followers"].sudo().search([("res_model", "=", "survey.user_input")]))

    def test_there_are_no_statistics(self):
        for user in (self.survey_manager, self.everything):
            self.login(user)
            self.assertEqual(self.url_open(f"/survey/results/{self.survey.id}").status_code, 404)
        printed = self.url_open(f"/survey/print/{self.survey.access_token}?answer_token={self.given.access_token}").text
        self.assertNotIn("Between us", printed)

    def test_another_type_does_not_open_it(self):
        with self.assertRaises(UserError):
            self.survey.with_user(self.survey_manager).survey_type = "custom"
        # Not even where it was done in the database.
        self.env.cr.execute("UPDATE survey_survey SET survey_type = 'custom' WHERE id = %s", [self.survey.id])
        self.env.invalidate_all()
        theirs = self.env["survey.user_input"].with_user(self.survey_manager)
        self.assertFalse(theirs.search([("survey_id", "=", self.survey.id)]))
        with self.assertRaises(AccessError):
            self.given.with_user(self.survey_manager).sudo(False).read(["end_datetime"])

    def test_nothing_is_left_once_it_is_shown(self):
        ids = self.given.ids
        others = [self.fill(self.asked(self.binh, "peer", user), care=4) for user in (self.giang_user, self.chi_user)]
        ids += [each.id for each in others]
        review = self.review(self.binh)
        self.assertTrue(review.shown["peer"])
        self.env.flush_all()
        for table, column in (
            ("survey_user_input", "id"),
            ("survey_user_input_line", "user_input_id"),
            ("survey_question_survey_user_input_rel", "survey_user_input_id"),
        ):
            self.env.cr.execute(f"SELECT count(*) FROM {table} WHERE {column} IN %s", [tuple(ids)])
            self.assertEqual(self.env.cr.fetchone()[0], 0, table)

    def test_questionnaires_of_reviews_are_made_by_kpi_officers(self):
        theirs = self.survey.with_user(self.officer).copy()
        theirs.question_ids[0].title = "Changed"
        theirs.question_ids[0].suggested_answer_ids.unlink()
        canteen = self.env["survey.survey"].create({"title": "Canteen"})
        with self.assertRaises(AccessError):
            canteen.with_user(self.officer).sudo(False).read(["title"])
        with self.assertRaises(AccessError):
            self.survey.with_user(self.an_user).sudo(False).read(["title"])
        with self.assertRaises(UserError):
            self.env["survey.survey"].with_user(self.officer).create({"title": "Canteen", "survey_type": "custom"})
        with self.refused(UserError, "asked by reviews alone"):
            self.survey._create_answer(user=self.an_user)
