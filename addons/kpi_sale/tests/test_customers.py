from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .customer_case import CustomerCase
from .sale_case import RowCase


@tagged("post_install", "-at_install")
class TestNewCustomers(TeamContract, CustomerCase, RowCase):
    measure_code = "new_customers"
    row_model = "kpi.new.customer"
    plain_sql = """
        SELECT COUNT(*)
          FROM (SELECT DISTINCT ON (customer.commercial_partner_id) sale.date_order, sale.user_id
                  FROM sale_order sale JOIN res_partner customer ON customer.id = sale.partner_id
                 WHERE sale.state = 'sale' AND sale.company_id = %(company)s
                 ORDER BY customer.commercial_partner_id, sale.date_order, sale.id) AS opening
         WHERE date_order >= %(start)s AND date_order < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    def buy(self, customer, person, local):
        return self.make_order(person, local, partner_id=customer.id)

    def test_a_customer_is_new_once_for_who_sold_first(self):
        self.buy(self.customer, self.chi, "2026-03-20 09:00:00")
        first = self.buy(self.customer, self.an, "2026-03-10 09:00:00")
        self.assertEqual(self.figures(self.an | self.chi), {self.an.id: 1})
        self.assertEqual(self.figure(self.company), 1)
        self.assertEqual(self.opened(self.computed_line(self.company)).order_id, first)

    def test_who_bought_before_is_not_new(self):
        self.buy(self.customer, self.chi, "2025-06-30 09:00:00")
        self.buy(self.customer, self.an, "2026-03-10 09:00:00")
        self.assertEqual(self.figure(self.company), 0)

    def test_a_cancelled_first_order_leaves_the_next_one_first(self):
        cancelled = self.buy(self.customer, self.chi, "2026-02-10 09:00:00")
        quotation = self.make_quotation(self.chi, 1, partner_id=self.customer.id)
        quotation.date_order = self.utc("2026-02-11 09:00:00")
        self.buy(self.customer, self.an, "2026-03-10 09:00:00")
        self.assertEqual(self.figure(self.an), 0)
        cancelled._action_cancel()
        self.assertEqual(self.figure(self.an), 1)

    def test_of_two_orders_of_one_moment_the_one_made_first_counts(self):
        self.buy(self.customer, self.an, "2026-03-10 09:00:00")
        self.buy(self.customer, self.chi, "2026-03-10 09:00:00")
        self.assertEqual(self.figures(self.an | self.chi), {self.an.id: 1})

    def test_people_of_one_company_are_one_customer(self):
        firm = self.make_customer("Công ty Hoa Sen", is_company=True)
        buyer, boss = (self.make_customer(name, parent_id=firm.id) for name in ("Người mua", "Giám đốc"))
        self.buy(buyer, self.an, "2026-03-10 09:00:00")
        self.buy(boss, self.chi, "2026-03-11 09:00:00")
        row = self.env["kpi.new.customer"].search([("partner_id", "=", firm.id)])
        self.assertEqual(row.user_id, self.an.user_id)
        self.assertEqual(self.figure(self.company), 1)

    def test_a_customer_of_another_company_is_new_here(self):
        self.make_order(self.dung, "2025-06-30 09:00:00", partner_id=self.customer.id)
        self.buy(self.customer, self.an, "2026-03-10 09:00:00")
        self.assertEqual(self.figure(self.company), 1)

    def test_rate_of_new_customers_among_those_who_buy(self):
        old, new, another = (self.make_customer(name) for name in ("Cũ", "Mới", "Khác"))
        self.buy(old, self.an, "2025-12-01 09:00:00")
        for customer, person in ((old, self.an), (old, self.an), (new, self.an), (new, self.chi), (another, self.chi)):
            self.buy(customer, person, "2026-03-10 09:00:00")
        codes = ("SAL_NEW_CUSTOMERS", "SAL_NEW_CUSTOMER_RATE")
        # An: the new one of old and new. Chi: another of new, won by An, and another.
        for subject in (self.an, self.chi):
            self.assertEqual(self.actuals(subject, *codes), dict(zip(codes, (1, 50), strict=True)))
        company = self.actuals(self.company, *codes)
        self.assertEqual(company["SAL_NEW_CUSTOMERS"], 2)
        self.assertAlmostEqual(company["SAL_NEW_CUSTOMER_RATE"], 66.666667, 6)


@tagged("post_install", "-at_install")
class TestBuyingCustomers(TeamContract, CustomerCase):
    measure_code = "buying_customers"
    plain_sql = CustomerCase.buyers_sql

    def test_a_customer_counts_once_for_each_who_sold_and_once_in_all(self):
        for person in (self.an, self.an, self.binh, self.chi):
            self.make_order(person, "2026-03-10 09:00:00", partner_id=self.customer.id)
        self.assertEqual(self.figures(self.an | self.binh | self.chi), {self.an.id: 1, self.binh.id: 1, self.chi.id: 1})
        self.assertEqual(
            self.figures(self.sales | self.north | self.south), {self.sales.id: 1, self.north.id: 1, self.south.id: 1}
        )
        self.assertEqual(self.figure(self.company), 1)
