from odoo import fields, models
from odoo.tools import SQL


class KpiNewCustomer(models.Model):
    """One row per customer and company: the first order that the customer confirmed there.

    A customer is a commercial entity: orders of its contacts are its own. Cancelled orders and quotations are no first
    orders; of two orders of one moment the one that was made first is. The row bears the id of that order.
    """

    _name = "kpi.new.customer"
    _description = "New Customer"
    _inherit = ["kpi.sale.origin.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "sale.order": ["partner_id", "company_id", "user_id", "team_id", "date_order", "state"],
        "res.partner": ["commercial_partner_id"],
    }

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)

    @property
    def _table_query(self):
        # Not DISTINCT ON: it would sort all orders ever made before the period is looked at.
        return SQL(
            """
            SELECT first.id, first.id AS order_id, customer.commercial_partner_id AS partner_id,
                   first.company_id, first.user_id, first.team_id, first.date_order AS date
              FROM sale_order first
              JOIN res_partner customer ON customer.id = first.partner_id
             WHERE first.state = 'sale'
               AND NOT EXISTS (
                   SELECT 1
                     FROM sale_order earlier
                     JOIN res_partner contact ON contact.id = earlier.partner_id
                    WHERE contact.commercial_partner_id = customer.commercial_partner_id
                      AND earlier.company_id = first.company_id
                      AND earlier.state = 'sale'
                      AND (earlier.date_order, earlier.id) < (first.date_order, first.id))
            """
        )
