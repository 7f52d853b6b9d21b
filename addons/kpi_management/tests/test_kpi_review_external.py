import re

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestKpiReviewExternal(ReviewCase, HttpCase):
    """Raters from outside answer by a link."""

    freeze_time = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.write(
            {"use_external": True, "use_peer": False, "peer_weight": 0, "external_weight": 20, "min_raters": 3}
        )
        cls.cycle.action_launch()
        cls.an_review = cls.review(cls.binh, user=cls.an_user)
        cls.before = cls.env["mail.mail"].search([])
        cls.an_review.action_ask("external", (), ["Mai <mai@example.com>", "nam@example.com", "hoa@example.com"])
        cls.mails = cls.env["mail.mail"].search([]) - cls.before
        cls.rows = cls.env["kpi.review.feedback"].search([("side", "=", "external")])

    def link(self, mail):
        return re.search(r"/kpi/feedback/\d+/[\w-]+", mail.body_html).group()

    def post(self, link, **form):
        page = self.url_open(link)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        return self.url_open(link, data={"csrf_token": token, **form})

    def form(self, care, words=""):
        lines = self.template.line_ids
        return {f"rating_{lines[0].id}": care, f"text_{lines[2].id}": words}

    def test_the_link_is_all_that_is_needed(self):
        self.assertEqual(
            sorted(self.mails.mapped("email_to")), ["hoa@example.com", "mai@example.com", "nam@example.com"]
        )
        third, first, second = map(self.link, self.mails.sorted("email_to"))
        page = self.url_open(first)
        self.assertEqual((page.status_code, page.headers["Cache-Control"]), (200, "no-store"))
        self.assertIn("Care", page.text)
        self.assertNotIn("Drive", page.text)
        self.assertIn("Rate “Care” before", self.post(first, submit="1", **self.form("", "Well")).text)
        self.assertIn("Thank you", self.post(first, submit="1", **self.form("5", "Well")).text)
        self.assertFalse(self.review(self.binh).answer_ids)
        self.post(second, save="1", **self.form("3"))
        self.assertFalse(self.review(self.binh).answer_ids)
        self.post(second, submit="1", **self.form("4"))
        self.assertFalse(self.review(self.binh).answer_ids)
        self.post(third, submit="1", **self.form("3"))
        review = self.review(self.binh)
        self.env.invalidate_all()
        self.assertEqual(sorted(filter(None, review.answer_ids.mapped("rating"))), ["3", "4", "5"])
        self.assertEqual((review.external_score, set(review.answer_ids.mapped("rater_name"))), (80, {False}))
        page = self.url_open(first).text
        self.assertIn("Thank you, your answers are in", page)
        self.assertNotIn("<form", page)

    def test_a_wrong_link_leads_nowhere(self):
        first, second = self.rows[:2]
        for link in (
            f"/kpi/feedback/{first.id}/{second.sudo().access_token}",
            f"/kpi/feedback/{first.id}/x",
            f"/kpi/feedback/{self.asked(self.binh, 'self').id}/False",
            "/kpi/feedback/0/x",
        ):
            with self.subTest(link):
                self.assertEqual(self.url_open(link).status_code, 404)

    def test_nobody_is_asked_twice_nor_at_no_address(self):
        self.assertEqual(self.an_review.action_ask("external", (), ["MAI@example.com"]), 0)
        with self.refused(UserError, "is no mail address"):
            self.an_review.action_ask("external", (), ["mai"])
        with self.refused(UserError, "not asked in this cycle"):
            self.an_review.action_ask("peer", self.chi.ids)

    def test_who_sent_the_link_does_not_read_it(self):
        for user in (self.an_user, self.officer):
            messages = self.mails.mail_message_id.with_user(user).sudo(False)
            self.assertFalse(messages.search([("id", "in", messages.ids)]))
            self.assertFalse(self.rows.with_user(user).sudo(False).search([("side", "=", "external")]))
