from decimal import Decimal

from odoo import models

from odoo.addons.kpi_management.engine import round_half_up, to_decimal

WHOLE, HALF = Decimal(1), Decimal("0.5")


class HrLeave(models.Model):
    _inherit = "hr.leave"

    def _share_of_day(self, day):
        """How much of a calendar day this request takes: Decimal, 0 to 1."""
        self.ensure_one()
        first, last = self.request_date_from, self.request_date_to
        if self.request_unit_hours and first == last:
            return min(round_half_up(to_decimal(self.number_of_days), 2), WHOLE)
        if not self.request_unit_half:
            return WHOLE
        share = WHOLE
        if day == first and self.request_date_from_period == "pm":
            share -= HALF
        if day == last and self.request_date_to_period == "am":
            share -= HALF
        return share
