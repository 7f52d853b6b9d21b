from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewPage(ReviewCase):
    """What a review shows, to whom, and in which words."""

    def step(self, user):
        review = self.review(self.binh, user=user)
        review.invalidate_recordset()
        return review.next_step

    def test_the_next_step_in_the_words_of_each(self):
        self.cycle.write({"self_date": "2026-04-05", "manager_date": "2026-04-01", "talk_date": "2026-04-30"})
        self.cycle.action_launch()
        person, manager, officer = self.binh_user, self.an_user, self.officer
        self.assertEqual(self.step(person), "Write your self-assessment. Due on 04/05/2026.")
        self.assertEqual(self.step(officer), "Bình writes the self-assessment. Due on 04/05/2026.")
        late = self.review(self.binh, user=manager)
        self.assertEqual(late.next_step, "Write your assessment of Bình. It was due on 04/01/2026.")
        self.assertEqual((late.is_late, self.review(self.binh, user=officer).is_late), (True, False))
        self.answer(self.asked(self.binh, "self", person), 4, 4)
        self.assertEqual(self.step(person), "An writes the manager's assessment. It was due on 04/01/2026.")
        self.answer(self.asked(self.binh, "manager", manager), 4, 4)
        self.assertEqual(self.step(person), "Both assessments are in. Calibration comes next.")
        self.cycle.action_calibrate()
        self.assertIn("yours is shown after that", self.step(person))
        self.assertEqual(self.step(manager), "The grades are being calibrated.")
        self.cycle.action_talk()
        self.assertEqual(self.step(manager), "Talk with Bình and write below what you agreed on. Due on 04/30/2026.")
        self.assertEqual(self.step(person), "The talk comes next; An writes down what is agreed. Due on 04/30/2026.")
        self.review(self.binh, user=manager).summary = "<p>More visits</p>"
        self.assertEqual(self.step(person), "Read what was agreed, and sign. Due on 04/30/2026.")
        self.review(self.binh, user=manager).action_sign()
        self.assertEqual(self.step(manager), "Bình has not signed yet. Due on 04/30/2026.")
        self.review(self.binh, user=person).action_sign()
        self.assertEqual(self.step(manager), "Both have signed. The review is complete.")
        self.cycle.action_close()
        self.assertFalse(self.step(manager))

    def test_each_side_on_its_page_when_it_is_shown(self):
        self.cycle.action_launch()
        self.ask_peers()
        self.answer(self.asked(self.binh, "self", self.binh_user), 4, 4, "A larger area")
        review = self.review(self.binh, user=self.an_user)
        self.assertFalse(review.self_html or review.manager_html or review.feedback_html)
        self.answer(self.asked(self.binh, "manager", self.an_user), 5, 3)
        for user, words in ((self.dung_user, "Well"), (self.giang_user, "Fine"), (self.chi_user, "Quick <b>")):
            self.answer(self.asked(self.binh, "peer", user), 4, 3, words)
        self.env.invalidate_all()
        review = self.review(self.binh, user=self.binh_user)
        self.assertIn("A larger area", review.self_html)
        # what somebody rated 5 in Care does
        self.assertIn("Calls back first", review.manager_html)
        self.assertNotIn("Calls back first", review.self_html)
        for text in ("4.00", "4 · 4 · 4", "Well", "Fine", "Quick &lt;b&gt;"):
            self.assertIn(text, review.feedback_html)
        for name in ("Dũng", "Giang", "Chi"):
            self.assertNotIn(name, review.feedback_html)

    def test_who_was_asked_by_number_or_by_name(self):
        named = self.make_cycle(name="Named", anonymous=False)
        for cycle in (self.cycle, named):
            cycle.action_launch()
            self.ask_peers(cycle)
            self.review(self.binh, cycle, self.officer).action_ask("peer", self.hang.ids)
            for user in (self.chi_user, self.dung_user, self.hang_user):
                self.answer(self.asked(self.binh, "peer", user, cycle), 4, 4)
        self.env.invalidate_all()
        for user in (self.an_user, self.officer):
            secret = self.review(self.binh, user=user).asked_html
            self.assertIn("3 / 4", " ".join(secret.split()))
            self.assertIn("Names are kept secret", secret)
            self.assertNotIn("Chi", secret)
            known = self.review(self.binh, named, user).asked_html
            for text in ("Chi", "Dũng", "Given", "Asked"):
                self.assertIn(text, known)
        for cycle in (self.cycle, named):
            self.assertFalse(self.review(self.binh, cycle, self.binh_user).asked_html)

    def test_the_levels_beside_a_question(self):
        levels = self.env["kpi.rating.level"].search([("company_id", "=", self.company.id)])
        levels.filtered(lambda level: level.rating == "1").name = "Far below"
        levels.filtered(lambda level: level.rating == "5").unlink()
        self.cycle.action_launch()
        self.ask_peers()
        for user, side, last in (
            (self.binh_user, "self", {"rating": "5", "name": "5", "behaviour": "Calls back first"}),
            (self.chi_user, "peer", {"rating": "0", "name": "Cannot say", "behaviour": ""}),
        ):
            row = self.asked(self.binh, side, user)
            row.action_fill()
            care, _drive, words = row.draft_ids
            self.assertEqual(care.levels[0], {"rating": "1", "name": "Far below", "behaviour": ""})
            self.assertEqual(care.levels[-1], last)
            self.assertFalse(words.levels)

    def test_all_that_is_missing_is_named(self):
        self.cycle.action_launch()
        row = self.asked(self.binh, "self", self.binh_user)
        row.action_fill()
        with self.refused(UserError, "Rate “Care”, “Drive” before you give your answers."):
            row.action_submit()
        row.draft_ids.filtered(lambda draft: draft.kind == "competency").rating = "0"
        with self.refused(UserError, "“Care”, “Drive”: a rating from 1 to 5 is needed from you."):
            row.action_submit()


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewPageFigures(ReviewCase):
    """The scorecards beside a review, and its arithmetic."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_kpi("ANSWERED")
        cls.make_kpi("VISITS", direction="band")
        band = {"band_low": 8, "band_high": 10, "band_tolerance": 2}
        cls.card = cls.make_card(cls.binh.with_user(cls.officer), [("ANSWERED", 60, 100), ("VISITS", 40, 0, band)])
        cls.enter("answered", cls.binh, 90)
        cls.enter("visits", cls.binh, 9)
        cls.card.action_compute()
        cls.cycle.action_launch()

    def test_the_scorecards_for_whoever_may_read_them(self):
        for user in (self.binh_user, self.an_user, self.officer):
            (card,) = self.review(self.binh, user=user).read_cards()
            # 0.6 × 90 + 0.4 × 100
            self.assertEqual((card["name"], card["score"], card["grade"]), ("03/2026", 94, self.card.grade_id.name))
            first, second = (
                [line[name] for name in ("name", "weight", "target", "band", "actual", "attainment", "result")]
                for line in card["lines"]
            )
            self.assertEqual(first, ["ANSWERED", 60, 100, False, 90, 90, "ok"])
            self.assertEqual(second, ["VISITS", 40, 0, [8, 10], 9, 100, "ok"])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.review(self.binh, user=self.chi_user).read_cards()

    def test_beside_the_own_part_but_not_for_other_raters(self):
        self.ask_peers()
        for user, side, count in (
            (self.binh_user, "self", 1),
            (self.an_user, "manager", 1),
            (self.chi_user, "peer", 0),
        ):
            self.assertEqual(len(self.asked(self.binh, side, user).read_cards()), count)
        given = self.asked(self.binh, "manager", self.an_user)
        self.answer(given, 4, 4)
        self.review(self.binh, user=self.officer).manager_id = self.chi
        self.binh.sudo().parent_id = self.chi
        self.env.invalidate_all()
        self.assertEqual((given.state, given.read_cards()), ("done", []))

    def test_the_arithmetic_down_to_the_pocket_calculator(self):
        self.answer(self.asked(self.binh, "self", self.binh_user), 3, 3)
        self.answer(self.asked(self.binh, "manager", self.an_user), 5, 3)
        self.cycle._reviews()._refresh_result(("kpi",))
        self.env.invalidate_all()
        review = self.review(self.binh, user=self.binh_user)
        # Care counts twice: (2 × 100 + 60) / 3 = 86.67; KPIs 50, manager 30, nothing of the colleagues:
        # (50 × 94 + 30 × 86.67) / 80 = 91.25125
        self.assertEqual(review.score, 91.25)
        html = review.result_html
        self.assertIn("(50 × 94 + 30 × 86.67) ÷ 80 = 91.25", html)
        for text in ("03/2026", "31 days", "missing", "62.50", "37.50", review.grade_id.name):
            self.assertIn(text, html)

    def test_a_list_of_reviews_asks_once(self):
        reviews = self.env["kpi.review"].with_user(self.officer).search([("cycle_id", "=", self.cycle.id)])
        self.assertGreater(len(reviews), 4)
        counts = []
        for few in (reviews[:2], reviews):
            few.invalidate_recordset()
            few.with_prefetch().mapped("next_step")
            few.invalidate_recordset()
            before = self.env.cr.sql_log_count
            few.with_prefetch(few.ids).mapped("next_step")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
