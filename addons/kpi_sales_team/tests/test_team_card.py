from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.tests.crowd import multiply, one_by_one

from .team_case import TeamCase
from .told_case import ToldCase

FIELDS = ["name", "kpi_line_id", "kpi_target", "kpi_actual", "kpi_attainment", "kpi_status", "kpi_unit"]


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 02:00:00")
class TestTeamCard(TeamCase):
    """The target line on the card of a sales team.

    Revenue (money) weighs 60 %, with a target of 1,000; complaints come before it on the scorecard.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.april = cls.make_period("2026-04-15")
        cls.card = cls.make_card(cls.hanoi, [("T_COMPLAINTS", 40, 5), ("T_REVENUE", 60, 1_000)], period=cls.april)
        cls.enter("t_revenue", cls.hanoi, 250, period=cls.april)
        cls.card.action_compute()

    def seen(self, user, team=None):
        """The card as the kanban reads it, by a request of its own."""
        self.env.invalidate_all()
        specification = {name: {} for name in FIELDS}
        specification["kpi_line_id"] = {"fields": {"display_name": {}}}
        team = (team or self.hanoi).with_user(user).with_context(allowed_company_ids=user.company_id.ids)
        return team.web_read(specification)[0]

    def test_the_kpi_in_money_with_its_figures(self):
        seen = self.seen(self.hang_user)
        self.assertEqual(seen["kpi_line_id"]["display_name"], "T_REVENUE")
        self.assertEqual((seen["kpi_target"], seen["kpi_actual"], seen["kpi_attainment"]), (1_000, 250, 25))
        self.assertEqual((seen["kpi_unit"], seen["kpi_status"]), ("currency", "behind"))

    def test_without_money_the_first_kpi(self):
        self.make_card(self.hue, [("T_STOCK", 50, 10), ("T_COMPLAINTS", 50, 5)], period=self.april)
        self.assertEqual(self.seen(self.chi_user, self.hue)["kpi_line_id"]["display_name"], "T_STOCK")

    def test_the_shortest_period_that_runs(self):
        self.make_card(self.hue, [("T_REVENUE", 100, 9_000)], period=self.make_period("2026-04-15", "quarter"))
        self.assertEqual(self.seen(self.chi_user, self.hue)["kpi_target"], 9_000)
        self.make_card(self.hue, [("T_REVENUE", 100, 3_000)], period=self.april)
        self.make_card(self.hue, [("T_REVENUE", 100, 1)], period=self.month)
        self.assertEqual(self.seen(self.chi_user, self.hue)["kpi_target"], 3_000)

    def test_targets_that_are_not_agreed_or_are_past_are_not_there(self):
        self.make_card(self.hue, [("T_REVENUE", 100, 3_000)], period=self.april, agreed=False)
        self.make_card(self.hue, [("T_REVENUE", 100, 2_000)], period=self.month)
        self.assertFalse(self.seen(self.chi_user, self.hue)["kpi_line_id"])

    def test_it_is_for_those_who_see_the_scorecard(self):
        self.assertTrue(self.seen(self.officer)["kpi_line_id"])
        for user in (self.binh_user, self.chi_user):
            with self.subTest(user=user.login):
                seen = self.seen(user)
                self.assertFalse(seen["kpi_line_id"])
                self.assertFalse(seen["kpi_target"] or seen["kpi_actual"] or seen["kpi_attainment"])

    def test_it_opens_the_scorecard(self):
        action = self.hanoi.with_user(self.hang_user).action_open_kpi()
        self.assertEqual((action["res_model"], action["res_id"]), ("kpi.scorecard", self.card.id))

    def test_a_team_without_a_scorecard_says_so(self):
        with self.refused(UserError, "has no scorecard that runs today"):
            self.hue.with_user(self.officer).action_open_kpi()

    def test_a_target_changed_within_the_period(self):
        # 1,000 for 15 days, 2,000 for 15
        line = self.line(self.card, "T_REVENUE")
        self.env["kpi.target.change"].create(
            {
                "line_id": line.id,
                "date_effective": "2026-04-16",
                "reason_id": self.env.ref("kpi_management.change_reason_market").id,
                "note": "A customer left",
                "new_target": 2_000,
            }
        ).action_request()
        line.change_ids.with_user(self.officer).action_approve()
        self.assertEqual(self.seen(self.hang_user)["kpi_target"], 1_500)

    def test_as_many_queries_for_200_teams_as_for_10(self):
        counts = []
        for size in (10, 190):
            teams = multiply(self.hue, size)
            cards = multiply(self.card, size, team_id=one_by_one(teams))
            for line in self.card.line_ids:
                multiply(line, size, scorecard_id=one_by_one(cards), team_id=one_by_one(teams))
            specification = {name: {} for name in FIELDS} | {"kpi_line_id": {"fields": {"display_name": {}}}}
            everybody = self.env["crm.team"].with_user(self.officer).search([("company_id", "=", self.company.id)])
            everybody.web_read(specification)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            seen = everybody.web_read(specification)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(sum(bool(team["kpi_line_id"]) for team in seen), len(seen) - 1)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestTellSales(ToldCase):
    """Whose screens are told that a salesperson's figures changed."""

    def tell(self):
        self.binh_user.with_user(self.officer)._kpi_tell_sales()

    def test_the_person_everybody_above_team_leaders_and_whoever_did_it(self):
        self.env["crm.team"].create(
            {
                "name": "Huế",
                "company_id": self.company.id,
                "user_id": self.chi_user.id,
                "member_ids": [(6, 0, self.binh_user.ids)],
            }
        )
        # An leads Bình, Hằng leads An; both read his scorecards.
        followers = self.binh_user | self.an_user | self.hang_user | self.chi_user | self.officer
        self.assertEqual(self.told_by(self.tell), followers)
        self.assertEqual(self.kinds_told, {"kpi_sales_changed"})

    def test_a_manager_who_has_left_hides_nobody_above(self):
        self.an.active = False
        self.binh.parent_id = self.an
        self.assertEqual(self.told_by(self.tell), self.binh_user | self.hang_user | self.officer)

    def test_nobody_without_a_salesperson(self):
        self.assertFalse(self.told_by(self.env["res.users"]._kpi_tell_sales))
        self.assertFalse(self.kinds_told, "nor is anything else sent")
