from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .production_case import ProductionCase


@tagged("post_install", "-at_install")
class TestMaterialQuantity(CreditContract, ProductionCase):
    measure_code = "material_quantity"
    plain_sql = """
        SELECT SUM(m.quantity) FROM mrp_production p
          JOIN stock_move m ON m.raw_material_production_id = p.id
         WHERE p.state = 'done' AND m.state = 'done' AND m.scrap_id IS NULL AND p.company_id = %(company)s
           AND p.date_finished >= %(start)s AND p.date_finished < %(end)s
           AND (%(people)s IS NULL OR p.user_id = ANY(%(people)s))
    """

    def make_counted(self, person, moment, amount=1, company=None):
        return self.make_done(person, moment, planks=amount, company=company).move_raw_ids.move_line_ids

    def exclude(self, record):
        record.move_id.raw_material_production_id.state = "cancel"

    def test_scrapped_planks_are_not_used(self):
        moment = self.utc("2026-03-10 09:00:00")
        order = self.make_done(self.an, moment, planks=6)
        scrap = self.env["stock.scrap"].create(
            {"production_id": order.id, "product_id": self.plank.id, "scrap_qty": 2, "company_id": self.company.id}
        )
        scrap.do_scrap()
        self.assertEqual(scrap.move_ids.raw_material_production_id, order)
        self.assertEqual(self.figure(self.an), 6)

    def test_planks_of_an_order_that_is_not_done_are_not_used_yet(self):
        order = self.make_order(self.an, 5, planks=8)
        order.move_raw_ids.write({"quantity": 8, "picked": True})
        self.assertEqual(self.figure(self.company), 0)
