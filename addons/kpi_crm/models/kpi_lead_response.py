from odoo import fields, models
from odoo.tools import SQL


class KpiLeadResponse(models.Model):
    """One row per lead or opportunity that was assigned, and the hours from its creation to that.

    Odoo keeps the last assignment only, and the time to it in whole days.
    """

    _name = "kpi.lead.response"
    _description = "Response to a Lead"
    _auto = False
    _order = "date_assigned desc, id desc"
    _rec_name = "lead_id"
    _depends = {
        "crm.lead": ["user_id", "team_id", "company_id", "date_open"],
        "crm.team": ["company_id"],
        "res.users": ["company_id"],
    }

    lead_id = fields.Many2one("crm.lead", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_created = fields.Datetime(string="Created on", readonly=True)
    date_assigned = fields.Datetime(string="Assigned on", readonly=True)
    hours = fields.Float(readonly=True, aggregator="avg", help="From creation to assignment.")

    @property
    def _table_query(self):
        # A lead that was loaded together with the date of its assignment may seem to be created after it.
        return SQL(
            """
            SELECT l.id, l.id AS lead_id, l.user_id, l.team_id, l.create_date AS date_created,
                   l.date_open AS date_assigned,
                   GREATEST(EXTRACT(EPOCH FROM l.date_open - l.create_date), 0) / 3600 AS hours,
                   COALESCE(l.company_id, t.company_id, u.company_id, c.company_id) AS company_id
              FROM crm_lead l
              LEFT JOIN crm_team t ON t.id = l.team_id
              LEFT JOIN res_users u ON u.id = l.user_id
              LEFT JOIN res_users c ON c.id = l.create_uid
             WHERE l.date_open IS NOT NULL
            """
        )

    def action_open_lead(self):
        """Open the lead or opportunity, under the rights of whoever clicks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "views": [(False, "form")],
        }
