from odoo.tests import tagged

from .inventory_case import InventoryCase


@tagged("post_install", "-at_install")
class TestInventoryCosting(InventoryCase):
    """The value at the end of March is the one that Odoo itself shows when nothing has happened since."""

    def assert_worth(self, product, value):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertAlmostEqual(product.with_company(self.company).total_value, value, 6)
        self.assertAlmostEqual(self.figure(self.company), value, 6)

    def march(self, day):
        return self.utc(f"2026-03-{day} 09:00:00")

    def test_a_standard_price_values_all_that_is_on_hand(self):
        rice = self.make_product("standard", 100)
        self.move(rice, 10, self.march("02"))
        self.move(rice, -4, self.march("03"))
        self.change_price(rice, 120, "2026-03-04 09:00:00")
        self.move(rice, 5, self.march("05"))
        self.assert_worth(rice, 1320)  # 11 × 120
        prices = self.entries(self.price_rows(rice)).filtered("value")
        self.assertEqual(prices.mapped("value"), [120])  # 6 × 20: those before, of nothing on hand, changed nothing

    def test_a_later_change_of_the_standard_price_leaves_march_alone(self):
        rice = self.make_product("standard", 100)
        self.move(rice, 10, self.march("02"))
        self.change_price(rice, 120, "2026-04-01 00:00:00")
        self.assertEqual(self.figure(self.company), 1000)

    def test_goods_leave_at_the_average_cost(self):
        rice = self.make_product("average", 100)
        self.move(rice, 10, self.march("02"), worth=1000)
        self.move(rice, 30, self.march("03"), worth=5000)
        self.move(rice, -20, self.march("04"))
        self.assert_worth(rice, 3000)  # 20 × 6,000 / 40
        self.move(rice, -20, self.march("05"))
        self.assert_worth(rice, 0)
        self.move(rice, 4, self.march("06"), worth=500)
        self.assert_worth(rice, 500)

    def test_a_bill_that_comes_after_half_of_the_goods_have_left_changes_the_average(self):
        rice = self.make_product("average", 100)
        receipt = self.move(rice, 10, self.march("02"), worth=1000)
        self.move(rice, -5, self.march("03"))
        self.revalue(receipt, 1200)
        self.assert_worth(rice, 600)  # 5 × 120

    def test_a_new_average_cost_set_by_hand_values_what_is_on_hand(self):
        rice = self.make_product("average", 100)
        self.move(rice, 10, self.march("02"), worth=1000)
        self.change_price(rice, 90, "2026-03-03 09:00:00")
        self.move(rice, -5, self.march("04"))
        self.assert_worth(rice, 450)
        self.move(rice, 5, self.march("05"), worth=650)
        self.assert_worth(rice, 1100)

    def test_first_in_first_out(self):
        rice = self.make_product("fifo", 100)
        first = self.move(rice, 10, self.march("02"), worth=1000)
        self.move(rice, 10, self.march("03"), worth=1500)
        self.move(rice, -4, self.march("04"))
        self.assert_worth(rice, 2100)  # 6 × 100 + 10 × 150
        self.revalue(first, 1100)
        self.assert_worth(rice, 2160)  # 6 × 110 + 10 × 150
        self.move(rice, -8, self.march("05"))
        self.assert_worth(rice, 1200)  # 8 × 150
        self.move(rice, -8, self.march("06"))
        self.assert_worth(rice, 0)

    def test_what_is_sold_before_it_comes_in_is_a_negative_value(self):
        for cost_method in ("standard", "average", "fifo"):
            with self.subTest(cost_method):
                rice = self.make_product(cost_method, 100)
                before = self.figure(self.company)
                self.move(rice, 2, self.march("01"), worth=200)
                self.move(rice, -5, self.march("02"))
                self.assertEqual(self.figure(self.company) - before, -300)
                self.move(rice, 10, self.march("03"), worth=1000)
                self.assertEqual(self.figure(self.company) - before, 700)

    def test_products_and_companies_are_valued_on_their_own(self):
        fifo, average = self.make_product("fifo", 100), self.make_product("average", 100)
        for product, worth in ((fifo, 1000), (average, 2000)):
            self.move(product, 10, self.march("02"), worth=worth)
            self.move(product, 10, self.march("02"), self.other_company, worth=worth * 10)
            self.move(product, -5, self.march("03"))
        self.assertEqual(self.figure(self.company), 1500)
        self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: 30000})
