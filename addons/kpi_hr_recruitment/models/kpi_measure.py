from odoo import fields, models


class KpiMeasure(models.Model):
    _inherit = "kpi.measure"

    # Positions to fill in a period: those open on any of its days, be they filled in it or still open at its end.
    accumulation = fields.Selection(
        selection_add=[("overlap", "At any time within the period")], ondelete={"overlap": "set default"}
    )
