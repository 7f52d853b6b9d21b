from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .production_case import ProductionCase


@tagged("post_install", "-at_install")
class TestQuantityProduced(CreditContract, ProductionCase):
    def test_orders_that_are_not_done_have_produced_nothing(self):
        self.make_order(self.an, 5)
        begun = self.make_order(self.an, 6)
        begun.qty_producing = 2
        self.make_order(self.an, 7).action_cancel()
        self.assertEqual(self.figure(self.company), 0)

    def test_what_was_produced_counts_not_what_was_planned(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.finish(self.make_order(self.an, 10), moment, quantity=8)
        self.assertEqual(self.figure(self.an), 8)

    def test_dozens_count_in_the_unit_of_the_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        moment = self.utc("2026-03-10 09:00:00")
        self.make_done(self.an, moment, 2, product_uom_id=dozen.id)
        self.make_done(self.an, moment, 5)
        self.assertEqual(self.figure(self.an), 29)  # 2 × 12 + 5

    def test_by_products_and_scrapped_products_are_no_production(self):
        moment = self.utc("2026-03-10 09:00:00")
        by_product = Command.create({"product_id": self.sawdust.id, "product_uom_qty": 40})
        order = self.make_order(self.an, 5, move_byproduct_ids=[by_product])
        order.move_byproduct_ids.write({"quantity": 40, "picked": True})
        self.finish(order, moment)
        scrap = self.env["stock.scrap"].create(
            {"production_id": order.id, "product_id": self.table.id, "scrap_qty": 2, "company_id": self.company.id}
        )
        scrap.do_scrap()
        self.assertEqual(order.move_byproduct_ids.mapped("quantity"), [40])
        self.assertEqual(self.figure(self.an), 5)

    def test_a_row_opens_its_manufacturing_order(self):
        row = self.count(self.an, "2026-03-10 09:00:00")
        action = row.action_open_production()
        self.assertEqual((action["res_model"], action["res_id"]), ("mrp.production", row.production_id.id))

    def test_production_users_see_the_production_of_their_company_and_others_none(self):
        row = self.count(self.an, "2026-03-10 09:00:00")
        elsewhere = self.count(self.dung, "2026-03-10 09:00:00")
        worker = self.make_user("worker", "mrp.group_mrp_user")
        self.assertEqual(row.with_user(worker).search([("id", "in", (row | elsewhere).ids)]), row)
        self.assertFalse(row.with_user(self.an.user_id).has_access("read"))


@tagged("post_install", "-at_install")
class TestCycleHours(CreditContract, ProductionCase):
    measure_code = "cycle_hours"
    plain_sql = """
        SELECT AVG(EXTRACT(EPOCH FROM date_finished - date_start) / 3600) FROM mrp_production
         WHERE state = 'done' AND company_id = %(company)s
           AND date_finished >= %(start)s AND date_finished < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    def make_counted(self, person, moment, amount=1, company=None):
        return self.row(self.make_done(person, moment, hours=amount, company=company))

    def worth(self, *amounts):
        return sum(amounts) / len(amounts)

    def test_no_records_are_zero_and_a_ratio_over_nothing_is_no_data(self):
        """Of the contract; an average over nothing is no data either."""
        self.assertEqual(self.figures(self.company), {})
        self.assertEqual(self.figures(self.sales | self.office), {})
        line = self.computed_line(self.sales)
        self.assertEqual(line.result, "no_data")
        self.assertFalse(self.opened(line))

    def test_cycle_time_of_the_library(self):
        orders = self.count(self.an, "2026-03-10 09:00:00", 36) | self.count(self.an, "2026-03-20 09:00:00", 0.5)
        card = self.make_card(self.an, [("MRP_CYCLE_TIME", 100, 20)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 18.25)
        self.assertEqual(card.line_ids.attainment, 108.75)  # (40 − 18.25) / (40 − 20): lower is better
        self.assertEqual(self.opened(card.line_ids), orders)
