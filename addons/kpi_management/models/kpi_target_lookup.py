from odoo import api, models

from .kpi_figure_lookup import _index
from .kpi_figure_text import plain


class KpiTargetLookup(models.AbstractModel):
    """Finds the KPI, period, company, subject and choices that a sheet of targets calls by name."""

    _name = "kpi.target.lookup"
    _inherit = "kpi.figure.lookup"
    _description = "KPI Target Lookup"

    @api.model
    def _names(self):
        """Override: a target has a KPI where a figure has a measure."""
        return ["definition_id" if name == "measure_id" else name for name in super()._names()]

    @api.model
    def _find_definition_id(self, texts):
        """By code, else by name in any language."""
        definitions = self.env["kpi.definition"].with_context(active_test=False).search([])
        steps = [_index(definitions, ["code"]), self._index_translated(definitions)]
        return lambda text: next((index[plain(text)] for index in steps if plain(text) in index), definitions.browse())

    @api.model
    def _not_found(self, name, text):
        """Extend: what a target names beside what a figure does."""
        if name == "definition_id":
            return self.env._("There is no KPI “%s”.", text)
        return super()._not_found(name, text)

    @api.model
    def _resolve_choices(self, texts):
        """What rows choose, written like ``Product category: Chairs; Survey: Onboarding``.

        :param texts: the different cells
        :return: {text: {parameter id: record id}, or what is wrong as a text}
        """
        parameters = self._index_translated(self.env["kpi.parameter"].search([])) if texts else {}
        return {text: self._read_choices(text, parameters) for text in texts}

    def _read_choices(self, text, parameters):
        chosen = {}
        for part in filter(None, (part.strip() for part in text.split(";"))):
            label, _colon, name = (piece.strip() for piece in part.partition(":"))
            parameter = parameters.get(plain(label))
            if not parameter or len(parameter) != 1:
                return self.env._("There is nothing to choose called “%s”.", label)
            # sudo: the name of the model only; the record is found with the user's rights.
            model = self.env[parameter.sudo().model_name]
            found = model.search([("display_name", "=", name)], limit=2)
            if len(found) != 1:
                return self.env._("%(what)s: there is not exactly one called “%(name)s”.", what=label, name=name)
            chosen[parameter.id] = found.id
        return chosen
