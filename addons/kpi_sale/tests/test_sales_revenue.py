from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .sale_case import SaleCase


@tagged("post_install", "-at_install")
class TestSalesRevenue(TeamContract, SaleCase):
    def test_a_quotation_is_not_revenue(self):
        quotation = self.make_quotation(self.an, 5)
        quotation.date_order = self.utc("2026-03-10 09:00:00")
        sent = self.make_quotation(self.an, 6)
        sent.write({"date_order": self.utc("2026-03-10 09:00:00"), "state": "sent"})
        self.assertEqual(self.figure(self.company), 0)

    def test_a_locked_order_is_still_revenue(self):
        self.count(self.an, "2026-03-10 09:00:00", 5).action_lock()
        self.assertEqual(self.figure(self.an), 5)

    def test_orders_in_dollars_count_at_the_rate_of_their_own_day(self):
        self.set_dollar_rates()
        self.make_dollar_order("2026-03-05 09:00:00", 100)
        self.make_dollar_order("2026-03-20 09:00:00", 100)
        self.count(self.an, "2026-03-20 10:00:00", 500_000)
        # 100 × 25,000 + 100 × 20,000 + 500,000
        for subject in (self.company, self.sales, self.an):
            self.assertAlmostEqual(self.figure(subject), 5_000_000, 4)
        self.assertAlmostEqual(self.plain_total(), 5_000_000, 4)

    def test_a_measure_without_a_stored_rate_converts_at_the_rate_of_the_records_day(self):
        self.set_dollar_rates()
        # 19 March 18:00 UTC is 20 March in the company: the new rate holds.
        self.make_dollar_order("2026-03-20 01:00:00", 100)
        self.make_dollar_order("2026-03-19 23:00:00", 100)
        self.count(self.an, "2026-03-20 10:00:00", 500_000)
        self.measure = self.measure.copy({"code": "t_revenue_by_currency", "rate_field": False})
        self.measure.currency_path = "currency_id"
        for subject in (self.company, self.sales, self.an):
            self.assertAlmostEqual(self.figure(subject), 5_000_000, 4)

    def set_dollar_rates(self):
        """25,000 dong to the dollar from 1 March, 20,000 from 20 March."""
        self.dollar = self.env.ref("base.USD")
        self.dollar.active = True
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "company_id": self.company.id, "name": day, "rate": rate}
                for currency, day, rate in (
                    (self.company.currency_id, "2026-01-01", 1),
                    (self.dollar, "2026-03-01", 1 / 25_000),
                    (self.dollar, "2026-03-20", 1 / 20_000),
                )
            ]
        )

    def make_dollar_order(self, local, amount):
        pricelist = self.env["product.pricelist"].create(
            {"name": "Export", "currency_id": self.dollar.id, "company_id": self.company.id}
        )
        order = self.make_quotation(self.an, amount, pricelist_id=pricelist.id)
        order.action_confirm()
        order.date_order = self.utc(local)
        self.assertEqual(order.currency_id, self.dollar)
        return order
