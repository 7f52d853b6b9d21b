from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .pipeline_case import PipelineCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 02:00:00")
class TestPipelineStripTeam(PipelineCase):
    """Rows of sales teams: Hà Nội has a scorecard of its own, and is led by somebody who leads nobody in HR."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["kpi.measure"].search([("code", "=", "t_won")]).team_path = "team_id"
        cls.giang_user = cls.make_user("giang", "sales_team.group_sale_salesman_all_leads")
        cls.hanoi.user_id = cls.giang_user
        cls.team_card = cls.env["kpi.scorecard"].create(
            {
                "subject_type": "team",
                "team_id": cls.hanoi.id,
                "company_id": cls.company.id,
                "period_id": cls.april.id,
                "line_ids": [Command.create(cls._line_vals("T_WON", 100, 2_000.0))],
            }
        )
        cls.team_card.action_agree()

    def test_the_leader_sees_the_teams_target_and_no_scorecard_of_others(self):
        self.make_lead(self.binh, 500, team_id=self.hanoi.id).action_set_won()
        self.make_lead(self.binh, 600, team_id=self.hanoi.id)
        self.make_lead(self.an, 400, team_id=self.hanoi.id, probability=75)
        self.make_lead(self.chi, 9_000, team_id=self.hue.id)
        self.team_card.action_compute()
        strip = self.strip(self.giang_user, [("team_id", "=", self.hanoi.id)])
        self.assertFalse(strip["people"])
        self.assertFalse(strip["together"])
        (team,) = strip["teams"]
        (kpi,) = team["kpis"]
        self.assertEqual((team["name"], kpi["target"], kpi["actual"], kpi["gap"]), ("Hà Nội", 2_000, 500, 1_500))
        # 600 at 50 % and 400 at 75 % are 600, which is 40 % of 1,500.
        pipeline = team["pipeline"]
        self.assertEqual((pipeline["count"], pipeline["weighted"]), (2, 600))
        self.assertEqual((pipeline["gap"], pipeline["coverage"], pipeline["missing"]), (1_500, 40, 900))

    def test_those_above_see_the_team_and_its_people(self):
        strip = self.strip(self.admin, [("team_id", "=", self.hanoi.id)])
        self.assertEqual([row["name"] for row in strip["teams"]], ["Hà Nội"])
        self.assertEqual({row["name"] for row in strip["people"]}, {"An", "Bình"})

    def test_a_team_is_told_apart_from_single_salespeople(self):
        for domain in (
            [("user_id", "=", self.binh_user.id)],
            [("user_id", "ilike", "kpi_binh"), ("team_id", "=", self.hanoi.id)],
            [("team_id", "=", self.hue.id)],
        ):
            with self.subTest(domain=domain):
                self.assertFalse(self.strip(self.admin, domain)["teams"])
        # The leader without targets, on "My Pipeline": nothing to show.
        self.assertFalse(self.strip(self.giang_user, [("user_id", "=", self.giang_user.id)]))

    def test_refreshing_measures_the_team(self):
        self.make_lead(self.binh, 500, team_id=self.hanoi.id).action_set_won()
        strip = self.env["kpi.pipeline.strip"].with_user(self.giang_user).refresh([("team_id", "=", self.hanoi.id)])
        self.assertEqual(strip["teams"][0]["kpis"][0]["actual"], 500)
