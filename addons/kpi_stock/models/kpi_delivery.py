from odoo import fields, models
from odoo.tools import SQL


class KpiDelivery(models.Model):
    """One row per done delivery: when it was due and whether it was on time.

    Odoo's own "is late" compares the deadline with the plan, not with what happened.
    """

    _name = "kpi.delivery"
    _description = "Delivery"
    _auto = False
    _order = "date_done desc, id desc"
    _rec_name = "picking_id"
    _depends = {
        "stock.picking": [
            "partner_id",
            "user_id",
            "company_id",
            "picking_type_id",
            "location_dest_id",
            "state",
            "date_deadline",
            "scheduled_date",
            "date_done",
        ],
        "stock.picking.type": ["code"],
        "stock.location": ["usage"],
    }

    picking_id = fields.Many2one("stock.picking", string="Transfer", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Delivered to", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_due = fields.Datetime(string="Due", readonly=True, help="The deadline, else the scheduled date.")
    date_done = fields.Datetime(string="Done", readonly=True)
    on_time = fields.Boolean(readonly=True)

    @property
    def _table_query(self):
        # A return to a vendor leaves by an outgoing transfer too.
        return SQL(
            """
            SELECT p.id, p.id AS picking_id, p.partner_id, p.user_id, p.company_id, p.date_done,
                   COALESCE(p.date_deadline, p.scheduled_date) AS date_due,
                   p.date_done <= COALESCE(p.date_deadline, p.scheduled_date) AS on_time
              FROM stock_picking p
              JOIN stock_picking_type t ON t.id = p.picking_type_id
              JOIN stock_location l ON l.id = p.location_dest_id
             WHERE p.state = 'done' AND t.code = 'outgoing' AND l.usage <> 'supplier'
            """
        )

    def action_open_picking(self):
        """Open the transfer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "res_id": self.picking_id.id,
            "views": [(False, "form")],
        }
