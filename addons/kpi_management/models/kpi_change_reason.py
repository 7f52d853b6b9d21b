from odoo import fields, models


class KpiChangeReason(models.Model):
    """Why a target changes after it was agreed: chosen on each request, and counted over all of them."""

    _name = "kpi.change.reason"
    _description = "Reason for a Target Change"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _unique_name = models.UniqueIndex("(name)", "There is a reason of this name already.")
