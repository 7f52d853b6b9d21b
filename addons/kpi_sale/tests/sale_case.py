from odoo.fields import Command

from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class SaleCase(MeasureCase):
    """Confirmed sale orders of one line, in dong unless a price list says otherwise."""

    measure_code = "sales_revenue"
    sums = True
    team = None
    plain_sql = """
        SELECT SUM(amount_untaxed / currency_rate) FROM sale_order
         WHERE state = 'sale' AND company_id = %(company)s
           AND date_order >= %(start)s AND date_order < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer("Khách hàng")
        cls.product = cls.make_product("Bàn gỗ")

    @classmethod
    def make_customer(cls, name, **vals):
        return cls.env["res.partner"].create({"name": name, **vals})

    @classmethod
    def make_product(cls, name, **vals):
        return cls.env["product.product"].create({"name": name, "type": "service", "taxes_id": False, **vals})

    def make_counted(self, person, moment, amount=1, company=None):
        return self.make_order(person, moment, amount, company)

    def make_order(self, person, moment, amount=1, company=None, **vals):
        """A confirmed order.

        :param moment: when it was, in naive UTC, or as text in the company's own time
        """
        order = self.make_quotation(person, amount, company, **vals)
        order.action_confirm()
        order.date_order = self.utc(moment) if isinstance(moment, str) else moment
        return order

    def make_quotation(self, person, amount, company=None, **vals):
        company = company or person.company_id
        return (
            self.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": self.customer.id,
                    "company_id": company.id,
                    "user_id": person.user_id.id,
                    "team_id": self.team and self.team.id,
                    "order_line": [self.order_line(self.product, amount)],
                    **vals,
                }
            )
        )

    def order_line(self, product, price, quantity=1, **vals):
        return Command.create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "price_unit": price,
                "tax_ids": False,
                **vals,
            }
        )

    def exclude(self, record):
        record._action_cancel()

    # ---------------------------------------------------------------- scorecards of several KPIs

    def actuals(self, subject, *codes, period=None):
        """{code: actual} of a computed scorecard; None where there are no data."""
        card = self.make_card(subject, [(code, 100 / len(codes), 100) for code in codes], period=period, agreed=False)
        card.action_compute()
        self.assertLessEqual(
            set(card.line_ids.mapped("result")), {"ok", "no_data"}, card.line_ids.mapped("error_message")
        )
        return {line.definition_id.code: line.actual if line.result == "ok" else None for line in card.line_ids}

    # ---------------------------------------------------------------- dollars

    def set_dollar_rates(self):
        """25,000 dong to the dollar from 1 March, 20,000 from 20 March."""
        self.dollar = self.env.ref("base.USD")
        self.dollar.active = True
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "company_id": self.company.id, "name": day, "rate": rate}
                for currency, day, rate in (
                    (self.company.currency_id, "2026-01-01", 1),
                    (self.dollar, "2026-03-01", 1 / 25_000),
                    (self.dollar, "2026-03-20", 1 / 20_000),
                )
            ]
        )

    def make_dollar_order(self, local, amount, **vals):
        pricelist = self.env["product.pricelist"].create(
            {"name": "Export", "currency_id": self.dollar.id, "company_id": self.company.id}
        )
        order = self.make_order(self.an, local, amount, pricelist_id=pricelist.id, **vals)
        self.assertEqual(order.currency_id, self.dollar)
        return order


class RowCase(SaleCase):
    """Measures that count the rows of a view over orders."""

    row_model = ""

    def make_counted(self, person, moment, amount=1, company=None):
        return self.row(super().make_counted(person, moment, amount, company))

    def row(self, order):
        return self.env[self.row_model].search([("order_id", "=", order.id)])

    def exclude(self, record):
        record.order_id._action_cancel()
