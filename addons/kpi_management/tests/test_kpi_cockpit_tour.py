from odoo.tests import HttpCase, tagged

from .test_kpi_cockpit import CockpitCase


@tagged("post_install", "-at_install")
class TestKpiCockpitTour(CockpitCase, HttpCase):
    """The cockpit in the browser, by who may see the company, a department, and nobody else."""

    # The browser has its own clock.
    freeze_time = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.officer | cls.hang_user | cls.binh_user
        users.write({"lang": "en_US"})
        for user in users:
            user.password = user.login

    def tour(self, name, user):
        self.start_tour("/odoo/kpi-cockpit", f"kpi_management_cockpit_{name}", login=user.login)

    def type_again(self, person, value):
        """Another figure of the person's revenue in March: it counts from the next computation on."""
        domain = [("employee_id", "=", person.id), ("period_id", "=", self.month.id)]
        self.env["kpi.measurement"].search([*domain, ("measure_id.code", "=", "t_revenue")]).value = value

    def test_officer(self):
        self.type_again(self.binh, 400)
        self.tour("officer", self.officer)
        self.env.invalidate_all()
        # 60 × 400 / 400 + 40 × 100 %
        self.assertEqual(self.binh_card.score, 100)
        self.assertEqual(self.env["kpi.cockpit"].with_user(self.officer).favorites(), [])

    def test_manager(self):
        self.type_again(self.chi, 100)
        self.tour("manager", self.hang_user)
        self.env.invalidate_all()
        # 60 × 100 / 200 + 40 × 100 %
        self.assertEqual(self.chi_card.score, 70)

    def test_employee(self):
        self.tour("employee", self.binh_user)
        cockpit = self.load(self.binh_user)
        # 60 × 300 / 400 + 40 × 100 %
        self.assertEqual((cockpit["subject"]["name"], cockpit["subject"]["score"]), ("Bình", 85))
        self.assertEqual(
            {card["name"]: card["attainment"] for card in cockpit["cards"]}, {"T_REVENUE": 75, "T_COMPLAINTS": 100}
        )
        self.assertEqual((cockpit["below"], cockpit["heat"]["rows"]), ([], []))
