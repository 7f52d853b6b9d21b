import re

from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import as_system

from .survey_review_case import SurveyPagesCase

# Address of each outside rater → how he rates Care.
EXTERNALS = {"mai@example.com": 5, "nam@example.com": 4, "hoa@example.com": 3}


@tagged("post_install", "-at_install")
class TestKpiReviewSurveyPages(SurveyPagesCase):
    """A review run through on the pages of the survey."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_launch()

    def ask_externals(self):
        """{mail address: link}"""
        before = self.env["mail.mail"].search([])
        self.review(self.binh, user=self.an_user).action_ask("external", (), list(EXTERNALS))
        mails = self.env["mail.mail"].search([]) - before
        return {mail.email_to: re.search(r"/kpi/feedback/\d+/[\w-]+", mail.body_html).group() for mail in mails}

    def answer_as(self, user, side, **answers):
        row = self.asked(self.binh, side, user)
        self.login(user)
        result = self.fill_pages(row.action_fill()["url"], **answers)
        self.env.invalidate_all()
        self.assertEqual(row.state, "done")
        return result

    def test_a_review_by_survey_from_the_first_page_to_the_result(self):
        self.ask_peers()
        links = self.ask_externals()
        self.answer_as(self.binh_user, "self", care=4, drive=8, words="I shall go on")
        self.answer_as(self.an_user, "manager", care=4, drive=10)
        self.answer_as(self.dung_user, "peer", care=5, drive=10, words="The best")
        self.answer_as(self.giang_user, "peer", care=4, drive=5)
        review = self.review(self.binh)
        self.assertFalse(review.answer_ids.filtered(lambda answer: answer.side == "peer"))
        done = self.answer_as(self.chi_user, "peer", care=3, drive=0)
        self.assertIn("Thank you", done[1]["survey_content"])
        self.authenticate(None, None)
        for mail, rating in EXTERNALS.items():
            self.assertIn("Answer the questions", self.url_open(links[mail]).text)
            self.fill_pages(f"{links[mail]}/survey", care=rating, words="From outside")
        self.env.invalidate_all()
        # What counts: 20 per step; Care twice as much as Drive.
        # Self: 4 and 1 + 4 × 0.8 = 4.2, so 4: (2 × 80 + 80) / 3 = 80
        # Manager: 4 and 5: (2 × 80 + 100) / 3 = 86.67
        # Colleagues: Care (5 + 4 + 3) / 3 = 4, Drive (5 + 3 + 1) / 3 = 3: (2 × 80 + 60) / 3 = 73.33
        # External: (5 + 4 + 3) / 3 = 4, so 80
        self.assertRecordValues(
            review,
            [{"self_score": 80, "manager_score": 86.67, "peer_score": 73.33, "external_score": 80}],
        )
        # There are no KPIs: (20 × 86.67 + 20 × 73.33 + 10 × 80) / 50 = 80
        self.assertEqual(review.score, 80)
        chart = review.competency_chart()
        self.assertEqual(
            {each["name"]: each["ratings"] for each in chart["competencies"]},
            {
                "Care": {"self": 4, "manager": 4, "peer": 4, "external": 4},
                "Drive": {"self": 4, "manager": 5, "peer": 3},
            },
        )
        words = {(answer.side, answer.text) for answer in review.answer_ids if answer.text}
        self.assertEqual(words, {("self", "I shall go on"), ("peer", "The best"), ("external", "From outside")})
        self.assertFalse(self.survey_input(self.asked(self.binh, "peer") | self.asked(self.binh, "external")))

    def test_the_page_says_whom_it_is_about_and_what_becomes_of_it(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        self.login(self.dung_user)
        page = self.open(row.action_fill()["url"])
        self.assertIn("Bình", page.text)
        self.assertIn("Nobody learns what you wrote", page.text)
        self.assertIn(f"/odoo/kpi-to-answer/{row.id}", page.text)
        self.begin()
        first = self.url_open(f"/survey/{self.tokens}").text
        self.assertIn("Calls back first", first)  # what a 5 in Care does
        self.assertIn("Gets things going", first)

    def test_external_raters_see_their_questions_alone_and_may_decline(self):
        links = self.ask_externals()
        link = links["mai@example.com"]
        page = self.open(f"{link}/survey").text
        self.begin()
        page = self.url_open(f"/survey/{self.tokens}").text
        self.assertIn("Calls customers back", page)
        self.assertNotIn("Gets things going", page)
        self.submit(self.work, care=2)
        page = self.url_open(link).text
        self.assertIn("Answer the questions", page)
        self.assertNotIn("Save for later", page)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        self.url_open(link, data={"csrf_token": token, "submit": "1"})
        row = self.asked(self.binh, "external").filtered(lambda each: each.rater_email == "mai@example.com")
        self.env.invalidate_all()
        self.assertEqual(row.state, "started")
        answer = self.url_open(link, data={"csrf_token": token, "decline": "1"})
        self.assertIn("You declined", answer.text)
        self.env.invalidate_all()
        self.assertFalse(self.survey_input(row))

    def test_an_external_rater_changes_what_was_given(self):
        links = self.ask_externals()
        link = links["mai@example.com"]
        self.fill_pages(f"{link}/survey", care=2)
        self.assertEqual(self.url_open(f"{link}/survey").url.split("/")[-3:], self.url_open(link).url.split("/")[-3:])
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(link).text).group(1)
        self.url_open(link, data={"csrf_token": token, "again": "1"})
        self.open(f"{link}/survey")
        self.submit(self.work, care=3)
        self.submit(self.words)
        row = self.asked(self.binh, "external").filtered(lambda each: each.rater_email == "mai@example.com")
        self.env.invalidate_all()
        self.assertEqual((row.state, row.draft_ids.mapped("rating")), ("done", ["3", False]))

    def test_what_has_to_be_answered_is_asked_for(self):
        row = self.asked(self.binh, "self", self.binh_user)
        self.login(self.binh_user)
        self.open(row.action_fill()["url"])
        self.begin()
        # Straight to the last page, as no browser would.
        refused = self.submit(self.words, words="Done")
        self.assertEqual(refused[1]["error"], "validation")
        self.assertIn("Answer “Calls customers back”", refused[1]["fields"][str(self.next_question.id)])
        self.env.invalidate_all()
        self.assertEqual((row.state, self.survey_input(row).state), ("started", "in_progress"))

    def test_pages_are_the_raters_alone(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        url = row.action_fill()["url"]
        for user in (self.an_user, self.binh_user, self.officer, self.admin):
            self.login(user)
            page = self.open(url)
            with self.subTest(user.login):
                self.assertIn("Access Error", page.text)
                self.tokens = f"{self.survey.access_token}/{self.survey_input(row).access_token}"
                self.assertEqual(self.submit(self.work, care=1)[1]["error"], "answer_wrong_user")
        self.authenticate(None, None)
        self.assertIn("Login required", self.url_open(url).text)
        self.assertEqual(self.url_open(f"/kpi/feedback/{row.id}/False/survey").status_code, 404)
        self.assertFalse(self.survey_input(row).user_input_line_ids)

    def test_when_the_phase_is_over_nothing_is_taken(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        url = row.action_fill()["url"]
        self.login(self.dung_user)
        self.open(url)
        self.begin()
        # Shown meanwhile, as by the cycle's date: this rater's answers are kept until the cycle moves on.
        as_system(self.review(self.binh)).shown = {"peer": True}
        self.env.flush_all()
        late = self.submit(self.work, care=5)
        self.assertIn("phase of the review is over", str(late[1]["fields"]))
        self.assertTrue(self.url_open(url).url.endswith(f"/odoo/kpi-to-answer/{row.id}"))
        self.env.invalidate_all()
        self.assertFalse(self.survey_input(row).user_input_line_ids)

    def test_nobody_answers_without_being_asked(self):
        self.login(self.an_user)
        for url in (f"/survey/start/{self.survey.access_token}", f"/s/{self.survey.access_token[:6]}"):
            self.url_open(url, allow_redirects=False)
        self.assertFalse(self.env["survey.user_input"].search([("survey_id", "=", self.survey.id)]))
        row = self.asked(self.binh, "manager", self.an_user)
        row.action_fill()
        given = self.survey_input(row)
        self.url_open(f"/survey/retry/{self.survey.access_token}/{given.access_token}", allow_redirects=False)
        self.assertEqual(self.env["survey.user_input"].search([("survey_id", "=", self.survey.id)]), given)
