from odoo.exceptions import UserError
from odoo.tests import tagged

from .split_case import SplitCase


@tagged("post_install", "-at_install")
class TestKpiSplitTime(SplitCase):
    """A year's target over its months."""

    def test_120_billion_over_twelve_months(self):
        line = self.whole(self.company, 120_000_000_000)
        parts = self.split(line, time_type="month")
        self.assertEqual(parts.mapped("target"), [10_000_000_000] * 12)
        self.assertEqual(parts.mapped("period_id.name")[:2], ["01/2026", "02/2026"])
        self.assertEqual(set(parts.scorecard_id.mapped("state")), {"draft"})
        self.assertEqual(set(parts.mapped("split_axis")), {"time"})
        self.assertRecordValues(
            line, [{"coverage": 100, "coverage_time": 100, "split_differs": False, "split_warning": False}]
        )

    def test_a_hundred_over_three_adds_up(self):
        quarter = self.make_period("2026-01-01", "quarter")
        line = self.whole(self.company, 100, period=quarter)
        self.assertEqual(self.split(line, time_type="month").mapped("target"), [34, 33, 33])
        other = self.whole(self.sales, 100, "T_COMPLAINTS", quarter)
        parts = self.split(other, time_type="month", digits="2")
        self.assertEqual(parts.mapped("target"), [33.34, 33.33, 33.33])

    def test_as_last_year_by_its_seasons_without_any_scorecard(self):
        for day, value in (("2025-01-01", 100), ("2025-02-01", 50), ("2025-03-01", 150), ("2024-12-01", 999)):
            self.enter("t_revenue", self.company, value, self.make_period(day))
        line = self.whole(self.company, 3000, period=self.make_period("2026-01-01", "quarter"))
        # 100 + 50 + 150 = 300
        self.assertEqual(
            self.split(line, time_type="month", time_method="last_year").mapped("target"), [1000, 500, 1500]
        )

    def test_without_figures_last_year_it_says_so_and_splits_evenly(self):
        line = self.whole(self.company, 400)
        split = self.make_split(line, time_type="quarter", time_method="last_year")
        self.assertEqual([part.target for part in split.part_ids], [100] * 4)
        self.assertIn("There are no figures of T_REVENUE from 01/01/2025 to 12/31/2025", split.basis_note)

    def test_a_month_without_figures_and_one_of_losses_get_nothing(self):
        for day, value in (("2025-01-01", 100), ("2025-02-01", -40)):
            self.enter("t_revenue", self.company, value, self.make_period(day))
        line = self.whole(self.company, 300, period=self.make_period("2026-01-01", "quarter"))
        split = self.make_split(line, time_type="month", time_method="last_year")
        self.assertEqual(self.shown(split), [("01/2026", 300), ("02/2026", 0), ("03/2026", 0)])
        self.assertIn("2 of 3 had no figures", split.basis_note)
        split.action_confirm()
        # a part of nothing needs no line
        self.assertEqual(line.child_line_ids.mapped("target"), [300])

    def test_by_hand_is_refused_until_it_adds_up(self):
        line = self.whole(self.company, 100, period=self.make_period("2026-01-01", "quarter"))
        split = self.make_split(line, time_type="month", time_method="hand")
        self.assertEqual([part.target for part in split.part_ids], [0, 0, 0])
        split.part_ids[0].target, split.part_ids[1].target = 50, 47
        self.assertEqual((split.total, split.remaining), (97, 3))
        with self.refused(UserError, "3"):
            split.action_confirm()
        split.leave_open = True
        split.action_confirm()
        self.assertRecordValues(line, [{"coverage": 97, "coverage_gap": 3, "split_differs": True, "part_count": 2}])
        split = self.make_split(line, time_type="month", time_method="hand", leave_open=True)
        self.assertEqual([part.target for part in split.part_ids], [50, 47, 0])
        split.part_ids[2].target = 4
        with self.refused(UserError, "more than"):
            split.action_confirm()

    def test_a_negative_proportion_is_refused_in_words(self):
        split = self.make_split(self.whole(self.company, 400), time_type="quarter")
        split.part_ids[0].basis = -1
        with self.refused(UserError, "A share must not be negative"):
            split._onchange_part_ids()

    def test_again_there_are_no_doubles(self):
        line = self.whole(self.company, 1200)
        first = self.split(line, time_type="month")
        cards = self.env["kpi.scorecard"].search_count([])
        self.assertEqual(self.split(line, time_type="month"), first)
        line.scorecard_id.action_draft()
        line.target = 2400
        self.assertEqual(self.split(line, time_type="month"), first)
        self.assertEqual(first.mapped("target"), [200] * 12)
        self.assertEqual(self.env["kpi.scorecard"].search_count([]), cards)

    def test_agreed_parts_stay_and_the_others_share_the_rest(self):
        line = self.whole(self.company, 1200)
        first = self.split(line, time_type="month")[0]
        first.target = 210
        first.weight = 100
        first.scorecard_id.action_agree()
        split = self.make_split(line, time_type="month")
        # (1200 − 210) ÷ 11
        self.assertEqual([part.target for part in split.part_ids], [210] + [90] * 11)
        self.assertEqual([part.locked for part in split.part_ids], [True] + [False] * 11)
        action = split.action_confirm()
        self.assertEqual(first.target, 210)
        listed = action["params"]["next"]
        self.assertEqual(self.env["kpi.scorecard.line"].search(listed["domain"]), line.child_line_ids.sorted())
        self.assertEqual(listed["views"][0], (self.env.ref("kpi_management.view_kpi_target_part_list").id, "list"))
        self.assertIn("so they stay: Sao Mai · 01/2026", action["params"]["message"])
        self.assertEqual(line.coverage, 100)

    def test_an_agreed_line_that_was_no_part_yet_counts_in(self):
        january = self.whole(self.company, 300, period=self.january)
        line = self.whole(self.company, 1400)
        parts = self.split(line, time_type="month")
        self.assertEqual(parts.mapped("target"), [300] + [100] * 11)
        self.assertEqual(parts[0], january)

    def test_a_draft_scorecard_gets_the_line_beside_what_it_has(self):
        card = self.make_card(self.company, [("T_COMPLAINTS", 60, 5)], self.january, agreed=False)
        line = self.whole(self.company, 1200)
        parts = self.split(line, time_type="month", weight=40)
        self.assertEqual(parts[0].scorecard_id, card)
        self.assertEqual(card.weight_total, 100)
        card.action_agree()

    def test_a_part_is_scored_as_the_whole(self):
        line = self.whole(self.company, 1200, terms={"baseline": 600, "threshold": 900, "stretch": 1500, "cap": 150})
        self.assertRecordValues(
            self.split(line, time_type="quarter"),
            [{"target": 300, "baseline": 150, "threshold": 225, "stretch": 375, "cap": 150}] * 4,
        )

    def test_a_ratio_has_the_same_target_everywhere(self):
        self.make_measure("t_visits")
        self.make_kpi("T_RATE", "t_revenue / t_visits", unit="percent")
        line = self.whole(self.company, 25, "T_RATE", terms={"threshold": 20})
        split = self.make_split(line, time_type="quarter")
        self.assertFalse(split.adds_up)
        split.action_confirm()
        parts = line.child_line_ids
        self.assertRecordValues(parts, [{"target": 25, "threshold": 20}] * 4)
        self.assertEqual(line.coverage, 100)
        parts[0].target = 24
        self.assertRecordValues(line, [{"coverage": 75, "split_differs": True}])
        self.assertEqual(line.split_warning, "1 of 4 parts over time have another target.")

    def test_a_balance_is_the_same_over_time_and_adds_up_below(self):
        line = self.whole(self.company, 80, "T_STOCK", self.january)
        parts = self.split(line, subject_kind="department", digits="0")
        self.assertEqual(parts.mapped("target"), [40, 40])
        year = self.whole(self.company, 80, "T_STOCK")
        self.assertEqual(self.split(year, time_type="quarter").mapped("target"), [80] * 4)

    def test_a_negative_target_and_none_at_all(self):
        line = self.whole(
            self.company, -100, period=self.make_period("2026-01-01", "quarter"), terms={"baseline": -300}
        )
        self.assertEqual(self.split(line, time_type="month").mapped("target"), [-34, -33, -33])
        self.assertEqual(line.coverage, 100)
        none = self.whole(self.sales, 0, "T_COMPLAINTS", terms={"baseline": 12})
        self.assertEqual(self.split(none, time_type="quarter").mapped("target"), [0] * 4)

    def test_periods_that_do_not_fit_and_closed_ones_are_refused(self):
        line = self.whole(self.company, 100, period=self.make_period("2026-01-01", "quarter"))
        with self.refused(UserError, "not made of half-years"):
            self.make_split(line, time_type="half")
        closed = self.make_period("2025-11-01")
        past = self.whole(self.company, 100, period=closed)
        closed.action_close()
        with self.refused(UserError, "closed"):
            self.make_split(past, subject_kind="department")
