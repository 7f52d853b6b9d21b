from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import EngineError, Window, number_text, to_decimal, window_between
from .guard import trusted


class KpiObjective(models.Model):
    _inherit = "kpi.objective"

    is_measured = fields.Boolean(compute="_compute_is_measured", help="Whether a KPI measures one of its key results.")

    @api.depends("key_result_ids.definition_id")
    def _compute_is_measured(self):
        for objective in self:
            objective.is_measured = bool(objective.key_result_ids.definition_id)

    def action_measure(self):
        """Measure the key results of these objectives that have a KPI, as of today.

        :raises AccessError: for objectives the user may not read
        """
        self.check_access("read")
        self.key_result_ids._measure_current()

    def _subject(self):
        """(kind, id) of whom the objective is about: its owner, its department or the company."""
        self.ensure_one()
        if self.level == "individual" and self.owner_id:
            return "employee", self.owner_id.id
        if self.department_id:
            return "department", self.department_id.id
        return "company", self.company_id.id

    def write(self, vals):
        result = super().write(vals)
        if {"owner_id", "department_id", "level", "date_start", "date_end"} & vals.keys():
            # sudo: an employee's own draft has key results he sees, and a superior may move it
            self.sudo().key_result_ids._measure_before()
        return result


class KpiObjectiveKeyResult(models.Model):
    """What key results are measured with: one query per measure and window, however many there are."""

    _inherit = "kpi.objective.key.result"

    @api.model
    def _cron_measure(self):
        """Daily: the key results of all objectives that run."""
        # as in the company: it may be tomorrow there
        tomorrow = fields.Date.add(fields.Date.today(), days=1)
        running = [
            ("objective_id.state", "in", ("draft", "proposed", "agreed")),
            ("objective_id.date_start", "<=", tomorrow),
            ("definition_id", "!=", False),
        ]
        self.search(running)._measure_current()

    def _measure_current(self):
        """Write what is reached from the objective's first day until today, or until its end."""
        today = {company: company._kpi_today() for company in self.company_id}
        windows = {}
        for result in self.filtered("definition_id"):
            start, end = result.objective_id.date_start, result.objective_id.date_end
            if start <= today[result.company_id]:
                windows[result] = window_between(start, min(today[result.company_id], end))
        for result, outcome in self._measured(windows).items():
            trusted(result).write(
                {
                    "current": outcome.get("value", 0),
                    "result": outcome["state"],
                    "error_message": outcome.get("message", False),
                    "current_date": windows[result].end,
                }
            )

    def _measure_before(self):
        """Write what was reached in as many days before the objective begins."""
        windows = {
            result: window_between(result.objective_id.date_start, result.objective_id.date_end).previous()
            for result in self.filtered("definition_id")
        }
        measured = self._measured(windows)
        for result in self.filtered(lambda result: result in measured or result.has_before):
            outcome = measured.get(result, {})
            trusted(result).write({"before": outcome.get("value", 0), "has_before": outcome.get("state") == "ok"})

    def _measured(self, windows):
        """{key result: {"state": ok, no_data or error, "value" or "message"}}

        :param dict windows: {key result: the engine's window}
        """
        if not windows:
            return {}
        computation = self.env["kpi.computation"]
        results = self.browse([result.id for result in windows]).sudo()  # sudo: whoever looks, the system measures
        library = computation._library()
        kpis = computation._kpis(results.definition_id.ids)
        needs, plans = {}, defaultdict(lambda: defaultdict(set))
        for result in results:
            needs[result] = computation._needs(library, kpis[result.definition_id.id], windows[result])
            kind, subject_id = result.objective_id._subject()
            for code, window, choices in needs[result]:
                plans[result.company_id][code, window, kind, choices].add(subject_id)
        figures = {company: computation._query(company, plan) for company, plan in plans.items()}
        return {
            result: result._outcome(library, windows[result], needs[result], figures.get(result.company_id, {}))
            for result in results
        }

    def _outcome(self, library, window: Window, needs, figures):
        subject, own = self.objective_id._subject(), {}
        for code, needed, choices in needs:
            measured = figures.get((*subject, choices), {})
            if (code, needed) in measured:
                own[code, needed] = measured[code, needed]
        try:
            value = library.actual(self.definition_id.code, window, own)
        except EngineError as error:
            return {"state": "error", "message": self.env["kpi.computation"]._error_text(error)}
        return {"state": "no_data"} if value is None else {"state": "ok", "value": float(value)}

    # ---------------------------------------------------------------- typed figures

    def check_in(self, value, note=None):
        """Type where a key result without a KPI stands; the figure and the note are kept in the chatter.

        :param float value: in the key result's unit
        :param str note: what stands behind it
        :raises AccessError: for others than the owner, and those who may change the objective
        :raises UserError: when the key result is measured, or the objective does not run
        """
        self.ensure_one()
        self.check_access("read")
        objective = self.objective_id
        if objective.sudo().owner_id.user_id != self.env.user and not objective.has_access("write"):
            raise AccessError(self.env._("Only its owner, his managers and KPI officers report on an objective."))
        if self.definition_id:
            raise UserError(self.env._("%s is measured by its KPI: nobody types it.", self.name))
        if objective.state != "agreed":
            raise UserError(self.env._("%s is not agreed: there is nothing to report yet.", objective.name))
        today = self.company_id._kpi_today()
        trusted(self).write({"current": value, "result": "ok", "current_date": today})
        body = self.env._("%(name)s: now %(value)s", name=self.name, value=number_text(to_decimal(value)))
        objective._say(f"{body}\n{note}" if note else body)
