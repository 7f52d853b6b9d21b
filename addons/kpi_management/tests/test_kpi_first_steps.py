from lxml import html

from odoo.tests import tagged

from .test_kpi_template import TemplateCase


@tagged("post_install", "-at_install")
class TestKpiFirstSteps(TemplateCase):
    """An empty list of scorecards shows the officer of a company that has none the way to the first."""

    def next_step(self, user=None):
        """The action that stands in front, if there are steps at all."""
        Card = self.env["kpi.scorecard"].with_user(user or self.officer)
        shown = html.fromstring(f"<div>{Card.get_empty_list_help('<p>Nothing here</p>')}</div>")
        return shown.xpath("string(//a[contains(@class, 'btn-primary')]/@name)"), len(shown.xpath("//li"))

    def test_step_by_step(self):
        self.env["kpi.period"].search([("company_id", "=", self.company.id)]).unlink()
        self.assertEqual(self.next_step(), ("kpi_management.action_kpi_period_generate", 3))
        month = self.make_period("2026-03-01")
        self.assertEqual(self.next_step(), ("kpi_management.action_kpi_scorecard_template", 3))
        self.make_template("Everybody", active=False)
        self.assertEqual(self.next_step(), ("kpi_management.action_kpi_scorecard_template", 3))
        self.env["kpi.scorecard.template"].search([]).action_activate()
        self.assertEqual(self.next_step(), ("kpi_management.action_kpi_scorecard_batch_new", 3))
        self.make_batch(month).action_confirm()
        self.assertEqual(self.next_step(), ("", 0))

    def test_for_officers_alone(self):
        for user in (self.binh_user, self.an_user):
            self.assertEqual(self.next_step(user), ("", 0))

    def test_without_a_template_in_use_the_run_says_so(self):
        self.assertTrue(self.make_batch().lacks_template)
        self.assertFalse(self.make_batch(source="previous").lacks_template)
        self.make_template("Everybody")
        self.assertFalse(self.make_batch().lacks_template)

    def test_steps_above_the_cockpit(self):
        def steps(user=self.officer):
            shown = self.env["kpi.first.steps"].with_user(user).load()
            return shown and [(step["key"], step["done"]) for step in shown if step["done"] or step["is_next"]]

        self.env["kpi.period"].search([("company_id", "=", self.company.id)]).unlink()
        self.assertEqual(steps(), [("period", False)])
        for user in (self.binh_user, self.an_user, self.stranger):
            self.assertFalse(steps(user))
        month = self.make_period("2026-03-01")
        self.assertEqual(steps(), [("period", True), ("template", False)])
        # by hand, without a template
        card = self.make_card(self.binh, [("T_REVENUE", 100, 100)], month, agreed=False)
        done = [("period", True), ("template", True), ("scorecard", True)]
        self.assertEqual(steps(), [*done, ("compute", False)])
        card.action_compute()
        self.assertEqual(steps(), [*done, ("compute", True), ("agree", False)])
        card.action_agree()
        self.assertFalse(steps())

    def test_officers_close_them_for_their_company(self):
        guide = self.env["kpi.first.steps"]
        guide.with_user(self.binh_user).close()
        self.assertTrue(guide.with_user(self.officer).load())
        guide.with_user(self.officer).close()
        self.assertFalse(guide.with_user(self.officer).load())
        self.assertFalse(self.other_company.kpi_first_steps_closed)

    def test_the_settings_bring_them_back(self):
        guide = self.env["kpi.first.steps"].with_user(self.officer)
        guide.close()
        settings = self.env["res.config.settings"].with_company(self.company)
        settings.create({"kpi_first_steps_closed": False}).execute()
        self.assertTrue(guide.load())
