from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .kpi_measure import NUMERIC_TYPES

# Where records usually say it, the likeliest first. Other ways are called after what they lead to: company_path, company_id.
USUAL_PATHS = {
    "employee_path": ("employee_id", "user_id"),
    "date_field": ("date", "create_date"),
    "currency_path": (),  # comes with the value
}


class KpiMeasure(models.Model):
    """What the form asks for and proposes: usual paths for the chosen records, and none that do not fit them."""

    _inherit = "kpi.measure"

    path_rules = fields.Json(
        compute="_compute_path_rules", help="Per path field: the types and models that its last field may have."
    )

    @api.depends("aggregate")
    def _compute_path_rules(self):
        for measure in self:
            rules = {
                name: {"types": list(types), "models": list(comodels or ())}
                for name, (types, comodels) in self._path_fields().items()
            }
            if measure.aggregate != "count_distinct":
                rules["value_field"]["types"] = list(NUMERIC_TYPES)
            measure.path_rules = rules

    def _check_required(self):
        """Override: without a way to the company nothing would ever be counted."""
        if not self.company_path:
            label = self._fields["company_path"]._description_string(self.env)
            raise ValidationError(
                self.env._("%(measure)s needs the field “%(field)s”.", measure=self.name, field=label)
            )
        return super()._check_required()

    @api.onchange("model_id")
    def _onchange_model_id(self):
        """Keep what fits the new records, drop the rest, propose what is usual."""
        for name in self._path_fields():
            # Every record has a day on which it was made: perhaps these have a better one.
            if self[name] == "create_date" or not self._path_fits(name):
                self[name] = False
        try:
            if self.model_name:
                self._check_domain()
        except ValidationError:
            self.domain = "[]"
        self.parameter_ids = self.parameter_ids.filtered(lambda taken: taken._fits())
        self._propose_paths()

    @api.onchange("aggregate")
    def _onchange_aggregate(self):
        """Names do not add up: a field that can only be counted goes."""
        if not self._path_fits("value_field"):
            self.value_field = False

    @api.onchange("value_field")
    def _onchange_value_field(self):
        """Money brings its currency along."""
        field = self.value_field and self.model_name in self.env and self._path_field(self.value_field)
        if not field or field.type != "monetary" or self.currency_path or self.rate_field:
            return
        *steps, last = self.value_field.split(".")
        model = self.env[field.model_name]
        currency = model._fields[last].get_currency_field(model)
        self._propose("currency_path", ".".join([*steps, currency]) if currency else "")

    def _propose_paths(self):
        for name in sorted(self._path_fields(), key=lambda name: name != "employee_path"):
            if name == "department_path" and self.employee_path:
                continue  # counted for the department in which the person was on the day
            own = (name.removesuffix("_path") + "_id",) if name.endswith("_path") else ()
            for path in USUAL_PATHS.get(name, own):
                self._propose(name, path)

    def _propose(self, name, path):
        if path and not self[name]:
            self[name] = path
            if not self._path_fits(name):
                self[name] = False

    def _path_fits(self, name):
        """Whether the paths in a path field lead somewhere fitting from the chosen records; an empty one does."""
        if not self[name]:
            return True
        if self.model_name not in self.env:
            return False
        try:
            for path in self._paths(name):
                self._check_path(name, path)
        except ValidationError:
            return False
        return True


class KpiMeasureParameter(models.Model):
    _inherit = "kpi.measure.parameter"

    def _fits(self):
        """Whether the way leads from the measure's records to what is chosen."""
        self.ensure_one()
        if not self.path or self.measure_id.model_name not in self.env:
            return False
        field = self.measure_id._path_field(self.path)
        return field is not None and field.comodel_name == self.parameter_id.model_name
