from .sale_case import SaleCase


class CustomerCase(SaleCase):
    """Every counted record is of a customer of its own."""

    sums = False
    buyers_sql = """
        SELECT COUNT(DISTINCT customer.commercial_partner_id)
          FROM sale_order sale JOIN res_partner customer ON customer.id = sale.partner_id
         WHERE sale.state = 'sale' AND sale.company_id = %(company)s
           AND sale.date_order >= %(start)s AND sale.date_order < %(end)s
           AND (%(people)s IS NULL OR sale.user_id = ANY(%(people)s))
    """

    def make_quotation(self, person, amount, company=None, **vals):
        if "partner_id" not in vals:
            vals["partner_id"] = self.make_customer("Khách mới").id
        return super().make_quotation(person, amount, company, **vals)
