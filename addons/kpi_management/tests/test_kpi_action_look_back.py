from odoo.tests import tagged

from .test_kpi_kudos import KudosCase


@tagged("post_install", "-at_install")
class TestKpiActionLookBack(KudosCase):
    """In words: what the look back says; and where an action or kudos begins."""

    def test_what_it_waits_for_and_what_it_says(self):
        action = self.act(self.an_user, self.revenue_line)
        self.assertEqual(action.effect_text, "Known once the period from 05/01/2026 is measured.")
        card = self.measure_month("2026-05-01", 75, 12)
        period = card.period_id.name
        action.invalidate_recordset()
        self.assertEqual(action.effect_text, f"{period} is measured. Say whether the action is done.")
        action.action_done()
        # 75 % after 60 %
        self.assertEqual(action.effect_text, f"In {period} the attainment was 15.00 points higher than before.")
        other = self.act(self.an_user, self.complaints_line)
        other.action_done()
        self.assertEqual(other.effect_text, f"In {period} the attainment was the same as before.")
        action.action_reopen()
        action.action_cancel()
        self.assertEqual(action.effect_text, "Given up: there is no look back.")

    def test_it_says_that_it_got_worse(self):
        action = self.act(self.an_user, self.revenue_line)
        period = self.measure_month("2026-05-01", 47.5, 12).period_id.name
        action.action_done()
        # 47.5 % after 60 %
        self.assertEqual(action.effect_text, f"In {period} the attainment was 12.50 points lower than before.")

    def test_without_a_figure_there_is_nothing_to_compare(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 100)], period=self.make_period("2026-04-01"))
        action = self.act(self.an_user, card.line_ids)
        self.assertIn("nothing to compare with", action.effect_text)

    def test_about_a_person_there_is_no_look_back(self):
        self.assertFalse(self.act(self.an_user, employee_id=self.binh.id).effect_text)

    def test_a_kpi_that_lags_or_is_worked_on_offers_it(self):
        card = self.measure_month("2026-02-01", 120, 12)
        good = self.line(card, "T_REVENUE")
        self.assertTrue(self.revenue_line.lags)
        self.assertFalse(good.lags)
        self.act(self.an_user, good)
        self.env.invalidate_all()
        self.assertTrue(good.lags)

    def test_praise_is_for_somebody_else(self):
        north = self.make_card(self.sales, [("T_REVENUE", 100, 100)]).line_ids
        for line, user, can in (
            (self.revenue_line, self.an_user, True),
            (self.revenue_line, self.binh_user, False),
            (north, self.officer, True),
            (north, self.hang_user, False),  # leads the department
        ):
            with self.subTest(user.login, line=line.subject_name):
                self.assertEqual(line.with_user(user).can_praise, can)
