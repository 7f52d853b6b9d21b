from odoo import fields, models


class KpiTargetSplit(models.TransientModel):
    _inherit = "kpi.target.split"

    subject_kind = fields.Selection(
        selection_add=[("team", "Sales teams"), ("employee",)], ondelete={"team": "cascade"}
    )
