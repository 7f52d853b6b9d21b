from odoo import api, models


class KpiPersonalData(models.AbstractModel):
    """What was paid and why is kept as long as the books are, whoever is anonymised."""

    _inherit = "kpi.personal.data"

    @api.model
    def _kept_as_evidence(self):
        return (*super()._kept_as_evidence(), "kpi.bonus.")
