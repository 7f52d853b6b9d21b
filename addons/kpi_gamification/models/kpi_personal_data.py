from odoo import api, models


class KpiPersonalData(models.AbstractModel):
    """The words of kudos stand on the badge as well."""

    _inherit = "kpi.personal.data"

    @api.model
    def _forget_more(self, employee, found):
        lines = super()._forget_more(employee, found)
        if granted := found.get("kpi.kudos", self.env["kpi.kudos"]).badge_user_id:
            granted.comment = False
            messages = self.env["mail.message"]
            messages.search([("model", "=", granted._name), ("res_id", "in", granted.ids)]).unlink()
            lines.append(self._counted(granted))
        return lines
