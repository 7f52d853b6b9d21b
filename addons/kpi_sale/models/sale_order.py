from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # The strip beside the pipeline asks what changed since the scorecards were measured: the newest rows alone.
    _kpi_changes = models.Index("(write_date)")

    def action_confirm(self):
        """Override: whoever follows the salesperson's figures sees the order at once."""
        result = super().action_confirm()
        self.user_id._kpi_tell_sales()
        return result

    def _action_cancel(self):
        """Override: as for the confirmation."""
        result = super()._action_cancel()
        self.user_id._kpi_tell_sales()
        return result
