import re

from odoo import api, models
from odoo.exceptions import ValidationError

from ..engine import CycleError, EngineError, FormulaError, Library, MeasureInfo, parse


class KpiMeasure(models.Model):
    _name = "kpi.measure"
    _inherit = ["kpi.measure", "kpi.trial.mixin"]

    @api.model
    def _trial_fields(self):
        """Override of the mixin: the declaration."""
        declared = ("name", "source", "model_id", "domain", "aggregate", "accumulation", "parameter_ids")
        return (*declared, *self._path_fields())

    @api.model
    def _trial_operation(self):
        """Override of the mixin: a measure counts any records whatever the user's rights, so administrators alone."""
        return "create"

    def _trial_library(self):
        """Override of the mixin: a library of this measure alone."""
        if not self.name:
            self.name = self.env._("This measure")
        self._check_declaration()
        for taken in self.parameter_ids:
            if not taken._fits():
                raise ValidationError(
                    self.env._("The way to the parameter “%s” does not lead there.", taken.parameter_id.name or "…")
                )
        code = self.code or "measure"
        info = MeasureInfo(
            code=code,
            additive=self._is_additive(),
            empty_is_zero=self._empty_is_zero(),
            parameters=tuple(sorted(self.parameter_ids.parameter_id.ids)),
        )
        return Library({code: info}, {}), code, {code: self}

    def _trial_unit(self):
        """Override of the mixin: money where money is added up."""
        if self.source != "query" or self.aggregate.startswith("count") or not self.value_field:
            return "number"
        field = self._path_field(self.value_field) if self.model_name in self.env else None
        return "currency" if field is not None and field.type == "monetary" else "number"


class KpiDefinition(models.Model):
    _name = "kpi.definition"
    _inherit = ["kpi.definition", "kpi.trial.mixin"]

    @api.model
    def check_formula(self, formula, code=False, definition_id=False):
        """The mistake in a formula that is being written, found as saving it would.

        :param str formula: as far as it is written
        :param str code: the code its KPI has in the form
        :param int definition_id: the KPI, when it is saved already
        :return: False, or a dict with the ``message``, and ``position`` (0-based) and ``length`` of the mistaken piece;
            a length of 0 when the mistake lies elsewhere
        :raises AccessError: for users who write no KPIs
        """
        trial = self.browse(definition_id or ())._trial_record({"formula": formula, "code": code})
        try:
            trial._trial_library()[0].check()
        except EngineError as error:
            return {**trial._trial_error(error), **trial._mistake_place(error)}
        return False

    def _mistake_place(self, error):
        """Where in the formula an engine error lies."""
        formula = self.formula or ""
        if isinstance(error, FormulaError):
            return {"position": min(error.position, len(formula)), "length": max(len(error.text), 1)}
        codes = error.codes if isinstance(error, CycleError) else [error.params.get("code", "")]
        found = re.search(rf"\b({'|'.join(map(re.escape, codes))})\b", formula)
        start, end = found.span() if found else (0, 0)
        return {"position": start, "length": end - start}

    @api.model
    def _trial_fields(self):
        """Override of the mixin: the formula, and what is chosen for it."""
        return ("name", "code", "formula", "unit", "parameter_value_ids")

    def _trial_library(self):
        """Override of the mixin: the library, with this formula in it."""
        library = self.env["kpi.computation"]._library()
        formulas = {code: formula for code, formula in library.formulas.items() if code != self._origin.code}
        code = self.code or self.name or "KPI"
        formulas[code] = parse(self.formula or "")
        measures = self.env["kpi.measure"].with_context(active_test=False).search([])
        return Library(library.measures, formulas), code, {measure.code: measure for measure in measures}

    def _trial_choices(self):
        """Override of the mixin: the choices of the form."""
        return {
            value.parameter_id.id: value.value_ref.id
            for value in self.parameter_value_ids
            if value.parameter_id and value.value_ref
        }

    def _trial_unit(self):
        """Override of the mixin."""
        return self.unit
