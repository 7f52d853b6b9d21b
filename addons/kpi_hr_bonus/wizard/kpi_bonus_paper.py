from odoo import fields, models


class KpiBonusPaper(models.TransientModel):
    _name = "kpi.bonus.paper"
    _description = "Record a Signature on Paper"

    acknowledgement_id = fields.Many2one("kpi.bonus.acknowledgement", required=True, readonly=True, ondelete="cascade")
    signed_on = fields.Date(required=True, default=fields.Date.context_today)
    signature = fields.Binary(string="Signed sheet", required=True, attachment=False)
    signature_name = fields.Char()

    def action_confirm(self):
        """Keep the signature with the acknowledgement.

        :raises AccessError: for others than bonus officers
        """
        self.ensure_one()
        self.env["kpi.bonus.plan"]._check_bonus_officer()
        self.acknowledgement_id.check_access("read")
        self.acknowledgement_id._record_paper(self.signed_on, self.signature, self.signature_name)
        return {"type": "ir.actions.act_window_close"}
