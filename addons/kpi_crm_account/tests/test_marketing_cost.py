from odoo.tests import tagged

from odoo.addons.kpi_account.tests.analytic_case import AnalyticCase
from odoo.addons.kpi_management.tests.credit_contract import CreditContract


@tagged("post_install", "-at_install")
class TestMarketingCost(CreditContract, AnalyticCase):
    measure_code = "marketing_cost"

    def make_leads(self, count, local):
        """Leads that came by search engine, created at a time in the company."""
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": "Nội thất văn phòng",
                    "type": "lead",
                    "company_id": self.company.id,
                    "user_id": self.an.user_id.id,
                    "source_id": self.env.ref("utm.utm_source_search_engine").id,
                    "medium_id": self.env.ref("utm.utm_medium_website").id,
                }
                for _number in range(count)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id IN %s", [self.utc(local), leads._ids])
        leads.invalidate_recordset()
        return leads

    def test_the_cost_of_a_lead_is_that_of_the_month_over_the_leads_of_the_month(self):
        self.make_leads(4, "2026-03-31 23:59:59")
        self.make_leads(2, "2026-04-01 00:00:00")
        self.make_line(self.lan.user_id, "2026-03-10", 100, self.digital)
        self.make_line(self.lan.user_id, "2026-03-10", 30, self.other)
        self.choose(self.kpi("MKT_CPL"))
        card = self.make_card(self.company, [("MKT_CPL", 100, 20)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 25)

    def test_a_month_without_leads_is_no_data(self):
        self.make_line(self.lan.user_id, "2026-03-10", 100, self.digital)
        self.choose(self.kpi("MKT_CPL"))
        card = self.make_card(self.company, [("MKT_CPL", 100, 20)])
        card.action_compute()
        self.assertEqual(card.line_ids.result, "no_data")
