from odoo import fields, models
from odoo.tools import SQL, file_open


class KpiInventoryEntry(models.Model):
    """What each move and each price change did to the value of the stock: its sum up to a day is the value on that day.

    Odoo computes the value of a product's stock and stores it nowhere. Stored with the moves is what came in and what
    left was worth then, which is not enough: with average cost and FIFO a bill changes the worth of goods that came in
    earlier, with a standard price every change revalues what is on hand. See ``sql/kpi_inventory_value.sql``.
    """

    _name = "kpi.inventory.entry"
    _description = "Inventory Value Entry"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "product_id"
    _depends = {
        "stock.move": [
            "product_id",
            "company_id",
            "date",
            "state",
            "is_in",
            "is_out",
            "quantity",
            "product_uom",
            "value",
        ],
        "product.value": ["product_id", "lot_id", "move_id", "company_id", "date", "value"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "uom_id", "lot_valuated"],
        "product.category": ["property_cost_method"],
        "uom.uom": ["factor"],
        "res.company": ["cost_method", "currency_id"],
    }

    move_id = fields.Many2one("stock.move", readonly=True)
    price_id = fields.Many2one("product.value", string="Price Change", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Datetime(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True, help="In the product's unit.")
    value = fields.Monetary(string="Change of Value", readonly=True)

    def init(self):
        with file_open("kpi_stock/sql/kpi_inventory_value.sql") as file:
            self.env.cr.execute(file.read())

    @property
    def _table_query(self):
        # At the same moment a price change comes before a move, as in Odoo.
        return SQL(
            """
            WITH event AS (
                SELECT m.id * 2 AS id, m.id AS move_id, NULL::integer AS price_id, m.product_id, m.company_id, m.date,
                       m.product_uom AS uom_id, CASE WHEN m.is_in THEN 1 ELSE -1 END * m.quantity AS quantity,
                       CASE WHEN m.is_in THEN 1 ELSE -1 END * m.value AS worth, NULL::numeric AS price
                  FROM stock_move m
                 WHERE m.state = 'done' AND (m.is_in OR m.is_out)
                 UNION ALL
                SELECT v.id * 2 + 1, NULL, v.id, v.product_id, v.company_id, v.date, NULL, 0, 0, v.value
                  FROM product_value v
                 WHERE v.product_id IS NOT NULL AND v.move_id IS NULL AND v.lot_id IS NULL
            ), valued AS (
                SELECT e.id, e.move_id, e.price_id, e.product_id, e.company_id, c.currency_id, e.date, e.price,
                       COALESCE(e.quantity * moved.factor / unit.factor, 0)::numeric AS quantity,
                       COALESCE(e.worth, 0)::numeric AS worth,
                       CASE WHEN t.lot_valuated THEN 'lot'
                            ELSE COALESCE(g.property_cost_method ->> c.id::text, c.cost_method) END AS method,
                       COALESCE(
                           FIRST_VALUE(e.price) OVER (
                               PARTITION BY e.company_id, e.product_id ORDER BY e.price IS NULL, e.date, e.id),
                           (p.standard_price ->> c.id::text)::numeric,
                           0) AS opening
                  FROM event e
                  JOIN res_company c ON c.id = e.company_id
                  JOIN product_product p ON p.id = e.product_id
                  JOIN product_template t ON t.id = p.product_tmpl_id
                  JOIN uom_uom unit ON unit.id = t.uom_id
                  LEFT JOIN uom_uom moved ON moved.id = e.uom_id
                  LEFT JOIN product_category g ON g.id = t.categ_id
            ), running AS (
                SELECT *,
                       kpi_inventory_value(method, quantity, worth, price, opening) OVER (
                           PARTITION BY company_id, product_id ORDER BY date, price IS NULL, id
                           ROWS UNBOUNDED PRECEDING) AS total
                  FROM valued
            )
            SELECT id, move_id, price_id, product_id, company_id, currency_id, date, quantity,
                   total - LAG(total, 1, 0::numeric) OVER (
                       PARTITION BY company_id, product_id ORDER BY date, price IS NULL, id) AS value
              FROM running
            """
        )

    def action_open_origin(self):
        """Open what moved the goods, or the product whose price changed."""
        self.ensure_one()
        if self.move_id:
            return self.move_id.action_open_reference()
        return {
            "type": "ir.actions.act_window",
            "res_model": "product.product",
            "res_id": self.product_id.id,
            "views": [(False, "form")],
        }
