from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import utc_bounds


class KpiMeasureQuery(models.AbstractModel):
    """Which records a measure counts: its own filter, the window, the company, and what was chosen on the KPI."""

    _inherit = "kpi.measure.query"

    def _counted_domain(self, measure, company, window, choices):
        return Domain.AND(
            [
                *self._choice_domains(measure, choices),
                measure._parsed_domain(),
                self._date_domain(measure, company, window),
                self._company_domain(measure, company),
            ]
        )

    def _choice_domains(self, measure, choices):
        chosen = dict(choices)
        return [
            Domain(taken.path, taken.parameter_id.operator, [chosen[taken.parameter_id.id]])
            for taken in measure.parameter_ids
            if taken.parameter_id.id in chosen
        ]

    @api.model
    def _missing_choice(self, measure, choices):
        """The name of a parameter that has to be chosen and is not; empty when there is none."""
        needed = measure.parameter_ids.filtered("required").parameter_id
        return needed.filtered(lambda parameter: parameter.id not in dict(choices))[:1].name

    def _date_domain(self, measure, company, window):
        """When records count for a window; what looks back has its dates in the window before, or in either."""
        windows = {"before": (window.previous(),), "returning": (window.previous(), window)}
        return Domain.OR(
            self._dates_in(measure, company, counted) for counted in windows.get(measure.accumulation, (window,))
        )

    def _dates_in(self, measure, company, window):
        domain = Domain.TRUE
        if measure.accumulation in ("flow", "before", "returning"):
            domain = Domain(measure.date_field, ">=", self._edge(measure, measure.date_field, company, window)[0])
        domain &= Domain(measure.date_field, "<", self._edge(measure, measure.date_field, company, window)[1])
        if measure.cutoff_field:
            domain &= Domain(measure.cutoff_field, "<", self._edge(measure, measure.cutoff_field, company, window)[1])
        if measure.accumulation == "balance" and measure.until_field:
            is_datetime = measure._path_field(measure.until_field).type == "datetime"
            last = self._edge(measure, measure.until_field, company, window)[1] if is_datetime else window.end
            domain &= Domain(measure.until_field, "=", False) | Domain(measure.until_field, ">=", last)
        return domain

    def _edge(self, measure, path, company, window):
        """The window half-open, as this field stores time: days, or UTC instants of the company's midnights."""
        if measure._path_field(path).type == "date":
            return window.start, fields.Date.add(window.end, days=1)
        return utc_bounds(window, self._tz(company))

    def _company_domain(self, measure, company):
        """The first company path that leads to a company decides."""
        domain, empty_so_far = Domain.FALSE, Domain.TRUE
        for path in measure._paths("company_path"):
            domain |= empty_so_far & Domain(path, "=", company.id)
            # Not `path = False`: that misses records on which the way breaks off before its last step.
            empty_so_far &= ~Domain(path, "!=", False)
        return domain
