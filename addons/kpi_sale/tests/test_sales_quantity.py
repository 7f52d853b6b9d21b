from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .sale_case import RowCase


class LineCase(RowCase):
    row_model = "kpi.sale.line"


@tagged("post_install", "-at_install")
class TestSalesQuantity(TeamContract, LineCase):
    """The amount of a counted record is its quantity."""

    measure_code = "sales_quantity"
    plain_sql = """
        SELECT SUM(line.product_uom_qty)
          FROM sale_order_line line JOIN sale_order sale ON sale.id = line.order_id
         WHERE sale.state = 'sale' AND sale.company_id = %(company)s
           AND sale.date_order >= %(start)s AND sale.date_order < %(end)s
           AND (%(people)s IS NULL OR sale.user_id = ANY(%(people)s))
    """

    def make_quotation(self, person, amount, company=None, **vals):
        lines = {"order_line": [self.order_line(self.product, 1000, amount)], **vals}
        return super().make_quotation(person, amount, company, **lines)

    def test_quantities_are_in_the_products_own_unit(self):
        unit, dozen, gram, kilogram = (
            self.env.ref(f"uom.product_uom_{name}") for name in ("unit", "dozen", "gram", "kgm")
        )
        screws = self.make_product("Vít", uom_id=unit.id)
        glasses = self.make_product("Ly", uom_id=dozen.id)
        coffee = self.make_product("Cà phê", uom_id=kilogram.id)
        order = self.make_order(
            self.an,
            "2026-03-10 09:00:00",
            order_line=[
                self.order_line(screws, 1, 3, product_uom_id=dozen.id),
                self.order_line(glasses, 1, 30, product_uom_id=unit.id),
                self.order_line(coffee, 1, 250, product_uom_id=gram.id),
            ],
        )
        # 36 screws, 2.5 dozen glasses, 0.25 kg of coffee
        self.assertEqual(self.row(order).sorted("id").mapped("quantity"), [36, 2.5, 0.25])
        self.assertAlmostEqual(float(self.figure(self.an)), 38.75, 9)

    def test_a_chosen_category_counts_its_products_alone(self):
        category = self.env["product.category"].create({"name": "Bàn"})
        table = self.make_product("Bàn tròn", categ_id=category.id)
        self.count(self.an, "2026-03-10 09:00:00", 5)
        self.make_order(self.an, "2026-03-10 09:00:00", order_line=[self.order_line(table, 1, 2)])
        self.assertEqual(self.figure(self.an), 7)
        self.choices = ((self.env.ref("kpi_sale.parameter_product_category").id, category.id),)
        self.assertEqual(self.figure(self.an), 2)

    def test_headings_and_down_payments_are_no_products_sold(self):
        order = self.make_order(
            self.an,
            "2026-03-10 09:00:00",
            order_line=[
                Command.create({"display_type": "line_section", "name": "Phòng họp"}),
                self.order_line(self.product, 1, 5),
            ],
        )
        advance = self.env["sale.order.line"].create(
            {"order_id": order.id, "name": "Đặt cọc", "is_downpayment": True, "product_uom_qty": 0, "price_unit": 2}
        )
        self.assertFalse(self.row(order).filtered(lambda row: row.id == advance.id))
        self.assertEqual(self.figure(self.an), 5)

    def test_a_click_on_a_row_opens_its_order(self):
        row = self.count(self.an, "2026-03-10 09:00:00", 5)
        action = row.action_open_order()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", row.order_id.id))
