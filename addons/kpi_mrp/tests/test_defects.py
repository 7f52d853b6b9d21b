from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .production_case import ProductionCase


class ScrapCase(ProductionCase):
    """Tables scrapped from the order that made them."""

    measure_code = "quantity_scrapped"
    plain_sql = """
        SELECT SUM(s.scrap_qty) FROM stock_scrap s
          JOIN mrp_production p ON p.id = s.production_id AND p.product_id = s.product_id
         WHERE s.state = 'done' AND s.company_id = %(company)s
           AND s.date_done >= %(start)s AND s.date_done < %(end)s
           AND (%(people)s IS NULL OR p.user_id = ANY(%(people)s))
    """

    def setUp(self):
        super().setUp()
        self.orders = {}

    def scrap(self, order, quantity, moment, product=None, **vals):
        scrap = self.env["stock.scrap"].create(
            {
                "production_id": order.id,
                "company_id": order.company_id.id,
                "product_id": (product or order.product_id).id,
                "scrap_qty": quantity,
                **vals,
            }
        )
        scrap.do_scrap()
        scrap.date_done = moment
        return scrap

    def scrap_row(self, scrap):
        self.env.flush_all()
        return self.env["kpi.production.scrap"].search([("scrap_id", "=", scrap.id)])

    def order_of(self, person, company):
        """An order of this person, done; one is enough for all that is scrapped."""
        key = (person.user_id, company)
        if key not in self.orders:
            self.orders[key] = self.make_done(person, self.utc("2026-03-01 09:00:00"), 100, company=company)
        return self.orders[key]

    def make_counted(self, person, moment, amount=1, company=None):
        order = self.order_of(person, company or person.company_id)
        return self.scrap_row(self.scrap(order, amount, moment))

    def exclude(self, record):
        """Odoo cancels no scrap: a draft never counts."""
        record.scrap_id.state = "draft"


@tagged("post_install", "-at_install")
class TestQuantityScrapped(CreditContract, ScrapCase):
    def test_scrapped_components_and_scraps_outside_of_an_order_are_no_defective_products(self):
        moment = self.utc("2026-03-10 09:00:00")
        order = self.order_of(self.an, self.company)
        self.scrap(order, 3, moment, self.plank)
        self.scrap(self.env["mrp.production"], 4, moment, self.table, company_id=self.company.id)
        self.assertEqual(self.figure(self.company), 0)

    def test_a_dozen_counts_in_the_unit_of_the_product(self):
        order = self.order_of(self.an, self.company)
        dozen = self.env.ref("uom.product_uom_dozen")
        self.scrap(order, 2, self.utc("2026-03-10 09:00:00"), product_uom_id=dozen.id)
        self.assertEqual(self.figure(self.an), 24)

    def test_a_row_opens_its_scrap(self):
        row = self.count(self.an, "2026-03-10 09:00:00")
        action = row.action_open_scrap()
        self.assertEqual((action["res_model"], action["res_id"]), ("stock.scrap", row.scrap_id.id))


@tagged("post_install", "-at_install")
class TestDefectRate(ScrapCase):
    """The defect rate of the library: scrapped over produced and scrapped."""

    def rate(self, subject):
        card = self.make_card(subject, [("MRP_DEFECT_RATE", 100, 5)])
        card.action_compute()
        return card.line_ids

    def test_scrapped_over_produced_and_scrapped_by_parts(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.scrap(self.make_done(self.an, moment, 90), 10, moment)
        self.scrap(self.make_done(self.chi, moment, 99), 1, moment)
        self.assertEqual(self.rate(self.an).actual, 10)  # 10 of 100
        self.assertEqual(self.rate(self.chi).actual, 1)  # 1 of 100
        line = self.rate(self.sales)
        self.assertEqual(line.actual, 5.5)  # 11 of 200
        self.assertEqual(line.attainment, 90)  # (10 − 5.5) / (10 − 5): lower is better

    def test_no_production_is_no_data(self):
        self.assertEqual(self.rate(self.an).result, "no_data")
