from odoo import fields, models


class KpiSaleOriginMixin(models.AbstractModel):
    """What the views of sales have in common: each row stands for something in a confirmed order."""

    _name = "kpi.sale.origin.mixin"
    _description = "Counted from a Sales Order"

    order_id = fields.Many2one("sale.order", readonly=True)
    date = fields.Datetime(string="Order Date", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)

    def action_open_order(self):
        """Open the order, under the rights of whoever clicks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }
