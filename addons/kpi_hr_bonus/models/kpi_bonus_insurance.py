from odoo import fields, models


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"

    in_insurance_base = fields.Boolean(
        string="Regular fixed allowance",
        tracking=True,
        help="Set for a fixed amount that is paid regularly: social insurance is computed from it too. Not set for pay "
        "that varies with results: it is taxed, but stays out of the base of social insurance.",
    )

    def _prepare_statement_vals(self, *args, **kwargs):
        """Extend: a statement keeps what held when it was computed, whatever becomes of the plan."""
        vals = super()._prepare_statement_vals(*args, **kwargs)
        return {**vals, "in_insurance_base": self.in_insurance_base}


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    in_insurance_base = fields.Boolean(
        string="In the insurance base", help="Social insurance is computed from this amount too."
    )
