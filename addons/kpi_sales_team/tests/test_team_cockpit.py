from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.tests.common import KpiCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestTeamCockpit(KpiCase):
    """Bình sells for Hà Nội, Chi for no team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        member = Command.create({"user_id": cls.binh_user.id})
        cls.hanoi = cls.env["crm.team"].create(
            {"name": "Hà Nội", "company_id": cls.company.id, "crm_team_member_ids": [member]}
        )
        for subject, sold in ((cls.hanoi, 500), (cls.binh, 300), (cls.chi, 100)):
            cls.enter("t_revenue", subject, sold)
            cls.make_card(subject, [("T_REVENUE", 100, 1000)]).action_compute()

    def load(self, user, **subject):
        return self.env["kpi.cockpit"].with_user(user).load(self.month.id, subject=subject or None)

    def test_below_a_team_are_its_members(self):
        cockpit = self.load(self.officer, type="team", id=self.hanoi.id)
        self.assertEqual([step["name"] for step in cockpit["path"]], ["Sao Mai", "Hà Nội"])
        self.assertEqual(cockpit["subject"]["score"], 50)
        self.assertEqual([row["name"] for row in cockpit["below"]], ["Bình"])
        self.assertEqual([row["name"] for row in cockpit["heat"]["rows"]], ["Bình"])

    def test_the_company_shows_its_teams_beside_its_departments(self):
        rows = self.load(self.officer)["below"]
        self.assertEqual({row["name"]: row["score"] for row in rows}, {"Sales": 20, "Hà Nội": 50})

    def test_a_team_is_nothing_to_those_who_may_not_see_it(self):
        cockpit = self.load(self.chi_user, type="team", id=self.hanoi.id)
        self.assertEqual(cockpit["subject"]["name"], "Chi")
        self.assertNotIn("Hà Nội", str(cockpit["path"]))
