from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .change_case import ChangeCase
from .my_page_case import MyPageCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 02:00:00")
class TestKpiMyPage(MyPageCase):
    def test_the_running_period(self):
        page = self.load()
        self.assertFalse(page["empty"])
        self.assertEqual([period["id"] for period in page["periods"]], [self.month.id, self.february.id])
        period = page["period"]
        self.assertEqual((period["id"], period["is_running"], period["days_left"]), (self.month.id, True, 11))
        # 14 of 22 working days, and one hour of the eight of this one
        self.assertAlmostEqual(period["elapsed"], 100 * (14 * 8 + 1) / (22 * 8), 1)
        self.assertEqual((page["card"]["id"], page["card"]["can_compute"]), (self.card.id, True))

    def test_the_score_and_how_it_went(self):
        self.assertRecordValues(self.february_card, [{"score": 55}])  # 60 × 25 % + 40 × 100 %
        card = self.load()["card"]
        self.assertEqual(card["score"], self.card.score)
        self.assertEqual([point["attainment"] for point in card["trend"]], [55, self.card.score])
        self.assertEqual({point["result"] for point in card["trend"]}, {"ok"})

    def test_each_kpi_says_what_is_missing(self):
        lines = self.lines(self.load())
        revenue, complaints = lines["T_REVENUE"], lines["T_COMPLAINTS"]
        self.assertEqual((revenue["actual"], revenue["target"], revenue["gap"]), (300, 400, 100))
        self.assertEqual(revenue["lost"], 15)  # a quarter of 60
        self.assertEqual([point["attainment"] for point in revenue["trend"]], [25, 75])
        # less is better: two too many
        self.assertEqual((complaints["actual"], complaints["target"], complaints["gap"]), (6, 4, 2))

    def test_nothing_is_missing_once_the_target_is_reached(self):
        lines = self.lines(self.load(period=self.february))
        self.assertEqual((lines["T_REVENUE"]["gap"], lines["T_COMPLAINTS"]["gap"]), (300, False))

    def test_before_anything_is_measured(self):
        self.make_card(self.chi, [("T_REVENUE", 100, 400)])
        page = self.load(self.chi_user)
        (line,) = page["lines"]
        self.assertEqual((page["card"]["score"], page["card"]["computed_at"]), (False, False))
        self.assertEqual((line["result"], line["gap"]), (False, False))

    def test_another_own_period_and_nobody_else_s(self):
        page = self.load(period=self.february)
        self.assertEqual((page["card"]["id"], page["period"]["is_running"]), (self.february_card.id, False))
        self.make_card(self.chi, [("T_REVENUE", 100, 400)], self.april)
        # April is Chi's alone: one's own running period is shown instead.
        self.assertEqual(self.load(period=self.april)["card"]["id"], self.card.id)

    def test_a_manager_sees_the_own_page_and_not_that_of_the_team(self):
        page = self.load(self.an_user)
        self.assertEqual((page["empty"], page["card"], page["lines"]), ("no_scorecard", False, []))

    def test_the_departments_one_answers_for(self):
        card = self.make_card(self.sales, [("T_REVENUE", 100, 400)])
        (led,) = self.load(self.hang_user)["led"]
        self.assertEqual((led["id"], led["name"], led["score"]), (card.id, "Sales", False))
        self.assertFalse(self.load()["led"])

    def test_without_a_scorecard_the_page_says_what_to_do(self):
        cases = {
            self.officer: ("no_scorecard", True),
            self.chi_user: ("no_scorecard", False),
            self.admin: ("no_employee", True),
            self.stranger: ("no_employee", False),
        }
        for user, expected in cases.items():
            with self.subTest(user.login):
                page = self.load(user)
                self.assertEqual((page["empty"], page["may_prepare"]), expected)
                self.assertEqual((page["card"], page["lines"], page["periods"], page["team"]), (False, [], [], []))
        self.assertFalse(self.load(self.chi_user)["may_link"])
        self.chi_user.group_ids = [Command.link(self.env.ref("hr.group_hr_user").id)]
        self.assertTrue(self.load(self.chi_user)["may_link"])

    def test_portal_users_have_no_page(self):
        portal = self.make_user("portal")
        portal.group_ids = [Command.set(self.env.ref("base.group_portal").ids)]
        with self.assertRaises(AccessError):
            self.load(portal)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-16 02:00:00")
class TestKpiMyPageChange(ChangeCase):
    """The revenue of March is to be 200 instead of 100 from the 16th on."""

    def load(self, user):
        return self.env["kpi.my.page"].with_user(user).load()

    def test_the_target_is_the_one_that_counts_for_the_whole_period(self):
        self.change(self.revenue_line, new_target=200)
        line = next(line for line in self.load(self.binh_user)["lines"] if line["id"] == self.revenue_line.id)
        # 15 days for 100, 16 for 200
        self.assertAlmostEqual(line["target"], (15 * 100 + 16 * 200) / 31, 4)
        self.assertTrue(line["terms"])

    def test_note_is_taken_of_a_change(self):
        change = self.change(self.revenue_line, new_target=200)
        (row,) = (row for row in self.load(self.binh_user)["todo"] if row["key"] == "changes")
        self.assertEqual(row["open"], {"model": "kpi.scorecard", "id": self.card.id})
        self.assertIn("T_REVENUE", row["detail"])
        change.with_user(self.binh_user).action_acknowledge()
        self.assertFalse([row for row in self.load(self.binh_user)["todo"] if row["key"] == "changes"])

    def test_a_change_waits_for_whoever_decides(self):
        change = self.ask(self.binh_user, self.revenue_line, new_target=50)
        (row,) = (row for row in self.load(self.an_user)["team"] if row["key"] == "changes")
        self.assertEqual((row["count"], row["open"]["domain"]), (1, [("id", "in", change.ids)]))
        self.assertFalse([row for row in self.load(self.hang_user)["team"] if row["key"] == "changes"])
        change.with_user(self.an_user).action_approve()
        self.assertFalse([row for row in self.load(self.an_user)["team"] if row["key"] == "changes"])
