from odoo import fields, models
from odoo.tools import ormcache


class KpiPeriod(models.Model):
    """How far a period has gone, as screens tell it."""

    _inherit = "kpi.period"

    def _progress(self):
        """``date_end``, ``days_left``, and ``elapsed``: percent of the period's working time that has gone by."""
        self.ensure_one()
        now = self._now()
        return {
            "date_end": fields.Date.to_string(self.date_end),
            "days_left": max((self.date_end - now.date()).days, 0),
            "elapsed": self._elapsed_percent(now.strftime("%Y%m%d%H")),
        }

    @ormcache("self.id", "hour")
    def _elapsed_percent(self, hour):
        """Good for the hour it was asked in: a year of working hours takes a while to add up."""
        # sudo: a plain user may not read the working hours of the company; only the share of time is told.
        period = self.sudo()
        shares = self.env["kpi.computation"].sudo()._elapsed_shares(period.company_id, period)
        return round(100 * float(shares[period]), 1)
