from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewPeople(ReviewCase):
    """People who do not fit the rule: their own managers, led from elsewhere, without a login, gone."""

    def test_who_leads_himself_is_nobodys_manager(self):
        self.hang.parent_id = self.hang
        self.an.parent_id = self.an
        self.cycle.use_upward = True
        self.cycle.action_launch()
        for person in (self.hang, self.an):
            self.assertFalse(self.review(person).manager_id or self.asked(person, "manager"))
            self.assertNotIn(person, self.asked(person, "upward").rater_id)
            self.assertEqual(self.asked(person, "self").rater_id, person)

    def test_two_who_lead_each_other_are_asked_once_each(self):
        self.hang.parent_id = self.an
        self.cycle.use_upward = True
        self.cycle.action_launch()
        self.assertEqual(self.review(self.an).manager_id, self.hang)
        self.assertEqual(self.asked(self.an, "upward").rater_id, self.binh | self.dung | self.giang)
        self.assertEqual(self.asked(self.hang, "upward").rater_id, self.chi)
        # neither sees the other's by way of a circle: the launch came to an end
        self.assertEqual(len(self.cycle.sudo().review_ids), 7)

    def test_a_manager_of_another_company(self):
        far = self.make_department("Far", company_id=self.other_company.id)
        eve = self.make_employee("Eve", far, user=self.stranger)
        both = self.make_user("both")
        both.company_ids = [Command.link(self.other_company.id)]
        uyen = self.make_employee("Uyên", far, user=both)
        self.lan.parent_id, self.hang.parent_id = eve, uyen
        self.cycle.action_launch()
        self.assertEqual((self.review(self.lan).manager_id, self.review(self.hang).manager_id), (eve, uyen))
        # Eve may not open this company: what she cannot answer, nobody waits for
        self.assertFalse(self.asked(self.lan, "manager"))
        self.answer(self.asked(self.lan, "self", self.officer), 4, 4)
        self.assertEqual(self.review(self.lan).state, "assessed")
        self.answer(self.asked(self.hang, "manager", both), 4, 4)
        self.assertEqual(self.review(self.hang).parts, False)
        self.answer(self.asked(self.hang, "self", self.hang_user), 4, 4)
        self.assertEqual(self.review(self.hang).manager_score, 80)
        self.assertFalse(self.env["kpi.review"].with_user(self.stranger).search([]))

    def test_ones_own_other_record_is_no_manager(self):
        far = self.make_department("Far", company_id=self.other_company.id)
        self.hang_user.company_ids = [Command.link(self.other_company.id)]
        self.hang.parent_id = self.make_employee("Hằng abroad", far, user=self.hang_user)
        self.cycle.action_launch()
        self.assertFalse(self.review(self.hang).manager_id)
        with self.refused(UserError, "Nobody reviews himself"):
            self.review(self.hang, user=self.officer).manager_id = self.hang.parent_id

    def test_who_gets_a_login_later_is_asked_by_launching_again(self):
        khoa = self.make_employee("Khoa", self.north, parent_id=self.an.id)
        self.cycle.use_upward = True
        self.cycle.action_launch()
        self.assertFalse(self.asked(khoa, "self"))
        self.assertEqual(len(self.asked(self.an, "upward")), 3)
        with self.refused(UserError, "Everybody concerned has a review already"):
            self.cycle.action_launch()
        khoa.user_id = self.make_user("khoa")
        self.answer(self.asked(self.an, "self", self.an_user), 4, 4)
        self.env.invalidate_all()
        self.assertEqual(self.cycle.late_count, 2)
        rows = self.env["kpi.review.feedback"].search([("cycle_id", "=", self.cycle.id)])
        notice = self.cycle.action_launch()
        new = self.env["kpi.review.feedback"].search([("cycle_id", "=", self.cycle.id)]) - rows
        self.assertEqual(
            {(row.side, row.employee_id, row.rater_id) for row in new},
            {("self", khoa, khoa), ("upward", self.an, khoa)},
        )
        self.assertEqual(new.create_uid, self.env.ref("base.user_root"))
        self.assertIn("2 people were asked who could not be asked before", notice["params"]["message"])
        # another manager has an answer to go by: he is not asked beside the one who gave it
        self.answer(self.asked(self.binh, "manager", self.an_user), 4, 4)
        self.review(self.binh, user=self.officer).manager_id = self.hang
        with self.refused(UserError, "Everybody concerned has a review already"):
            self.cycle.action_launch()

    def test_who_leaves_is_still_reviewed_by_those_above(self):
        self.cycle.action_launch()
        self.answer(self.asked(self.binh, "manager", self.an_user), 4, 4)
        self.binh.active = False
        self.an.active = False
        self.env.flush_all()
        review = self.review(self.binh)
        for user in (self.binh_user, self.an_user, self.hang_user):
            with self.subTest(user.login):
                self.assertEqual(self.env["kpi.review"].with_user(user).search([("id", "=", review.id)]), review)
        self.assertFalse(self.env["kpi.review"].with_user(self.chi_user).search([("id", "=", review.id)]))
        self.finish()
        self.assertEqual((review.score, review.state), (80, "closed"))

    def test_an_employee_record_given_to_another_login_takes_the_review_with_it(self):
        self.cycle.action_launch()
        row = self.asked(self.binh, "self", self.binh_user)
        self.answer(row, 3, 3, "Mine", submit=False)
        heir = self.make_user("heir")
        self.binh.user_id = heir
        self.env.flush_all()
        self.assertTrue(self.review(self.binh, user=heir)._filtered_access("read"))
        self.assertFalse(self.review(self.binh, user=self.binh_user)._filtered_access("read"))
        # What was being written stays with who wrote it.
        self.assertFalse(row.with_user(heir).sudo(False).draft_ids)

    def test_what_ratings_are_worth_may_change_but_not_what_is_shown(self):
        self.cycle.action_launch()
        for person, user in ((self.binh, self.binh_user), (self.dung, self.dung_user)):
            self.answer(self.asked(person, "self", user), 4, 4)
        self.answer(self.asked(self.binh, "manager", self.an_user), 4, 4)
        levels = self.env["kpi.rating.level"].search([("company_id", "=", self.company.id), ("rating", "=", "4")])
        levels.percent = 90
        self.answer(self.asked(self.dung, "manager", self.an_user), 4, 4)
        self.assertEqual((self.review(self.binh).score, self.review(self.dung).score), (80, 90))
        self.finish()
        levels.percent = 10
        self.assertEqual((self.review(self.binh).manager_score, self.review(self.dung).manager_score), (80, 90))
