from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.models.guard import trusted

from .review_common import BonusReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestBonusReviewAccess(BonusReviewCase):
    """Who sees what of a review through a bonus: the own result, and never why a grade was changed unless they may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.binh_review = cls.make_review(cls.binh, 80.0, final=cls.good)
        trusted(cls.env["kpi.review.move"]).create(
            {
                "review_id": cls.binh_review.id,
                "kind": "calibration",
                "from_grade_id": cls.fair.id,
                "to_grade_id": cls.good.id,
                "reason": "Saved the north",
                "user_id": cls.kpi_officer.id,
                "date": "2026-04-01 03:00:00",
            }
        )
        cls.make_review(cls.hang, 100.0)

    def paid(self):
        """Bình's statement, submitted."""
        self.close()
        statement = self.compute(self.plan)[self.binh]
        statement.with_user(self.officer).action_submit()
        return statement

    def html(self, statement, user):
        return str(statement.with_user(user).sudo(False).with_context(lang="en_US").explanation_html)

    def test_each_reads_of_the_review_what_the_own_rights_give(self):
        statement = self.paid()
        for user, opens, reasons in (
            (self.binh_user, True, False),  # reviewed: the review, not who changed the grade
            (self.an_user, True, True),  # the manager
            (self.officer, False, False),  # computes bonuses, keeps no reviews
            (self.approver, False, False),
        ):
            html = self.html(statement, user)
            self.assertIn("from 95 % to below 110 %", html, user.login)
            self.assertIn("Fair", html, user.login)
            self.assertEqual("data-review" in html, opens, user.login)
            self.assertEqual("Saved the north" in html, reasons, user.login)

    def test_neither_paper_nor_mail_tells_why_a_grade_was_changed(self):
        statement = self.paid()
        for reader in (statement.sudo(), statement.with_user(self.an_user).sudo(False)):
            page = str(self.env["kpi.bonus.explanation"].with_env(reader.env)._render(reader, on_paper=True))
            self.assertIn("Good", page)
            self.assertNotIn("Saved the north", page)
            self.assertNotIn("data-review", page)
        self.assertNotIn("Saved the north", self.html(statement.sudo(), self.officer))
        self.assertNotIn("Saved the north", str(statement.sudo().explanation_html))

    def test_the_summary_says_how_the_grade_counts(self):
        statement = self.paid().with_context(lang="en_US")
        self.assertEqual(
            statement.summary.replace("\xa0", " "),
            "Paid by March: its final grade is Good (from 95 % to below 110 %). "
            "The score is 95 %, which pays 95 % of 5,000,000 ₫.",
        )

    def test_a_plan_tells_nobody_about_a_colleague(self):
        statement = self.paid()
        plan = self.plan.with_user(self.an_user).sudo(False)
        self.assertNotIn("80", str(plan.read(["score_source", "basis_summary", "note", "curve_ids"])))
        hang = self.plan.statement_ids.filtered(lambda each: each.employee_id == self.hang)
        hang.with_user(self.officer).action_submit()
        # Bình reads neither Hằng's statement nor her review, An reads Bình's alone
        for user, seen in ((self.binh_user, statement), (self.an_user, statement)):
            self.assertEqual(self.env["kpi.bonus.statement"].with_user(user).search([("plan_id", "=", plan.id)]), seen)
            with self.assertRaises(AccessError):
                hang.with_user(user).action_open_review()
            with self.assertRaises(AccessError):
                plan.with_user(user).read_cost(self.march.id)
            self.assertFalse(self.env["kpi.bonus.statement"].with_user(user).search([("review_id.score", "=", 100)]))

    # ------------------------------------------------------------ My KPI Pay, what if, cost

    def test_my_pay_waits_without_a_figure(self):
        self.make_card(self.binh, 100.0)
        pay = self.my_pay(self.binh_user)
        self.assertEqual(pay["running"], [], "no estimate is made of a review")
        self.assertEqual(
            [(row["period"], row["plan"], row["review_id"], row["text"]) for row in pay["waiting"]],
            [
                (
                    "04/2026",
                    "Sales bonus",
                    False,
                    "Waits for your review: what it pays is known once that is closed.",
                ),
                (
                    "03/2026",
                    "Sales bonus",
                    self.binh_review.id,
                    "Waits for your review: what it pays is known once that is closed.",
                ),
            ],
        )
        self.assertEqual(
            self.my_pay(self.an_user)["waiting"][1]["text"], "There is no review of yours for this period."
        )
        statement = self.paid()
        self.assertEqual([row["period"] for row in self.my_pay(self.binh_user)["waiting"]], ["04/2026"])
        self.assertEqual([row["id"] for row in self.my_pay(self.binh_user)["statements"]], statement.ids)
        texts = [row["text"] for row in self.my_pay(self.hang_user)["waiting"]]
        self.assertEqual(texts[1], "Your review is closed: the statement is being prepared.")
        self.assertEqual(self.my_pay(self.approver)["waiting"], [], "the plan does not cover production")

    def my_pay(self, user):
        self.make_period("2026-04-10")
        return self.env["kpi.bonus.statement"].with_user(user).with_context(lang="en_US").my_pay()

    def test_what_if_makes_no_estimate(self):
        card = self.make_card(self.binh, 100.0)
        answer = card.with_user(self.binh_user).sudo(False).what_if()
        [plan] = answer["plans"]
        self.assertEqual((plan["amount"], set(plan["amounts"].values())), (False, {False}))
        self.assertIn("no estimate before", plan["reason"])
        with self.assertRaisesRegex(UserError, "see under Cost"):
            self.plan.with_user(self.officer).action_what_if()

    def test_cost_counts_closed_reviews(self):
        cost = self.plan.with_user(self.officer).read_cost()
        self.assertEqual((cost["periods"], cost["by_review"]), ([], True))
        self.close()
        self.plan.with_user(self.officer).action_archive()
        cost = self.plan.with_user(self.officer).read_cost()
        # 95 % and 100 % of 5,000,000; An has no review
        self.assertEqual((cost["total"], cost["people"], cost["missing"]), (9_750_000, 2, 1))
        self.assertEqual([period["id"] for period in cost["periods"]], self.march.ids)
