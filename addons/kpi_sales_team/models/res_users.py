from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _kpi_tell_sales(self):
        """Let the screens of those who follow these salespeople's figures know that they have changed.

        Told are the salespeople, everybody above them (who reads their scorecards, see the record rules), their team
        leaders, and the user who changed something; nothing is said but that it is time to look again.
        """
        if not self:
            return
        # sudo: whom somebody reports to is not for everybody to read, and is not told here either.
        people = self.sudo()
        above = people.env["hr.employee"].search([("id", "parent_of", people.employee_ids.ids)])
        led = above.user_id | people.crm_team_member_ids.crm_team_id.user_id
        (people | led | self.env.user)._bus_send("kpi_sales_changed", {})
