from odoo import models
from odoo.exceptions import UserError


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    def _check_no_other(self):
        """Override: a cancelled part of a pool may have been given to others since."""
        result = super()._check_no_other()
        if self.sudo().plan_id.basis == "pool":
            raise UserError(
                self.env._(
                    "The part of %s went back into the pool. Compute the plan again to split the pool anew.",
                    self.display_name,
                )
            )
        return result
