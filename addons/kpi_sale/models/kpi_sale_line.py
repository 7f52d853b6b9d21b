from odoo import api, fields, models
from odoo.tools import SQL

# Odoo's own way to read the rate that an order keeps.
RATE = SQL("COALESCE(NULLIF(sale.currency_rate, 0), 1)")
QUANTITY = SQL("line.product_uom_qty * unit.factor / reference.factor")


class KpiSaleLine(models.Model):
    """One row per product line of a confirmed order: the quantity in the product's own unit of measure, as in Odoo's
    sales analysis, the money in the company's currency at the rate of the order.

    Down payments are invoiced, not sold, and left out. The row bears the id of the order line.
    """

    _name = "kpi.sale.line"
    _description = "Product Sold"
    _inherit = ["kpi.sale.origin.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "product_id"
    _depends = {
        "sale.order.line": [
            "order_id",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "price_subtotal",
            "display_type",
            "is_downpayment",
        ],
        "sale.order": ["partner_id", "company_id", "user_id", "team_id", "date_order", "state", "currency_rate"],
        "res.company": ["currency_id"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "uom_id"],
        "uom.uom": ["factor"],
    }

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="Untaxed Amount", readonly=True)
    margin = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        # Joined LEFT by their keys, products and units are left out by PostgreSQL where nothing of them is asked for.
        return SQL(
            """
            SELECT line.id, line.order_id, sale.date_order AS date, sale.company_id, sale.user_id, sale.team_id,
                   sale.partner_id, line.product_id, template.categ_id, template.uom_id, company.currency_id,
                   %(quantity)s AS quantity, line.price_subtotal / %(rate)s AS amount, %(margin)s AS margin
              FROM sale_order_line line
              JOIN sale_order sale ON sale.id = line.order_id
              LEFT JOIN res_company company ON company.id = sale.company_id
              LEFT JOIN product_product product ON product.id = line.product_id
              LEFT JOIN product_template template ON template.id = product.product_tmpl_id
              LEFT JOIN uom_uom unit ON unit.id = line.product_uom_id
              LEFT JOIN uom_uom reference ON reference.id = template.uom_id
             WHERE sale.state = 'sale' AND line.display_type IS NULL AND line.is_downpayment IS NOT TRUE
            """,
            quantity=QUANTITY,
            rate=RATE,
            margin=self._margin_sql(),
        )

    @api.model
    def _margin_sql(self):
        """The margin that Odoo keeps on the line where Sales Margins is installed, else at the product's present cost."""
        if self._has_stored_margin():
            # sudo: reads the table itself; whoever asks is checked against this model. Odoo's own way to write a
            # column also has its pending changes written before it is read.
            lines = self.env["sale.order.line"].sudo()
            return SQL("%s / %s", lines._field_to_sql("line", "margin"), RATE)
        return SQL(
            "line.price_subtotal / %s - %s * COALESCE((product.standard_price ->> sale.company_id::text)::numeric, 0)",
            RATE,
            QUANTITY,
        )

    @api.model
    def _has_stored_margin(self):
        field = self.env["sale.order.line"]._fields.get("margin")
        return field is not None and bool(field.store)
