from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.told_case import ToldCase

from .sale_case import SaleCase


@tagged("post_install", "-at_install")
class TestSalesTold(ToldCase, SaleCase):
    """Whoever follows a salesperson's figures is told of an order that is confirmed, or cancelled."""

    def test_confirming_and_cancelling(self):
        order = self.make_quotation(self.binh, 100)
        self.assertFalse(self.told_by(lambda: order.write({"client_order_ref": "PO 7"})))
        told = self.told_by(order.action_confirm)
        self.assertLessEqual(self.binh_user | self.an_user, told)
        self.assertNotIn(self.chi_user, told)
        self.assertIn(self.binh_user, self.told_by(order.with_context(disable_cancel_warning=True).action_cancel))

    def test_what_a_won_deal_is_expected_to_bring(self):
        brings = {
            name: self.env.ref(f"kpi_sale.{name}").won_deal
            for name in ("measure_sales_revenue", "measure_sales_orders", "measure_new_customers")
        }
        self.assertEqual(
            brings, {"measure_sales_revenue": "amount", "measure_sales_orders": "one", "measure_new_customers": False}
        )
