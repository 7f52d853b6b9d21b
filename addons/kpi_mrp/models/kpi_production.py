from odoo import fields, models
from odoo.tools import SQL


class KpiProduction(models.Model):
    """One row per done manufacturing order: what it brought and how long it took.

    Odoo stores neither the quantity that was produced nor the duration from start to finish.
    """

    _name = "kpi.production"
    _description = "Production"
    _auto = False
    _order = "date_finished desc, id desc"
    _rec_name = "production_id"
    _depends = {
        "mrp.production": ["product_id", "user_id", "company_id", "state", "date_start", "date_finished"],
        "stock.move": ["production_id", "product_id", "scrap_id", "state"],
        "stock.move.line": ["move_id", "quantity_product_uom"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["uom_id"],
    }

    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_start = fields.Datetime(string="Start", readonly=True)
    date_finished = fields.Datetime(string="Finish", readonly=True)
    hours = fields.Float(readonly=True, aggregator="avg", help="From start to finish.")
    quantity = fields.Float(string="Produced", digits="Product Unit", readonly=True, help="In the product's unit.")

    @property
    def _table_query(self):
        # By-products, components and what was scrapped are moves of the order too: none of them is production.
        return SQL(
            """
            SELECT p.id, p.id AS production_id, p.product_id, t.uom_id AS product_uom_id, p.user_id, p.company_id,
                   p.date_start, p.date_finished,
                   EXTRACT(EPOCH FROM p.date_finished - p.date_start) / 3600 AS hours,
                   COALESCE(
                       (SELECT SUM(l.quantity_product_uom)
                          FROM stock_move m
                          JOIN stock_move_line l ON l.move_id = m.id
                         WHERE m.production_id = p.id AND m.product_id = p.product_id
                           AND m.state = 'done' AND m.scrap_id IS NULL),
                       0) AS quantity
              FROM mrp_production p
              JOIN product_product v ON v.id = p.product_id
              JOIN product_template t ON t.id = v.product_tmpl_id
             WHERE p.state = 'done'
            """
        )

    def action_open_production(self):
        """Open the manufacturing order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mrp.production",
            "res_id": self.production_id.id,
            "views": [(False, "form")],
        }
