from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .sale_case import RowCase


class MarginCase(RowCase):
    row_model = "kpi.sale.line"
    measure_code = "sales_margin"

    def without_stored_margin(self):
        """As where Sales Margins is not installed."""
        return patch.object(self.env.registry["kpi.sale.line"], "_has_stored_margin", lambda _self: False)

    def cost(self, product, cost, company=None):
        product.with_company(company or self.company).standard_price = cost


@tagged("post_install", "-at_install")
class TestSalesMargin(TeamContract, MarginCase):
    """The product of the contract costs nothing: the margin is the price."""

    def test_margin_rate_is_over_the_revenue_of_the_orders(self):
        self.cost(self.product, 60)
        self.make_order(self.an, "2026-03-10 09:00:00", 100)
        self.make_order(self.chi, "2026-03-11 09:00:00", 300)
        # (100 − 60) of 100; (40 + 240) of 400
        self.assertEqual(self.actuals(self.an, "SAL_MARGIN_RATE"), {"SAL_MARGIN_RATE": 40})
        self.assertEqual(self.actuals(self.company, "SAL_MARGIN_RATE"), {"SAL_MARGIN_RATE": 70})
        self.assertEqual(self.actuals(self.lan, "SAL_MARGIN_RATE"), {"SAL_MARGIN_RATE": None})

    def test_a_sale_below_cost_has_a_negative_margin(self):
        self.cost(self.product, 60)
        self.make_order(self.an, "2026-03-10 09:00:00", 50)
        self.assertEqual(self.figure(self.an), -10)

    def test_the_margin_kept_on_the_line_stays_when_the_cost_changes(self):
        if not self.env["kpi.sale.line"]._has_stored_margin():
            self.skipTest("Sales Margins is not installed")
        self.cost(self.product, 60)
        order = self.make_order(self.an, "2026-03-10 09:00:00", 100)
        self.cost(self.product, 90)
        self.assertEqual(self.figure(self.an), 40)
        order.order_line.purchase_price = 30
        self.assertEqual(self.figure(self.an), 70)

    def test_a_margin_in_dollars_counts_at_the_rate_of_its_own_day(self):
        if not self.env["kpi.sale.line"]._has_stored_margin():
            self.skipTest("Sales Margins is not installed")
        self.set_dollar_rates()
        for local, cost in (("2026-03-05 09:00:00", 40), ("2026-03-20 09:00:00", 70)):
            self.make_dollar_order(local, 100).order_line.purchase_price = cost
        self.assertAlmostEqual(self.figure(self.an), 2_100_000, 2)  # 60 × 25,000 + 30 × 20,000


@tagged("post_install", "-at_install")
class TestSalesMarginByCost(MarginCase):
    """Without Sales Margins: at the product's present cost."""

    def margin(self, subject):
        with self.without_stored_margin():
            return float(self.figure(subject))

    def test_the_cost_is_that_of_the_quantity_in_the_products_unit(self):
        unit, dozen = self.env.ref("uom.product_uom_unit"), self.env.ref("uom.product_uom_dozen")
        glass = self.make_product("Ly", uom_id=unit.id)
        self.cost(glass, 2)
        lines = [self.order_line(glass, 30, 2, product_uom_id=dozen.id), self.order_line(self.product, 7)]
        self.make_order(self.an, "2026-03-10 09:00:00", order_line=lines)
        self.assertEqual(self.margin(self.an), 19)  # 2 × 30 − 24 × 2, and 7 of what costs nothing

    def test_the_present_cost_holds_for_what_was_sold_before(self):
        self.cost(self.product, 60)
        self.make_order(self.an, "2026-03-10 09:00:00", 100)
        self.assertEqual(self.margin(self.an), 40)
        self.cost(self.product, 90)
        self.assertEqual(self.margin(self.an), 10)

    def test_each_company_has_its_own_cost(self):
        self.cost(self.product, 60)
        self.cost(self.product, 10, self.other_company)
        self.make_order(self.an, "2026-03-10 09:00:00", 100)
        self.make_order(self.dung, "2026-03-10 09:00:00", 100)
        with self.without_stored_margin():
            self.assertEqual(self.figures(self.company), {self.company.id: 40})
            self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: 90})

    def test_the_price_in_dollars_is_converted_and_the_cost_is_not(self):
        self.set_dollar_rates()
        self.cost(self.product, 1_000_000)
        self.make_dollar_order("2026-03-05 09:00:00", 100)
        self.make_dollar_order("2026-03-20 09:00:00", 100)
        self.assertAlmostEqual(self.margin(self.an), 2_500_000, 2)  # 1,500,000 and 1,000,000
