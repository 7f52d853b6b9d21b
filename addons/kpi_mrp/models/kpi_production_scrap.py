from odoo import fields, models
from odoo.tools import SQL


class KpiProductionScrap(models.Model):
    """One row per validated scrap of the finished product of a manufacturing order, in the product's unit.

    Scrapped components are no defective products, and a scrap outside of an order does not say that production caused it.
    """

    _name = "kpi.production.scrap"
    _description = "Defective Products"
    _auto = False
    _order = "date_done desc, id desc"
    _rec_name = "scrap_id"
    _depends = {
        "stock.scrap": ["production_id", "product_id", "company_id", "state", "date_done"],
        "mrp.production": ["product_id", "user_id"],
        "stock.move": ["scrap_id", "product_id", "state"],
        "stock.move.line": ["move_id", "quantity_product_uom"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["uom_id"],
    }

    scrap_id = fields.Many2one("stock.scrap", readonly=True)
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_done = fields.Datetime(string="Date", readonly=True)
    quantity = fields.Float(string="Scrapped", digits="Product Unit", readonly=True, help="In the product's unit.")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT s.id, s.id AS scrap_id, s.production_id, s.product_id, t.uom_id AS product_uom_id, p.user_id,
                   s.company_id, s.date_done,
                   COALESCE(
                       (SELECT SUM(l.quantity_product_uom)
                          FROM stock_move m
                          JOIN stock_move_line l ON l.move_id = m.id
                         WHERE m.scrap_id = s.id AND m.product_id = s.product_id AND m.state = 'done'),
                       0) AS quantity
              FROM stock_scrap s
              JOIN mrp_production p ON p.id = s.production_id AND p.product_id = s.product_id
              JOIN product_product v ON v.id = s.product_id
              JOIN product_template t ON t.id = v.product_tmpl_id
             WHERE s.state = 'done'
            """
        )

    def action_open_scrap(self):
        """Open the scrap."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.scrap",
            "res_id": self.scrap_id.id,
            "views": [(False, "form")],
        }
