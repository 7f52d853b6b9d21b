from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPipelineViews(TransactionCase):
    def js_class(self, name):
        arch = self.env["crm.lead"].get_view(self.env.ref(f"crm.{name}").id, "list")["arch"]
        return etree.fromstring(arch).get("js_class")

    def test_the_strip_stands_above_the_pipeline_and_the_forecast_alone(self):
        self.assertEqual(self.js_class("crm_case_tree_view_oppor"), "kpi_pipeline_list")
        self.assertEqual(self.js_class("crm_lead_view_tree_forecast"), "forecast_list")
        self.assertFalse(self.js_class("crm_lead_view_list_activities"))
        self.assertFalse(self.js_class("crm_lead_view_tree_opportunity_reporting"))
