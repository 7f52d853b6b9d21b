from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tests.common import new_test_user

from ..models import kpi_review_cycle_launch
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewLaunch(ReviewCase):
    """Who gets a review, and who is asked."""

    def test_everybody_concerned_gets_a_review_once(self):
        self.cycle.action_launch()
        self.assertEqual(
            self.cycle.sudo().review_ids.employee_id,
            self.hang | self.an | self.binh | self.chi | self.lan | self.dung | self.giang,
        )
        review = self.review(self.binh)
        self.assertRecordValues(
            review,
            [
                {
                    "manager_id": self.an.id,
                    "department_id": self.north.id,
                    "template_id": self.template.id,
                    "state": "open",
                }
            ],
        )
        with self.refused(UserError, "has a review already"):
            self.cycle.action_launch()
        joiner = self.make_employee("Khoa", self.south, start="2026-03-20", parent_id=self.chi.id)
        self.cycle.action_launch()
        self.assertEqual(self.review(joiner).manager_id, self.chi)
        self.assertEqual(len(self.cycle.sudo().review_ids), 8)

    def test_only_departments_and_teams_chosen(self):
        north = self.make_cycle(department_ids=[(6, 0, self.north.ids)])
        north.action_launch()
        self.assertEqual(north.sudo().review_ids.employee_id, self.an | self.binh | self.dung | self.giang)
        team = self.make_cycle(self.an_user, leader_id=self.an.id)
        team.action_launch()
        self.assertEqual(team.sudo().review_ids.employee_id, self.binh | self.dung | self.giang)

    def test_who_has_left_or_no_template_gets_none(self):
        self.dung.active = False
        self.template.department_ids = self.north
        notice = self.cycle.action_launch()
        self.assertEqual(self.cycle.sudo().review_ids.employee_id, self.an | self.binh | self.giang)
        self.assertEqual(notice["params"]["message"], "3 reviews were made. For 3 people there is no template.")

    def test_the_nearest_template_counts(self):
        sales = self.make_template("Sales", department_ids=[(6, 0, self.sales.ids)])
        north = self.make_template("North", department_ids=[(6, 0, self.north.ids)])
        self.cycle.action_launch()
        self.assertEqual(self.review(self.binh).template_id, north)
        self.assertEqual(self.review(self.chi).template_id, sales)
        self.assertEqual(self.review(self.lan).template_id, self.template)

    def test_a_cycle_that_does_not_add_up_is_not_launched(self):
        self.cycle.manager_weight = 20
        with self.refused(ValidationError, "add up to 90.0 instead of 100"):
            self.cycle.action_launch()
        self.cycle.write({"use_self": False, "use_manager": False, "use_peer": False, "kpi_weight": 100})
        with self.refused(ValidationError, "at least one side"):
            self.cycle.action_launch()

    def test_many_are_made_in_the_background(self):
        self.patch(kpi_review_cycle_launch, "AT_ONCE", 3)
        self.patch(kpi_review_cycle_launch, "CHUNK", 2)
        self.cycle.action_launch()
        self.assertTrue(self.cycle.queued)
        self.assertFalse(self.cycle.sudo().review_ids)
        with self.refused(UserError, "being launched already"):
            self.cycle.action_launch()
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_review_launch").method_direct_trigger()
        self.assertEqual((self.cycle.queued, len(self.cycle.sudo().review_ids)), (False, 7))

    def test_who_is_asked_from_the_start(self):
        self.cycle.write({"use_upward": True})
        self.cycle.action_launch()
        self.assertEqual(self.asked(self.an, "self").rater_id, self.an)
        self.assertEqual(self.asked(self.an, "manager").rater_id, self.hang)
        self.assertEqual(self.asked(self.an, "upward").rater_id, self.binh | self.dung | self.giang)
        self.assertFalse(self.asked(self.an, "peer"))
        # Lan has no manager
        self.assertFalse(self.asked(self.lan, "manager"))

    def test_another_manager_takes_over(self):
        self.cycle.action_launch()
        self.answer(self.asked(self.binh, "manager", self.an_user), 1, 1, submit=False)
        self.review(self.binh, user=self.officer).manager_id = self.hang
        self.assertFalse(self.asked(self.binh, "manager", self.an_user))
        self.answer(self.asked(self.binh, "manager", self.hang_user), 4, 4)
        with self.refused(UserError, "Nobody reviews himself"):
            self.review(self.binh, user=self.officer).manager_id = self.binh

    def test_who_is_taken_out_is_asked_nothing_more(self):
        self.cycle.action_launch()
        review, rows = self.review(self.binh), self.asked(self.binh, "self") | self.asked(self.binh, "manager")
        with self.assertRaises(AccessError):
            self.review(self.binh, user=self.an_user).unlink()
        self.review(self.binh, user=self.officer).unlink()
        self.assertFalse((review | review.search([("id", "=", review.id)])).exists() or rows.exists())
        self.assertFalse(
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search([("res_model", "=", "kpi.review.feedback"), ("res_id", "in", rows.ids)])
        )
        self.answer(self.asked(self.chi, "self", self.chi_user), 4, 4, submit=False)
        with self.refused(UserError, "Somebody has begun to answer"):
            self.review(self.chi, user=self.officer).unlink()

    def test_a_colleague_of_another_company_or_without_login_is_not_asked(self):
        self.cycle.action_launch()
        review = self.review(self.binh, user=self.an_user)
        stranger = self.make_employee(
            "Eve", self.make_department("Far", company_id=self.other_company.id), user=self.stranger
        )
        silent = self.make_employee("Khoa", self.north)
        with self.refused(UserError, "Choose people of Sao Mai"):
            review.action_ask("peer", stranger.ids)
        with self.refused(UserError, "Khoa has no login"):
            review.action_ask("peer", silent.ids)
        # the person and the manager have sides of their own; nobody is asked twice
        self.assertEqual(review.action_ask("peer", [self.binh.id, self.an.id, self.chi.id]), 1)
        self.assertEqual(review.action_ask("peer", [self.chi.id, self.dung.id]), 1)

    def test_used_questions_stay(self):
        self.cycle.action_launch()
        line = self.template.line_ids[0].with_user(self.officer)
        for change in (
            lambda: line.write({"weight": 5}),
            lambda: line.unlink(),
            lambda: line.copy(),
            lambda: self.template.with_user(self.officer).unlink(),
        ):
            with self.refused(UserError, "so its questions stay"):
                change()
        self.assertEqual(len(self.template.with_user(self.officer).copy().line_ids), 3)

    def test_the_promise_is_kept_by_the_database(self):
        with self.refused(Exception, "least_raters"):
            self.cycle.min_raters = 2
            self.cycle.flush_recordset()
        self.cycle.action_launch()
        for name, value in (("anonymous", False), ("min_raters", 4), ("kpi_weight", 60), ("reveal", "date")):
            with self.subTest(name), self.refused(UserError, "stay as everybody knows them"):
                self.cycle.write({name: value})

    def test_reminders_go_to_those_who_owe(self):
        self.cycle.action_launch()
        self.env["res.users"].search([]).email = "somebody@example.com"
        self.answer(self.asked(self.binh, "self", self.binh_user), 4, 4)
        before = self.env["mail.mail"].search([])
        notice = self.cycle.action_remind()
        mails = self.env["mail.mail"].search([]) - before
        # Bình has answered; An and Hằng have two kinds to answer and get one mail each; Lan has her own
        owing = self.hang_user | self.an_user | self.chi_user | self.dung_user | self.giang_user | self.officer
        self.assertEqual(mails.recipient_ids, owing.partner_id)
        self.assertEqual(notice["params"]["message"], "6 people were reminded.")

    def test_a_manager_of_nobody_sees_no_button_to_make_one(self):
        arch = self.env["kpi.review.cycle"].with_user(self.binh_user).get_view(view_type="list")["arch"]
        self.assertIn('create="0"', arch)
        lone = new_test_user(self.env, "kpi_lone", company_id=self.company.id, company_ids=[(6, 0, self.company.ids)])
        with self.assertRaises(AccessError):
            self.make_cycle(lone)
