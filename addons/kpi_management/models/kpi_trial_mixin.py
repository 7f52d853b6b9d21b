from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..engine import EngineError, Library, MeasureFailure, Window

SUBJECTS_SHOWN = 20


@dataclass(frozen=True)
class Plan:
    """How a form's values are computed.

    :param code: what the library computes
    :param measures: {code: ``kpi.measure``}
    :param needs: (measure code, window), in the order shown
    """

    library: Library
    code: str
    measures: dict
    needs: tuple[tuple[str, Window], ...]


class KpiTrialMixin(models.AbstractModel):
    """*Try it*: what a measure or KPI would count with its form's values of the moment. Nothing is stored."""

    _name = "kpi.trial.mixin"
    _description = "KPI Trial"

    # ---------------------------------------------------------------- hooks

    @api.model
    def _trial_fields(self):
        """The fields of the form that decide what is counted."""
        raise NotImplementedError

    @api.model
    def _trial_operation(self):
        """The access right it takes: whoever may save such values may try them."""
        return "write"

    def _trial_library(self):
        """The engine's library with these values in it, the code to compute, and the measures by code.

        :raises EngineError, ValidationError: when saving them would be refused
        """
        raise NotImplementedError

    def _trial_choices(self):
        """What these values choose for parameters: {parameter id: record id}."""
        return {}

    def _trial_unit(self):
        """The unit of the result, one of ``kpi.definition.unit``."""
        raise NotImplementedError

    # ---------------------------------------------------------------- what the client calls

    def try_values(self, values, request=None):
        """What the values of a form would count.

        :param dict values: as the form would save them; of a saved record, those that changed
        :param dict request: ``window`` (its kind, start, end), ``kind`` and ``subject_id`` of the subject (without an
            id: all of the kind), ``choices`` ({parameter id: record id}); what is missing gets its default
        :return: dict of what can be chosen, what is, and the ``outcome``: ``state`` (ok, no_data, error), ``value`` or
            ``message``; for one subject its ``parts``, for all of a kind its ``rows`` and their ``count``
        :raises AccessError: for users who could not save them, and subjects of other companies
        :raises UserError: when values or request are none that the form sends
        """
        trial = self._trial_record(values)
        asked = self._trial_asked(request or {})
        shown = {**self._trial_setting(asked), "unit": trial._trial_unit()}
        try:
            plan = trial._trial_plan(asked.window)
        except (EngineError, ValidationError) as error:
            return {**shown, "parameters": [], "outcome": trial._trial_error(error)}
        choices = trial._trial_choices() if asked.choices is None else asked.choices
        return {
            **shown,
            "parameters": trial._trial_parameters(plan, choices),
            "outcome": trial._trial_outcome(plan, asked, choices),
        }

    def try_records(self, values, request):
        """Which records are behind one figure of a trial; they are read with the user's own rights.

        :param dict values: see ``try_values``
        :param dict request: see ``try_values``; also ``part``: ``code`` of the measure and its ``window``
        :return: dict with ``title``, ``model``, ``domain``
        :raises AccessError: see ``try_values``
        :raises UserError: also when the user may not read such records
        """
        trial = self._trial_record(values)
        asked = self._trial_asked(request)
        part = request.get("part") or {}
        try:
            plan = trial._trial_plan(asked.window)
            need = part.get("code"), self._trial_window(part.get("window"))
        except (EngineError, ValidationError) as error:
            raise UserError(trial._trial_error(error)["message"]) from error
        if need not in plan.needs or not asked.single:
            raise UserError(self.env._("There are no records to show for this."))
        choices = trial._trial_choices() if asked.choices is None else asked.choices
        measure = plan.measures[need[0]]
        model, domain = trial._trial_domain(plan, need, asked, choices)
        if not self.env[model].has_access("read"):
            raise UserError(
                self.env._("You have no access to the records behind this figure (%s).", measure.model_id.name)
            )
        return {"title": measure.name, "model": model, "domain": list(domain)}

    # ---------------------------------------------------------------- what comes in

    def _trial_record(self, values):
        """The form's values as a record that exists in memory alone, after the checks of who may."""
        self.env[self._name].check_access(self._trial_operation())
        self.check_access("read")
        if unknown := sorted(values.keys() - self._fields.keys()):
            raise UserError(self.env._("There is no field “%s” in this form.", unknown[0]))
        names = self._trial_fields()
        # sudo: checked above; the library is computed alike for everybody, and a measure counts for the system.
        origin = self.sudo()
        try:
            trial = origin.new(origin=origin) if origin else origin.new(origin.default_get(list(names)))
            trial._update_cache({name: value for name, value in values.items() if name in names})
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise UserError(self.env._("The values of this form cannot be read: %s", error)) from error
        return trial

    # ---------------------------------------------------------------- what comes out

    def _trial_plan(self, window):
        library, code, measures = self._trial_library()
        needs = sorted(library.needs(code, window), key=lambda need: (-need[1].end.toordinal(), need[1].days, need[0]))
        return Plan(library, code, measures, tuple(needs))

    def _trial_parameters(self, plan, choices):
        taken = self.env["kpi.measure.parameter"].union(*(plan.measures[code].parameter_ids for code, _ in plan.needs))
        required = set(taken.filtered("required").parameter_id.ids)
        return [
            {
                "id": parameter.id,
                "name": parameter.name,
                "model": parameter.model_name,
                "required": parameter.id in required,
                "value": choices.get(parameter.id, False),
            }
            for parameter in taken.parameter_id
            if parameter.model_name in self.env
        ]

    def _trial_outcome(self, plan, asked, choices):
        """One query per need, however many subjects there are."""
        figures = {
            need: self.env["kpi.computation"]._measure(
                plan.measures[need[0]],
                asked.company,
                need[1],
                asked.kind,
                asked.subjects,
                self._trial_taken(plan, need[0], choices),
            )
            for need in plan.needs
        }
        results = {subject: self._trial_result(plan, asked.window, figures, subject) for subject in asked.subjects}
        if asked.single:
            parts = [self._trial_part(plan, need, figures[need], asked.subjects) for need in plan.needs]
            return {**results[asked.subjects], "parts": parts}
        return self._trial_rows(results)

    @api.model
    def _trial_taken(self, plan, code, choices):
        """What is chosen for one measure, as ``kpi.measure.query._figures`` takes it."""
        return tuple((key, choices[key]) for key in plan.library.measures[code].parameters if key in choices)

    def _trial_result(self, plan, window, figures, subject):
        own = {}
        for need, values in figures.items():
            if isinstance(values, MeasureFailure):
                own[need] = values
            elif subject.id in values:
                own[need] = values[subject.id]
        try:
            value = plan.library.actual(plan.code, window, own)
        except EngineError as error:
            return self._trial_error(error)
        return {"state": "no_data"} if value is None else {"state": "ok", "value": float(value)}

    def _trial_part(self, plan, need, values, subject):
        """One measure of a formula in one window, for one subject."""
        code, window = need
        measure = plan.measures[code]
        measured = Plan(Library(plan.library.measures, {}), code, plan.measures, (need,))
        result = self._trial_result(measured, window, {need: values}, subject)
        has_records = result["state"] != "error" and (measure.source == "query" or bool(measure._origin))
        return {
            **result,
            "code": code,
            "name": measure.name,
            "unit": measure._trial_unit(),
            "window": self._trial_window_json(window),
            "window_name": self._trial_window_name(window),
            "has_records": has_records,
        }

    def _trial_rows(self, results):
        """The largest values first, then those without one."""
        ranked = sorted(results.items(), key=lambda item: (item[1]["state"] != "ok", -item[1].get("value", 0)))
        errors = {result.get("message") for result in results.values()}
        if len(errors) == 1 and None not in errors:
            # what is wrong for everybody is said once
            return {"state": "error", "message": errors.pop()}
        return {
            "state": "ok" if results else "no_data",
            "rows": [
                {**result, "id": subject.id, "name": subject.display_name}
                for subject, result in ranked[:SUBJECTS_SHOWN]
            ],
            "count": len(results),
        }

    def _trial_error(self, error):
        text = self.env["kpi.computation"]._error_text(error) if isinstance(error, EngineError) else error.args[0]
        return {"state": "error", "message": text}

    def _trial_domain(self, plan, need, asked, choices):
        """(model, domain) of the records behind a measure's figure."""
        code, window = need
        measure = plan.measures[code]
        if measure.source == "input":
            return "kpi.measurement", self._trial_typed_domain(measure, window, asked)
        taken = self._trial_taken(plan, code, choices)
        query = self.env["kpi.measure.query"]
        domain = query._record_domain(measure, asked.company, window, asked.kind, asked.subjects, taken)
        return measure.model_name, domain

    @api.model
    def _trial_typed_domain(self, measure, window, asked):
        """The entered figures that count for the window."""
        counted = self.env["kpi.measurement"]._counted(measure, asked.company, window, asked.kind, asked.subjects)
        return [("id", "in", [figure.id for figures in counted.values() for figure in figures])]
