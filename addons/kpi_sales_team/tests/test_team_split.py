from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.split_case import SplitCase


@tagged("post_install", "-at_install")
class TestTeamSplit(SplitCase):
    """A company's target over its sales teams, a team's over its members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.team"].search([]).active = False
        cls.hanoi, cls.hue = cls.env["crm.team"].create(
            [
                {"name": name, "company_id": cls.company.id, "member_ids": [Command.set([user.id for user in members])]}
                for name, members in (("Hà Nội", (cls.an_user, cls.binh_user)), ("Huế", (cls.chi_user,)))
            ]
        )
        cls.line = cls.whole(cls.company, 900, period=cls.january)

    def test_over_teams_by_headcount(self):
        parts = self.split(self.line, subject_kind="team", subject_method="headcount")
        self.assertEqual([(part.team_id, part.target) for part in parts], [(self.hanoi, 600), (self.hue, 300)])
        self.assertEqual((self.line.coverage, set(parts.mapped("split_axis"))), (100, {"subject"}))

    def test_over_the_members_of_a_team(self):
        hanoi = self.split(self.line, subject_kind="team")[0]
        parts = self.split(hanoi, subject_kind="employee")
        self.assertEqual([(part.employee_id, part.target) for part in parts], [(self.an, 225), (self.binh, 225)])
        stranger = self.whole(self.chi, 1, period=self.january, agreed=False)
        with self.refused(ValidationError, "not below"):
            stranger.parent_line_id = hanoi
