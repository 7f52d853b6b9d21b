from odoo.tests import tagged

from .test_kpi_dossier import DossierCase


@tagged("post_install", "-at_install")
class TestKpiDossierYears(DossierCase):
    """A person's years at a glance, and who has the dossiers in the menu."""

    def test_a_year_in_figures(self):
        self.measure_month("2026-02-01", 75, 12)
        self.objective.copy({"date_start": "2025-01-01", "date_end": "2025-12-31"})
        self.env.invalidate_all()
        mine = self.dossier.with_user(self.binh_user)
        # March: 60 % × 60 + 40 % × 80 = 68; February: 60 % × 75 + 40 % × 80 = 77; the mean is 72.5
        self.assertEqual(
            mine._years(),
            [
                {
                    "year": 2026,
                    "scores": [("Month", "72.50", 2)],
                    "objectives": (0, 1),
                    "actions": (0, 1),
                    "kudos": 1,
                },
                {"year": 2025, "objectives": (0, 1)},
            ],
        )
        self.assertIn("72.50", str(mine.years_html))

    def test_what_was_given_up_does_not_count(self):
        self.action.action_cancel()
        self.assertNotIn("actions", self.dossier.with_user(self.binh_user)._years()[0])

    def test_a_newcomer_has_none(self):
        newcomer = self.make_employee("Giang", self.north)
        self.assertFalse(self.env["kpi.dossier"].browse(newcomer.id).years_html)

    def test_whoever_leads_nobody_has_no_menu_of_dossiers(self):
        menu = self.env.ref("kpi_management.menu_dossier")
        mine = self.env.ref("kpi_management.menu_dossier_mine")

        def sees(user):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertIn(mine.id, menus)
            return menu.id in menus

        self.assertEqual([sees(user) for user in (self.binh_user, self.an_user, self.officer)], [False, True, True])
        self.chi.parent_id = self.binh
        self.assertTrue(sees(self.binh_user))
