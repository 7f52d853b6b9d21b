import ast
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..engine import is_code

CODE = re.compile(r"[a-z][a-z0-9_]*")
NUMERIC_TYPES = ("integer", "float", "monetary")
DATE_TYPES = ("date", "datetime")
# Fields that hold a path over many2one fields → the types its last field may have, and the models it may lead to.
PATH_FIELDS = {
    "value_field": ((*NUMERIC_TYPES, "many2one", "char"), None),
    "rate_field": (("float", "monetary"), None),
    "date_field": (DATE_TYPES, None),
    "until_field": (DATE_TYPES, None),
    "cutoff_field": (DATE_TYPES, None),
    "company_path": (("many2one",), ("res.company",)),
    "employee_path": (("many2one", "many2many"), ("res.users", "hr.employee")),
    "department_path": (("many2one",), ("hr.department",)),
    "currency_path": (("many2one",), ("res.currency",)),
}


class KpiMeasure(models.Model):
    _name = "kpi.measure"
    _description = "KPI Measure"
    _inherit = ["mail.thread"]
    _order = "code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True, copy=False, help="How formulas call this measure: sales_revenue.")
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True, string="What is counted")
    source = fields.Selection(
        [("query", "Counted from records"), ("input", "Entered figures")], required=True, default="query", tracking=True
    )
    model_id = fields.Many2one(
        "ir.model",
        string="Records",
        ondelete="cascade",
        domain="[('transient', '=', False), ('abstract', '=', False)]",
        tracking=True,
    )
    model_name = fields.Char(related="model_id.model")
    domain = fields.Char(string="Filter", default="[]", tracking=True, help="Which of the records count.")
    aggregate = fields.Selection(
        [
            ("sum", "Sum"),
            ("count", "Count"),
            ("count_distinct", "Count of different values"),
            ("avg", "Average"),
            ("min", "Lowest"),
            ("max", "Highest"),
        ],
        required=True,
        default="count",
        tracking=True,
    )
    value_field = fields.Char(string="Value", tracking=True, help="The field that is added up, averaged or counted.")
    rate_field = fields.Char(
        string="Stored rate",
        help="Field with the rate between the company's currency and the record's, stored on the record: "
        "values are divided by it.",
    )
    date_field = fields.Char(string="Date", tracking=True, help="The day a record counts on.")
    until_field = fields.Char(
        string="Counts until",
        help="For balances of things that end: the last day a record counts. Empty on a record: it still counts.",
    )
    cutoff_field = fields.Char(
        string="Done by",
        help="Another date that must lie before the end of the period: tasks due in the period and done by its end.",
    )
    accumulation = fields.Selection(
        [
            ("flow", "Within the period"),
            ("balance", "Up to the end of the period"),
            ("before", "Within the period before"),
            ("returning", "Within the period, and in the one before too"),
        ],
        required=True,
        default="flow",
        tracking=True,
    )
    company_path = fields.Char(
        string="Company",
        default="company_id",
        help="Way from a record to its company. Several ways, separated by commas: the first that leads to one.",
    )
    employee_path = fields.Char(
        string="Person credited", help="Way from a record to the user or employee who is credited."
    )
    department_path = fields.Char(
        string="Department",
        help="Way from a record to its department. Empty: the department, on that day, of the employee credited.",
    )
    currency_path = fields.Char(
        string="Currency",
        help="Way to the currency of the value; it is converted at the rate of the record's day. "
        "Empty: the value is in the company's currency, or is not money.",
    )

    parameter_ids = fields.One2many("kpi.measure.parameter", "measure_id", string="Parameters", copy=True)

    _unique_code = models.UniqueIndex("(code)", "Another measure already has this code.")

    @api.constrains("code")
    def _check_code(self):
        for measure in self:
            if not (CODE.fullmatch(measure.code) and is_code(measure.code)):
                raise ValidationError(
                    self.env._(
                        "The code %s of a measure is written in small letters, digits and underscores, "
                        "beginning with a letter: sales_revenue.",
                        measure.code,
                    )
                )

    @api.constrains("source", "model_id", "domain", "aggregate", "accumulation", *PATH_FIELDS)
    def _check_declaration(self):
        for measure in self:
            if measure.source == "input":
                measure._check_input()
                continue
            measure._check_required()
            measure._check_domain()
            for name in measure._path_fields():
                for path in measure._paths(name):
                    measure._check_path(name, path)

    @api.onchange("source")
    def _onchange_source(self):
        if self.source == "input" and self.aggregate.startswith("count"):
            self.aggregate = "sum"

    def write(self, vals):
        if "code" in vals:
            renamed = self.filtered(lambda measure: measure.code != vals["code"])
            self.env["kpi.definition"]._check_code_unused(renamed.mapped("code"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.env["kpi.definition"]._check_code_unused(self.mapped("code"))

    def _check_required(self):
        needed = ["model_id", "date_field"]
        if self.aggregate != "count":
            needed.append("value_field")
        for name in needed:
            if not self[name]:
                label = self._fields[name]._description_string(self.env)
                raise ValidationError(
                    self.env._("%(measure)s needs the field “%(field)s”.", measure=self.name, field=label)
                )
        if self.rate_field and self.currency_path:
            raise ValidationError(
                self.env._("%s: give either the stored rate or the way to the currency, not both.", self.name)
            )
        if self.accumulation == "returning" and self.aggregate != "count_distinct":
            raise ValidationError(
                self.env._(
                    "%s: what comes back after the period before is counted as different values: "
                    "choose “Count of different values”.",
                    self.name,
                )
            )

    @api.model
    def _path_fields(self):
        """Fields that hold a path → (allowed types of its last field, models a relation may lead to or None)."""
        return PATH_FIELDS

    def _check_input(self):
        if self.aggregate.startswith("count"):
            raise ValidationError(
                self.env._("%s: entered figures are added up, averaged, or the lowest or highest counts.", self.name)
            )
        if self.accumulation in ("before", "returning"):
            raise ValidationError(
                self.env._(
                    "%s: entered figures count within the period or up to its end; "
                    "a formula takes those of the period before with previous(…).",
                    self.name,
                )
            )

    def _check_domain(self):
        try:
            self._parsed_domain().validate(self.env[self.model_name])
        except (ValueError, SyntaxError, TypeError) as error:
            raise ValidationError(
                self.env._("The filter of %(measure)s cannot be used: %(error)s", measure=self.name, error=error)
            ) from error

    def _check_path(self, name, path):
        label = self._fields[name]._description_string(self.env)
        field = self._path_field(path)
        allowed, comodels = self._path_fields()[name]
        if name == "value_field" and self.aggregate in ("sum", "avg", "min", "max"):
            allowed = NUMERIC_TYPES
        if field is None or field.type not in allowed:
            raise ValidationError(
                self.env._(
                    "%(measure)s, %(label)s: “%(path)s” is not a stored field of %(model)s of a fitting type (%(types)s).",
                    measure=self.name,
                    label=label,
                    path=path,
                    model=self.model_id.name,
                    types=", ".join(allowed),
                )
            )
        if comodels and field.comodel_name not in comodels:
            raise ValidationError(
                self.env._(
                    "%(measure)s, %(label)s: “%(path)s” leads to %(model)s.",
                    measure=self.name,
                    label=label,
                    path=path,
                    model=self.env["ir.model"]._get(field.comodel_name).name,
                )
            )

    def _path_field(self, path):
        """The last field of a path over stored many2one fields, or None when the path leads nowhere."""
        model = self.env[self.model_name]
        *steps, last = path.split(".")
        for step in steps:
            field = model._fields.get(step)
            if field is None or field.type != "many2one" or not _has_column(field):
                return None
            model = self.env[field.comodel_name]
        field = model._fields.get(last)
        return field if field is not None and _has_column(field) else None

    def _paths(self, name):
        """The paths in a path field; only the company may have several."""
        value = self[name] or ""
        paths = value.split(",") if name == "company_path" else [value]
        return [path.strip() for path in paths if path.strip()]

    def _parsed_domain(self):
        return Domain(ast.literal_eval((self.domain or "[]").strip()))

    def _subject_path(self, kind):
        """The way from a record to a subject of this kind; False where there is none. Bridges add kinds."""
        self.ensure_one()
        return {
            "company": self.company_path,
            "department": self.department_path or self.employee_path,
            "employee": self.employee_path,
        }.get(kind, False)

    def _is_additive(self):
        """Whether the figure grows with time within a period."""
        return self.accumulation == "flow" and self.aggregate in ("sum", "count")

    def _empty_is_zero(self):
        """Whether no records mean 0. Figures that nobody entered, and an average over nothing, are no data."""
        return self.source == "query" and self.aggregate in ("sum", "count", "count_distinct")

    def action_open_figures(self):
        """Open the figures entered for this measure."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_measurement")
        return {**action, "domain": [("measure_id", "=", self.id)], "context": {"default_measure_id": self.id}}


def _has_column(field):
    """Whether PostgreSQL can read the field: stored, or reached through stored many2one fields."""
    return field.store or bool(field.related)
