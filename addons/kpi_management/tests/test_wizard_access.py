from odoo.tests import tagged

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestWizardAccess(KpiCase):
    def test_an_open_wizard_is_its_users_alone(self):
        Rule = self.env["ir.rule"].with_user(self.officer)
        wizards = [name for name, model in self.registry.items() if name.startswith("kpi.") and model._transient]
        self.assertIn("kpi.scorecard.counter.line", wizards)
        for name in wizards:
            with self.subTest(name):
                self.assertIn("create_uid", str(Rule._compute_domain(name, "read")))

    def test_figures_being_typed_are_seen_by_nobody_else(self):
        period = self.make_period("2026-03-01")
        wizard = self.env["kpi.figure.entry"].with_user(self.officer).create({"period_id": period.id})
        other = self.make_user("other_officer", "kpi_management.group_kpi_officer")
        self.assertTrue(wizard.search([("id", "=", wizard.id)]))
        self.assertFalse(wizard.with_user(other).search([("id", "=", wizard.id)]))
