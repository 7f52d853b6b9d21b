from datetime import timedelta

from odoo import fields, models

from ..engine import window_of


class KpiOneOnOne(models.Model):
    """What comes after a talk: the next one, an objective, an action."""

    _inherit = "kpi.one.on.one"

    def action_plan_meeting(self):
        """Plan the talk: an event of both where Calendar is installed, else a meeting activity for the other one."""
        self.ensure_one()
        title = self.env._("One-on-one · %s", self.employee_id.display_name)
        return self._plan_meeting(title, self.user_id | self.manager_user_id, self.date)

    def action_next(self):
        """Open the next talk of the two; a new one when it is not there yet."""
        self.ensure_one()
        sides = [("employee_id", "=", self.employee_id.id), ("manager_id", "=", self.manager_id.id)]
        following = self.search([*sides, ("date", ">", self.date)], order="date, id", limit=1)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("One-on-one"),
            "res_model": self._name,
            "res_id": following.id,
            "view_mode": "form",
            "context": {
                "default_employee_id": self.employee_id.id,
                "default_manager_id": self.manager_id.id,
                "default_date": fields.Date.to_string(self.next_date or fields.Date.context_today(self)),
            },
        }

    def action_new_objective(self):
        """Open a new objective of the employee for the period after the talk, of the kind of the latest scorecard."""
        self.ensure_one()
        card = self.env["kpi.scorecard"].search([("employee_id", "=", self.employee_id.id)], limit=1)
        kind = card.period_type or "quarter"
        window = window_of(kind, window_of(kind, self.date).end + timedelta(days=1))
        return self.env["kpi.objective"]._open_next(self.employee_id, self.company_id, window)

    def action_add_action(self):
        """Open a new action about the employee."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_action")
        context = {"default_employee_id": self.employee_id.id, "default_responsible_id": self.employee_id.id}
        return {**action, "view_mode": "form", "views": [(False, "form")], "context": context}
