from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

OFFICER = "kpi_first_steps_officer"


@tagged("post_install", "-at_install")
class TestFirstStepsTour(HttpCase):
    """A new company with two people and a KPI officer, from nothing to the first scores."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.company = cls.env["res.company"].create({"name": "Sao Khuê"})
        groups = "kpi_management.group_kpi_officer,hr.group_hr_user"
        new_test_user(
            cls.env,
            OFFICER,
            groups=groups,
            password=OFFICER,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )
        cls.env["hr.employee"].create([{"name": name, "company_id": cls.company.id} for name in ("Bình", "Chi")])

    def test_from_nothing_to_the_first_scores(self):
        self.start_tour("/odoo/kpi-cockpit", "kpi_first_steps_tour", login=OFFICER)
        cards = self.env["kpi.scorecard"].search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(cards.mapped("subject_name")), ["Bình", "Chi"])
        self.assertTrue(all(cards.mapped("computed_at")))
        self.assertEqual(cards.line_ids.mapped("target"), [10, 10])
