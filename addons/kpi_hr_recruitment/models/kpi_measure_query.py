from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class KpiMeasureQuery(models.AbstractModel):
    _inherit = "kpi.measure.query"

    def _date_domain(self, measure, company, window):
        """Override of kpi_management: what overlaps the window began before its end and did not end before its start."""
        domain = super()._date_domain(measure, company, window)
        if measure.accumulation == "overlap" and measure.until_field:
            start = self._edge(measure, measure.until_field, company, window)[0]
            domain &= Domain(measure.until_field, "=", False) | Domain(measure.until_field, ">=", start)
        return domain

    def _day_sql(self, measure, model, query, company, window):
        """Override of kpi_management: what overlaps the window counts on the day it ended, at the latest the last day."""
        if measure.accumulation != "overlap" or not measure.until_field:
            return super()._day_sql(measure, model, query, company, window)
        ended = self._path_sql(model, measure.until_field, query)
        if measure._path_field(measure.until_field).type == "datetime":
            ended = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", ended, self._tz(company))
        return SQL("LEAST(%s, %s::date)", ended, window.end)
