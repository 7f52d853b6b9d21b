from odoo import api, models
from odoo.fields import Domain


class KpiCockpit(models.AbstractModel):
    _inherit = "kpi.cockpit"

    @api.model
    def _members(self, subjects, company):
        """Override of `kpi_management`: below a sales team are its members."""
        members = super()._members(subjects, company)
        teams = [key for kind, key in subjects if kind == "team"]
        if teams:
            # sudo: only of people whose scorecards the user sees is anything shown.
            memberships = self.env["crm.team.member"].sudo()
            own = Domain("user_id.employee_ids.company_id", "=", company.id)
            for member in memberships.search(Domain("crm_team_id", "in", teams) & own):
                people = member.user_id.employee_ids.filtered(lambda person: person.company_id == company)
                members.setdefault(("team", member.crm_team_id.id), set()).update(people.ids)
        return members
