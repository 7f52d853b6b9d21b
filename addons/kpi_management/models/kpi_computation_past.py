from collections import defaultdict
from dataclasses import replace

from odoo import api, models

from ..engine import EngineError, Library

TIME, SUBJECT = "time", "subject"


class KpiComputation(models.AbstractModel):
    """What a KPI was in any windows, also in those that nobody had a scorecard for, and how it adds up."""

    _inherit = "kpi.computation"

    @api.model
    def _actuals(self, definition, chosen, company, kind, subjects, windows):
        """Measure one KPI in some windows for all subjects of a kind, one query per measure and window.

        :param definition: one ``kpi.definition``
        :param chosen: choices of a line, as of ``kpi.parameter.value._as_choices``
        :param str kind: subject kind: company, department, employee…
        :param subjects: records of that kind
        :param windows: engine ``Window`` s
        :return: {(subject id, window): Decimal}; what has no data, or cannot be measured, is missing
        """
        library, kpi = self._library(), self._kpis(definition.ids)[definition.id]
        needs = {window: self._needs(library, kpi, window, chosen) for window in windows}
        plan = defaultdict(set)
        for window_needs in needs.values():
            for code, window, choices in window_needs:
                plan[code, window, kind, choices] |= set(subjects.ids)
        figures = self._query(company, plan)
        actuals = {}
        for window, window_needs in needs.items():
            for subject_id in subjects.ids:
                own = self._own_figures(figures, kind, subject_id, window_needs)
                try:
                    actual = library.actual(kpi.code, window, own)
                except EngineError:
                    continue
                if actual is not None:
                    actuals[subject_id, window] = actual
        return actuals

    @api.model
    def _own_figures(self, figures, kind, subject_id, needs):
        """The figures of one subject, as the library takes them."""
        own = {}
        for code, window, choices in needs:
            measured = figures.get((kind, subject_id, choices), {})
            if (code, window) in measured:
                own[code, window] = measured[code, window]
        return own

    @api.model
    def _adding_up(self, definitions):
        """Along which axes the targets of KPIs add up.

        Over time flows add up: what months bring is what the year brings. Over subjects balances do so too: the stock
        of the departments is the company's. Ratios and averages add up nowhere, nor does a band or a yes or no.

        :return: {definition: set of ``TIME`` and ``SUBJECT``}
        """
        over_time = self._library()
        # sudo: a plain user may not read measures; how they are counted only says how targets add up.
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([])
        countable = {
            measure.code
            for measure in measures
            if measure.aggregate in ("sum", "count") and measure.accumulation in ("flow", "balance")
        }
        infos = {code: replace(info, additive=code in countable) for code, info in over_time.measures.items()}
        libraries = {TIME: over_time, SUBJECT: Library(infos, over_time.formulas)}
        return {
            definition: {axis for axis, library in libraries.items() if _adds_up(library, definition)}
            for definition in definitions
        }


def _adds_up(library, definition):
    if definition.direction not in ("higher", "lower"):
        return False
    try:
        return library.is_additive(definition.code)
    except EngineError:
        return False
