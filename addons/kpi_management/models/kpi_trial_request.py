from dataclasses import dataclass
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..engine import EngineError, Window, window_of

PERIODS_SHOWN = 60


@dataclass(frozen=True)
class Asked:
    """What a trial is asked for: one subject, or all of a kind.

    :param choices: what is chosen for parameters, {parameter id: record id}; None: what the form itself chooses
    """

    company: Any
    window: Window
    kind: str
    subjects: Any
    single: bool
    choices: dict | None


class KpiTrialMixin(models.AbstractModel):
    """What a trial is asked for, and what can be asked."""

    _inherit = "kpi.trial.mixin"

    def _trial_asked(self, request):
        company = self.env.company
        kind = request.get("kind") or "company"
        names = self.env["kpi.scorecard"]._subject_fields()
        if kind not in names:
            raise UserError(self.env._("Choose whose figure to try."))
        model = self.env[self.env["kpi.scorecard"]._fields[names[kind]].comodel_name]
        subjects, single = self._trial_subjects(model.sudo(), kind, company, request.get("subject_id"))
        choices = request.get("choices")
        if choices is not None:
            choices = {self._trial_id(key): self._trial_id(value) for key, value in choices.items() if value}
        window = self._trial_window(request.get("window")) or self._trial_today(company)
        return Asked(company, window, kind, subjects, single, choices)

    def _trial_subjects(self, model_sudo, kind, company, subject_id):
        if kind == "company":
            return company.sudo(), True
        if not subject_id:
            return model_sudo.search([("company_id", "in", [company.id, False])]), False
        subject = model_sudo.browse(self._trial_id(subject_id)).exists()
        if not subject or subject.company_id not in (company, company.browse()):
            raise AccessError(self.env._("This belongs to another company than %s.", company.name))
        return subject, True

    @api.model
    def _trial_id(self, value):
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("“%s” is not a record.", value)) from error

    @api.model
    def _trial_window(self, window):
        if not window:
            return None
        try:
            return Window(window["kind"], fields.Date.to_date(window["start"]), fields.Date.to_date(window["end"]))
        except EngineError as error:
            raise UserError(self.env["kpi.computation"]._error_text(error)) from error
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(self.env._("Choose a period.")) from error

    @api.model
    def _trial_today(self, company):
        """The running month of the company."""
        return window_of("month", self.env["kpi.period"].new({"company_id": company.id})._now().date())

    @api.model
    def _trial_setting(self, asked):
        """What can be chosen, and what is."""
        kinds = dict(self.env["kpi.scorecard"]._fields["subject_type"]._description_selection(self.env))
        names = self.env["kpi.scorecard"]._subject_fields()
        return {
            "company": asked.company.name,
            "currency_id": asked.company.currency_id.id,
            "periods": self._trial_periods(asked.company),
            "window": self._trial_window_json(asked.window),
            "kinds": [
                {
                    "kind": kind,
                    "label": kinds[kind],
                    "model": self.env["kpi.scorecard"]._fields[names[kind]].comodel_name,
                    "domain": [("company_id", "in", [asked.company.id, False])],
                }
                for kind in kinds
            ],
            "kind": asked.kind,
            "subject_id": asked.subjects.id if asked.single and asked.kind != "company" else False,
        }

    @api.model
    def _trial_periods(self, company):
        """The company's periods that have begun, the latest first, and the running month in any case."""
        running = self._trial_today(company)
        periods = self.env["kpi.period"].search(
            [("company_id", "=", company.id), ("date_start", "<=", running.end)], limit=PERIODS_SHOWN
        )
        windows = {period._window(): period.name for period in periods}
        windows.setdefault(running, self._trial_window_name(running))
        latest = sorted(windows, key=lambda window: (-window.start.toordinal(), window.days))
        return [{**self._trial_window_json(window), "name": windows[window]} for window in latest]

    @api.model
    def _trial_window_json(self, window):
        return {
            "kind": window.kind,
            "start": fields.Date.to_string(window.start),
            "end": fields.Date.to_string(window.end),
        }

    @api.model
    def _trial_window_name(self, window):
        if window.kind in self.env["kpi.period"]._fields["period_type"].get_values(self.env):
            period = self.env["kpi.period"].new({"period_type": window.kind, "date_start": window.start})
            return period._default_name()
        return f"{format_date(self.env, window.start)} – {format_date(self.env, window.end)}"
