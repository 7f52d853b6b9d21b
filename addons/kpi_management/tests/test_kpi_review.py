from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReview(ReviewCase):
    """What is shown when, and what comes out of it."""

    def test_both_sides_are_shown_when_both_are_in(self):
        self.cycle.action_launch()
        self.answer(self.asked(self.binh, "self", self.binh_user), 5, 5, "More customers")
        review = self.review(self.binh)
        self.assertEqual((review.state, len(review.answer_ids)), ("open", 0))
        self.answer(self.asked(self.binh, "manager", self.an_user), 4, 3)
        self.assertEqual(review.state, "assessed")
        self.assertEqual(
            sorted((answer.side, answer.template_line_id.display_name, answer.rating) for answer in review.answer_ids),
            [
                ("manager", "Care", "4"),
                ("manager", "Drive", "3"),
                ("self", "Care", "5"),
                ("self", "Drive", "5"),
                ("self", "What comes next?", False),
            ],
        )
        # (2 × 80 + 1 × 60) / 3 = 73.33; five and five is five, which is worth 100
        self.assertEqual((review.manager_score, review.self_score), (73.33, 100))

    def test_what_is_shown_by_date_or_at_the_end(self):
        dated = self.make_cycle(reveal="date", manager_date="2026-04-03")
        late = self.make_cycle(reveal="close")
        (dated | late).mapped(lambda cycle: cycle.action_launch() and cycle.id)
        for cycle in (dated, late):
            self.answer(self.asked(self.binh, "manager", self.an_user, cycle), 4, 4)
            self.answer(self.asked(self.binh, "self", self.binh_user, cycle), 4, 4)
            self.assertFalse(self.review(self.binh, cycle).answer_ids)
        dated._reveal_due()
        self.assertFalse(self.review(self.binh, dated).answer_ids)
        with freeze_time("2026-04-04 02:00:00"):
            dated._reveal_due()
            late._reveal_due()
            self.assertEqual(len(self.review(self.binh, dated).answer_ids), 4)
            self.assertFalse(self.review(self.binh, late).answer_ids)
            # who comes late is shown at once
            self.answer(self.asked(self.chi, "self", self.chi_user, dated), 2, 2)
        late.action_calibrate()
        self.assertEqual(len(self.review(self.binh, late).answer_ids), 4)

    def test_who_answered_at_the_same_moment_is_shown_by_night(self):
        self.cycle.action_launch()
        self.ask_peers()
        rows = [
            self.asked(self.binh, side, user) for side, user in (("self", self.binh_user), ("manager", self.an_user))
        ]
        rows += [self.asked(self.binh, "peer", user) for user in (self.dung_user, self.giang_user, self.chi_user)]
        for row in rows:
            self.answer(row, 4, 4, submit=False)
        # as two transactions leave it that do not see each other
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE kpi_review_feedback SET state = 'done' WHERE id IN %s", [tuple(row.id for row in rows)]
        )
        self.env.invalidate_all(flush=False)
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_review_reveal").method_direct_trigger()
        review = self.review(self.binh)
        self.assertEqual((review.state, len(review.answer_ids)), ("assessed", 2 + 2 + 6))
        self.assertEqual({self.review(person).state for person in (self.an, self.chi, self.lan)}, {"open"})

    def test_the_result_adds_up(self):
        self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.binh, 855)
        self.month.action_compute()
        self.cycle.action_launch()
        review = self.review(self.binh)
        self.assertEqual((review.kpi_score, review.score), (85.5, 85.5))
        self.ask_peers()
        for user, care, drive in ((self.dung_user, 5, 5), (self.giang_user, 4, 5), (self.chi_user, 4, 5)):
            self.answer(self.asked(self.binh, "peer", user), care, drive)
        # Care (100 + 80 + 80) / 3 = 86.67, Drive 100: (2 × 86.67 + 100) / 3 = 91.11
        self.assertEqual(review.peer_score, 91.11)
        # (50 × 85.5 + 20 × 91.11) / 70 = 6097.2 / 70
        self.assertEqual((review.score, review.missing), (87.1, "Manager"))
        self.answer(self.asked(self.binh, "self", self.binh_user), 5, 5)
        self.answer(self.asked(self.binh, "manager", self.an_user), 4, 4)
        # 42.75 + 24 + 18.222
        self.assertEqual((review.score, review.missing), (84.97, ""))
        self.assertEqual(review.grade_id.name, "B · Fair")

    def test_the_kpis_of_smaller_periods_count_by_their_days(self):
        quarter = self.make_period("2026-02-01", "quarter")
        cards = {}
        for day, figure in (("2026-01-01", 100), ("2026-02-01", 50), ("2026-03-01", 80)):
            period = self.make_period(day)
            cards[day] = self.make_card(self.binh, [("T_REVENUE", 100, 100)], period)
            self.enter("t_revenue", self.binh, figure, period)
            period.action_compute()
        cycle = self.make_cycle(period_id=quarter.id)
        cycle.action_launch()
        review = self.review(self.binh, cycle)
        # (31 × 100 + 28 × 50 + 31 × 80) / 90 = 6980 / 90
        self.assertEqual(review.kpi_score, 77.56)
        self.assertEqual(len(review.with_user(self.binh_user).scorecard_ids), 3)

    def test_too_few_colleagues_are_not_shown_and_not_counted(self):
        self.cycle.action_launch()
        self.ask_peers()
        for user in (self.dung_user, self.giang_user):
            self.answer(self.asked(self.binh, "peer", user), 1, 1, "Never again")
        self.cycle.action_calibrate()
        review = self.review(self.binh)
        self.assertFalse(review.answer_ids)
        self.assertEqual((review.has_score, review.parts), (False, False))
        self.cycle.action_talk()
        self.cycle.action_close()
        self.assertFalse(self.env["kpi.review.draft"].search([("feedback_id.review_id", "=", review.id)]))

    def test_a_question_too_few_can_answer_stays_without_ratings(self):
        self.cycle.action_launch()
        self.ask_peers()
        for user, drive in ((self.dung_user, 2), (self.giang_user, 0), (self.chi_user, 0)):
            self.answer(self.asked(self.binh, "peer", user), 4, drive)
        answers = self.review(self.binh).answer_ids
        self.assertEqual(answers.mapped("rating"), ["4", "4", "4"])
        self.assertEqual(self.review(self.binh).peer_score, 80)

    def test_what_is_missing_is_named(self):
        self.cycle.action_launch()
        mine = self.asked(self.binh, "self", self.binh_user)
        mine.action_fill()
        with self.refused(UserError, "Rate “Care”, “Drive” before"):
            mine.action_submit()
        self.answer(mine, 3, 0, submit=False)
        with self.refused(UserError, "“Drive”: a rating from 1 to 5"):
            mine.action_submit()
        self.assertEqual(mine.state, "started")

    def test_answers_may_be_taken_back_until_they_are_shown(self):
        self.cycle.action_launch()
        mine = self.asked(self.binh, "self", self.binh_user)
        self.answer(mine, 3, 3)
        with self.refused(AccessError, "Take them back"):
            mine.draft_ids[0].write({"rating": "5"})
        mine.action_take_back()
        self.answer(mine, 5, 3)
        self.answer(self.asked(self.binh, "manager", self.an_user), 4, 4)
        with self.refused(UserError, "phase of the review is over"):
            mine.action_take_back()
        self.assertEqual(
            self.review(self.binh).competency_chart()["competencies"][0]["ratings"], {"self": 5, "manager": 4}
        )

    def test_the_kpis_follow_until_calibration(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        figure = self.enter("t_revenue", self.binh, 500)
        card.action_compute()
        self.cycle.action_launch()
        review = self.review(self.binh)
        self.assertEqual((review.kpi_score, self.cycle.open_card_count), (50, 1))
        figure.value = 700
        card.action_compute()
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_review_reveal").method_direct_trigger()
        self.assertEqual(review.kpi_score, 70)
        self.cycle.action_calibrate()
        figure.value = 1000
        card.action_compute()
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_review_reveal").method_direct_trigger()
        self.assertEqual((card.score, review.kpi_score, review.score), (100, 70, 70))
