from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import EngineError


class KpiComputation(models.AbstractModel):
    """From a figure back to the records behind it."""

    _inherit = "kpi.computation"

    @api.model
    def _open_records(self, line, measure_code=None):
        """A window on the records counted for a line.

        :param measure_code: one measure of the line's formula; by default all that count the same records as the first
        """
        # sudo: measures and the counting itself are the system's; the window opens under the viewer's own rights.
        line_sudo = line.sudo()
        try:
            codes = [measure_code] if measure_code else line_sudo._measure_codes()
        except EngineError as error:
            raise UserError(self._error_text(error)) from error
        needs = self._counted_needs(line_sudo)
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([("code", "in", codes)])
        measures = measures.sorted(lambda measure: codes.index(measure.code))
        queries = measures.filtered(lambda measure: measure.source == "query")
        if not queries:
            return self.env["kpi.measurement"]._open_figures(line, measures, needs)
        model_name = queries[0].model_name
        if not self.env[model_name].has_access("read"):
            raise UserError(
                self.env._("You have no access to the records behind this figure (%s).", queries[0].model_id.name)
            )
        kind, subject = line_sudo.subject_type, line_sudo.scorecard_id._subject()
        domain = Domain.OR(
            self.env["kpi.measure.query"]._record_domain(measure, line_sudo.company_id, window, kind, subject, choices)
            for measure in queries.filtered(lambda measure: measure.model_name == model_name)
            for code, window, choices in sorted(needs, key=lambda need: need[1].start)
            if code == measure.code
        )
        return {
            "type": "ir.actions.act_window",
            "name": f"{line.definition_id.name} · {line_sudo.scorecard_id.display_name}",
            "res_model": model_name,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [_plain(term) for term in domain],
            # Lost opportunities, people who left: what was counted may be archived.
            "context": {"active_test": False, "create": False},
        }

    def _counted_needs(self, line):
        """The figures a line counts, (measure code, window, choices); of a closed one those it was closed with."""
        library = self._library()
        if told := line._told():
            return self._told_needs(told, library, line._choices())
        kpi = self._kpis(line.definition_id.ids)[line.definition_id.id]
        return self._needs(library, kpi, line.period_id._window(), line.parameter_value_ids._as_choices())


def _plain(term):
    """A domain term as it can travel to the client: moments and days as text."""
    if isinstance(term, tuple) and isinstance(term[2], date):
        text = fields.Datetime.to_string if isinstance(term[2], datetime) else fields.Date.to_string
        return (term[0], term[1], text(term[2]))
    return term
