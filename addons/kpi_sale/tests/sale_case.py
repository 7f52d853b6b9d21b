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
        cls.customer = cls.env["res.partner"].create({"name": "Khách hàng"})
        cls.product = cls.env["product.product"].create({"name": "Bàn gỗ", "type": "service", "taxes_id": False})

    def make_counted(self, person, moment, amount=1, company=None):
        order = self.make_quotation(person, amount, company)
        order.action_confirm()
        order.date_order = moment
        return order

    def make_quotation(self, person, amount, company=None, **vals):
        company = company or person.company_id
        line = {"product_id": self.product.id, "product_uom_qty": 1, "price_unit": amount, "tax_ids": False}
        return (
            self.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": self.customer.id,
                    "company_id": company.id,
                    "user_id": person.user_id.id,
                    "team_id": self.team and self.team.id,
                    "order_line": [Command.create(line)],
                    **vals,
                }
            )
        )

    def exclude(self, record):
        record._action_cancel()
