from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .sale_case import SaleCase


@tagged("post_install", "-at_install")
class TestSalesRevenueCategory(TeamContract, SaleCase):
    """Furniture is the chosen category, and what is sold is a table; chairs are furniture too, lamps are not."""

    measure_code = "sales_revenue_category"
    plain_sql = """
        SELECT SUM(line.price_subtotal / sale.currency_rate)
          FROM sale_order_line line
          JOIN sale_order sale ON sale.id = line.order_id
          JOIN product_product product ON product.id = line.product_id
          JOIN product_template template ON template.id = product.product_tmpl_id
          JOIN product_category category ON category.id = template.categ_id
         WHERE sale.state = 'sale' AND sale.company_id = %(company)s
           AND category.complete_name LIKE 'Nội thất%%'
           AND sale.date_order >= %(start)s AND sale.date_order < %(end)s
           AND (%(people)s IS NULL OR sale.user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.furniture, cls.lamps = cls.env["product.category"].create([{"name": "Nội thất"}, {"name": "Đèn"}])
        cls.tables, cls.chairs = cls.env["product.category"].create(
            [{"name": name, "parent_id": cls.furniture.id} for name in ("Bàn", "Ghế")]
        )
        cls.product.categ_id = cls.tables
        cls.chair = cls.make_product("Ghế gỗ", categ_id=cls.chairs.id)
        cls.lamp = cls.make_product("Đèn bàn", categ_id=cls.lamps.id)
        cls.parameter = cls.env.ref("kpi_sale.parameter_product_category")
        cls.choices = ((cls.parameter.id, cls.furniture.id),)

    def make_counted(self, person, moment, amount=1, company=None):
        return super().make_counted(person, moment, amount, company).order_line

    def exclude(self, record):
        record.order_id._action_cancel()

    def computed_line(self, subject, formula=None):
        line = super().computed_line(subject, formula)
        self.assertEqual(line.result, "error", "without a choice there is nothing to count")
        self.env["kpi.parameter.value"].create({**self.choice(self.furniture), "definition_id": line.definition_id.id})
        line.scorecard_id.action_compute()
        return line

    def choice(self, category):
        return {"parameter_id": self.parameter.id, "value_ref": f"product.category,{category.id}"}

    def make_mixed_order(self):
        """2 tables at 100 less 10 %, a chair at 50, a lamp at 30, with a heading and a note."""
        return self.make_order(
            self.an,
            "2026-03-10 09:00:00",
            order_line=[
                Command.create({"display_type": "line_section", "name": "Phòng họp"}),
                self.order_line(self.product, 100, 2, discount=10),
                self.order_line(self.chair, 50),
                self.order_line(self.lamp, 30),
                Command.create({"display_type": "line_note", "name": "Giao trong tuần"}),
            ],
        )

    def test_one_kpi_stands_on_a_scorecard_once_for_each_category(self):
        order = self.make_mixed_order()
        categories = self.furniture | self.tables | self.chairs | self.lamps
        lines = [
            ("SAL_REVENUE_CATEGORY", 25, 100, {"parameter_value_ids": [Command.create(self.choice(category))]})
            for category in categories
        ]
        card = self.make_card(self.an, lines)
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [230, 180, 50, 30])
        tables, lamps = card.line_ids[1], card.line_ids[3]
        self.assertEqual(self.opened(tables), order.order_line.filtered(lambda line: line.product_id == self.product))
        self.assertEqual(self.opened(lamps).product_id, self.lamp)

    def test_the_categories_add_up_to_the_revenue_of_the_orders(self):
        order = self.make_mixed_order()
        self.env["sale.order.discount"].create(
            {"sale_order_id": order.id, "discount_type": "amount", "discount_amount": 25}
        ).action_apply_discount()
        discount = order.order_line.filtered(lambda line: line.price_unit < 0).product_id
        discount.categ_id = self.furniture
        self.assertEqual(order.amount_untaxed, 235)
        self.assertEqual(self.figure(self.an), 205)  # 230 − 25
        self.choices = ((self.parameter.id, self.lamps.id),)
        self.assertEqual(self.figure(self.an), 30)

    def test_lines_in_dollars_count_at_the_rate_of_their_own_day(self):
        self.set_dollar_rates()
        self.make_dollar_order("2026-03-05 09:00:00", 100)
        self.make_dollar_order("2026-03-20 09:00:00", 100)
        for subject in (self.company, self.sales, self.an):
            self.assertAlmostEqual(self.figure(subject), 4_500_000, 4)
