from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.engine import replay

from .change_case import ChangeCase
from .crowd import make_crowd


@tagged("post_install", "-at_install")
class TestKpiTargetChangeScore(ChangeCase):
    """The score counts each target for its days."""

    def compute(self, revenue=86, complaints=10):
        self.enter("t_revenue", self.binh, revenue)
        self.enter("t_complaints", self.binh, complaints)
        self.card.action_compute()

    def test_100_for_14_days_and_120_for_17(self):
        self.compute()
        # 86 of 100 are 86 %; 10 of 10 are 100 %: 0.6 × 86 + 0.4 × 100 = 91.6
        self.assertEqual((self.revenue_line.attainment, self.card.score), (86.0, 91.6))
        self.change(self.revenue_line, "2026-03-15", new_target=120)
        # (100 × 14 + 120 × 17) ÷ 31 = 3440 ÷ 31 = 110.97; 86 of that are 77.5 %: 0.6 × 77.5 + 40 = 86.5
        self.assertEqual((self.revenue_line.attainment, self.card.score), (77.5, 86.5))
        self.assertAlmostEqual(self.revenue_line.effective_target, 110.9677419, 6)
        self.assertEqual(self.complaints_line.effective_target, 10)

    def test_before_and_after_is_said_in_words(self):
        self.change(self.revenue_line, "2026-03-15", new_target=120)
        # Bình's dong have no cents; the currency stands behind a space of its own kind.
        told = " ".join(self.revenue_line.with_context(lang="en_US").terms_by_day.split())
        self.assertEqual(told, "100 ₫ until 14 Mar · 120 ₫ from 15 Mar → 111 ₫")

    def test_a_change_of_a_change(self):
        self.change(self.revenue_line, "2026-03-11", new_target=131)
        again = self.change(self.revenue_line, "2026-03-21", new_target=110)
        self.assertEqual(again.old_target, 131)
        self.compute(revenue=88)
        # (100 × 10 + 131 × 10 + 110 × 11) ÷ 31 = 3520 ÷ 31; 88 × 31 ÷ 3520 = 77.5 %
        self.assertEqual(self.revenue_line.attainment, 77.5)
        self.change(self.revenue_line, "2026-03-21", new_target=131)
        # from the same day the later one counts: (100 × 10 + 131 × 21) ÷ 31 = 3751 ÷ 31; 88 × 31 ÷ 3751 = 72.727 %
        self.assertEqual(self.revenue_line.attainment, 72.73)

    def test_an_earlier_change_that_is_approved_later(self):
        self.change(self.revenue_line, "2026-03-21", new_target=110)
        earlier = self.change(self.revenue_line, "2026-03-11", new_target=131)
        self.assertEqual((earlier.old_target, self.revenue_line.target), (100, 110))
        self.compute(revenue=88)
        self.assertEqual(self.revenue_line.attainment, 77.5)

    def test_target_and_weights_change_on_days_of_their_own(self):
        weights = self.draft(self.an_user, self.revenue_line, "2026-03-11", new_weight=91)
        weights |= self.draft(self.an_user, self.complaints_line, "2026-03-11", new_weight=9)
        weights.action_request()
        self.change(self.revenue_line, "2026-03-15", new_target=120)
        weights[0].with_user(self.officer).action_approve()
        self.assertEqual((self.revenue_line.target, self.revenue_line.weight), (120, 91))
        self.compute()
        # weights (60 × 10 + 91 × 21) ÷ 31 = 81 and (40 × 10 + 9 × 21) ÷ 31 = 19: 0.81 × 77.5 + 19 = 81.775
        self.assertEqual((self.revenue_line.effective_weight, self.complaints_line.effective_weight), (81, 19))
        self.assertEqual(self.card.score, 81.78)

    def test_scoring_terms_go_by_days_too(self):
        card = self.make_card(self.chi, [("T_REVENUE", 100, 100, {"threshold": 62, "stretch": 131})])
        change = self.draft(self.hang_user, card.line_ids, "2026-03-11", new_threshold=93, new_stretch=162)
        change.action_request()
        change.with_user(self.officer).action_approve()
        self.enter("t_revenue", self.chi, 83)
        card.action_compute()
        # the threshold is (62 × 10 + 93 × 21) ÷ 31 = 83, worth 50 %
        self.assertEqual(card.line_ids.attainment, 50)

    def test_the_explanation_tells_each_stretch_and_replays(self):
        self.change(self.revenue_line, "2026-03-15", new_target=120)
        self.compute()
        explanation = self.revenue_line.explanation
        told = [(span["start"], span["days"], span["scoring"]["target"]) for span in explanation["spans"]]
        self.assertEqual(told, [("2026-03-01", 14, "100"), ("2026-03-15", 17, "120")])
        self.assertEqual(replay(explanation), (Decimal(86), Decimal("77.5")))
        self.assertNotIn("spans", self.complaints_line.explanation)
        html = self.revenue_line.explanation_html
        self.assertIn("Each target for its days", html)
        self.assertIn("03/14/2026", html)
        self.assertNotIn("Each target for its days", self.complaints_line.explanation_html)

    def test_what_was_asked_for_but_not_approved_does_not_count(self):
        self.ask(self.an_user, self.revenue_line, "2026-03-15", new_target=120)
        self.draft(self.an_user, self.revenue_line, "2026-03-15", new_target=130)
        self.compute()
        self.assertEqual((self.revenue_line.attainment, self.revenue_line.effective_target), (86.0, 100))


@tagged("post_install", "-at_install")
class TestKpiTargetChangeCrowd(ChangeCase):
    def test_changes_of_a_thousand_cost_as_many_queries_as_those_of_ten(self):
        people = make_crowd(self.binh, 1000)
        cards = self.env["kpi.scorecard"].create(
            [
                {
                    **self._subject_vals(person),
                    "period_id": self.month.id,
                    "line_ids": [Command.create(self._line_vals("T_REVENUE", 100, 100))],
                }
                for person in people
            ]
        )
        cards.action_agree()
        values = {"date_effective": "2026-03-15", "reason_id": self.reason.id, "new_target": 120}
        changes = self.env["kpi.target.change"].create([{"line_id": line.id, **values} for line in cards.line_ids])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE kpi_target_change SET state = 'approved', approved_on = now() AT TIME ZONE 'UTC' WHERE id IN %s",
            [changes._ids],
        )
        computation = self.env["kpi.computation"]
        library = computation._library()
        for count in (10, 1000):
            self.env.invalidate_all()
            some = cards[:count]
            elapsed = computation._elapsed_shares(self.company, some.period_id)
            some.mapped("employee_id.name")
            figures = computation._query(self.company, computation._plan(some, library))
            with self.subTest(count), self.assertQueryCount(8):
                results = computation._evaluate(some, library, figures, elapsed)
            self.assertEqual(len(results), count)
            self.env.invalidate_all()
            with self.subTest(f"shown to {count}"), self.assertQueryCount(12):
                total = sum(some.line_ids.mapped("effective_target"))
            self.assertAlmostEqual(total, 3440 / 31 * count, 4)
