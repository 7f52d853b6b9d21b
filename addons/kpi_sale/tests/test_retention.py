from datetime import date

from odoo.tests import tagged

from odoo.addons.kpi_management.engine import Window
from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .customer_case import CustomerCase

APRIL = Window("month", date(2026, 4, 1), date(2026, 4, 30))


@tagged("post_install", "-at_install")
class TestPreviousCustomers(TeamContract, CustomerCase):
    """Asked in April for the customers of March."""

    measure_code = "previous_customers"
    plain_sql = CustomerCase.buyers_sql
    window = APRIL

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = cls.make_period("2026-04-15")


@tagged("post_install", "-at_install")
class TestReturningCustomers(TeamContract, CustomerCase):
    """Each customer of the contract bought from the same person on 15 February too, or in the middle of the month
    before the order that counts."""

    measure_code = "returning_customers"
    plain_sql = """
        SELECT COUNT(*)
          FROM (SELECT customer.commercial_partner_id
                  FROM sale_order sale JOIN res_partner customer ON customer.id = sale.partner_id
                 WHERE sale.state = 'sale' AND sale.company_id = %(company)s
                   AND (%(people)s IS NULL OR sale.user_id = ANY(%(people)s))
                   AND sale.date_order >= '2026-01-31 17:00' AND sale.date_order < '2026-02-28 17:00'
             INTERSECT
                SELECT customer.commercial_partner_id
                  FROM sale_order sale JOIN res_partner customer ON customer.id = sale.partner_id
                 WHERE sale.state = 'sale' AND sale.company_id = %(company)s
                   AND (%(people)s IS NULL OR sale.user_id = ANY(%(people)s))
                   AND sale.date_order >= %(start)s AND sale.date_order < %(end)s) AS returned
    """

    def make_counted(self, person, moment, amount=1, company=None):
        order = super().make_counted(person, moment, amount, company)
        year, month = divmod(self.day(moment).year * 12 + self.day(moment).month - 2, 12)
        self.make_order(person, f"{year}-{month + 1:02}-15 12:00:00", 1, company, partner_id=order.partner_id.id)
        return order

    def test_who_changes_department_counts_for_each_on_the_days_spent_there(self):
        """Of the two customers, who bought from An in North, one bought again there and one from An in the office."""
        self.an.create_version({"date_version": "2026-03-16", "department_id": self.office.id})
        before = self.count(self.an, "2026-03-15 23:59:59")
        self.count(self.an, "2026-03-16 00:00:00")
        self.assertEqual(self.figures(self.sales | self.north | self.office), {self.sales.id: 1, self.north.id: 1})
        self.assertEqual(self.figure(self.an), 2)
        self.assertEqual(self.opened(self.computed_line(self.sales)), before)
        self.assertFalse(self.opened(self.computed_line(self.office)))

    def test_who_moves_within_a_department_counts_once_for_it(self):
        """The department above has both customers in both months, North the one who came before the move."""
        self.an.create_version({"date_version": "2026-03-16", "department_id": self.south.id})
        self.count(self.an, "2026-03-15 09:00:00")
        self.count(self.an, "2026-03-16 09:00:00")
        self.assertEqual(self.figures(self.sales | self.north | self.south), {self.sales.id: 2, self.north.id: 1})


@tagged("post_install", "-at_install")
class TestRetention(CustomerCase):
    """Four customers, from who bought what when in the whole."""

    measure_code = "returning_customers"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a, cls.b, cls.c, cls.d = (cls.make_customer(f"Khách {name}", is_company=True) for name in "ABCD")

    def buy(self, customer, person, *days):
        orders = [self.make_order(person, f"{day} 09:00:00", partner_id=customer.id) for day in days]
        return self.env["sale.order"].union(*orders)

    def retention(self, subject, period=None):
        return self.actuals(subject, "SAL_RETENTION", period=period)["SAL_RETENTION"]

    def test_each_is_asked_for_customers_of_its_own_in_both_months(self):
        self.buy(self.a, self.an, "2026-02-01", "2026-02-20", "2026-03-01", "2026-03-31")
        self.buy(self.b, self.an, "2026-02-10")
        self.buy(self.b, self.chi, "2026-03-10")
        self.buy(self.c, self.chi, "2026-02-10", "2026-03-10")
        self.buy(self.d, self.an, "2026-03-10")
        self.buy(self.d, self.binh, "2026-01-31")  # too long ago
        # An: A of A and B. Chi: C of C, B being new to Chi. The company: A, B and C of A, B and C.
        self.assertEqual(self.retention(self.an), 50)
        self.assertEqual(self.retention(self.north), 50)
        self.assertEqual(self.retention(self.chi), 100)
        self.assertEqual(self.retention(self.company), 100)
        self.assertEqual(self.retention(self.sales), 100)
        # Bình sold to D in January: in March there is nothing to keep.
        self.assertIsNone(self.retention(self.binh))

    def test_a_click_opens_the_orders_of_this_period_of_those_who_came_back(self):
        back = self.buy(self.a, self.an, "2026-02-01", "2026-03-01", "2026-03-31")[1:]
        self.buy(self.b, self.an, "2026-02-10")
        self.buy(self.d, self.an, "2026-03-10")
        for subject in (self.company, self.north, self.an):
            self.assertEqual(self.opened(self.computed_line(subject)), back, subject.name)

    def test_quarters_look_back_on_quarters(self):
        self.buy(self.a, self.an, "2025-10-01", "2026-03-31")
        self.buy(self.b, self.an, "2025-12-31", "2026-02-10", "2026-03-10")
        self.buy(self.c, self.an, "2025-11-15")
        self.buy(self.d, self.an, "2025-12-01", "2026-04-01")
        quarter = self.make_period("2026-03-15", "quarter")
        self.assertEqual(self.retention(self.company, quarter), 50)  # A and B of four
        self.assertEqual(self.retention(self.an), 100)  # of February in March: B
        year = self.make_period("2026-03-15", "year")
        self.assertEqual(self.retention(self.company, year), 75)  # A, B and D of four

    def test_what_was_cancelled_was_not_bought(self):
        first, second = self.buy(self.a, self.an, "2026-02-10", "2026-03-10")
        self.buy(self.b, self.an, "2026-02-10", "2026-03-10")
        second._action_cancel()
        self.assertEqual(self.retention(self.an), 50)
        first._action_cancel()
        self.assertEqual(self.figure(self.an), 1)
        self.assertEqual(self.retention(self.north), 100)

    def test_people_of_one_company_are_one_customer(self):
        buyer, boss = (self.make_customer(name, parent_id=self.a.id) for name in ("Người mua", "Giám đốc"))
        self.buy(buyer, self.an, "2026-02-10")
        self.buy(boss, self.an, "2026-03-10")
        self.assertEqual(self.retention(self.an), 100)
