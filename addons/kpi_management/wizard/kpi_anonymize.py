from odoo import fields, models
from odoo.exceptions import UserError


class KpiAnonymize(models.TransientModel):
    """Asks once more before a person is anonymised: it cannot be undone."""

    _name = "kpi.anonymize"
    _description = "Anonymise a Person"

    dossier_id = fields.Many2one("kpi.dossier", required=True, readonly=True, ondelete="cascade")
    person = fields.Char(related="dossier_id.name")
    typed_name = fields.Char(string="Type the name", required=True, help="The name of the person, as it stands above.")

    def action_confirm(self):
        """Anonymise the person whose name was typed, and open the log.

        :raises UserError: when the name does not match
        """
        self.ensure_one()
        if self.typed_name.strip() != (self.dossier_id.name or "").strip():
            raise UserError(self.env._("Type the name exactly as it stands: %s", self.dossier_id.name))
        log = self.env["kpi.personal.data"]._anonymize(self.dossier_id.employee_id)
        # Nor does the name typed here stay.
        self.unlink()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Anonymised"),
            "res_model": log._name,
            "res_id": log.id,
            "view_mode": "form",
        }
