from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL, float_round

from ..engine import needed
from .exact_float import ExactFloat
from .guard import derived_fields, hold, is_trusted
from .kpi_target_mixin import SCORING_FIELDS

# What the engine writes → what a new line begins with.
COMPUTED_FIELDS = {
    "actual": 0,
    "attainment": 0,
    "forecast": 0,
    "status": "none",
    "result": False,
    "error_message": False,
    "explanation": False,
    "computed_at": False,
    "has_late_data": False,
    "late_actual": 0,
    "late_difference": 0,
    "late_attainment": 0,
    "late_at": False,
}
TERMS = {"scorecard_id", "definition_id", "weight", "target", "parameter_value_ids", *SCORING_FIELDS}


class KpiScorecardLine(models.Model):
    _name = "kpi.scorecard.line"
    _description = "Scorecard Line"
    _inherit = ["kpi.target.mixin"]
    _order = "date_start desc, scorecard_id, sequence, id"
    _rec_name = "definition_id"

    scorecard_id = fields.Many2one("kpi.scorecard", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    definition_id = fields.Many2one("kpi.definition", string="KPI", required=True, index=True, ondelete="restrict")
    objective_id = fields.Many2one("kpi.objective", index="btree_not_null", ondelete="restrict")
    weight = fields.Float(required=True, digits=(16, 2), aggregator=None)
    target = ExactFloat(digits=(20, 4), aggregator=None)
    parameter_value_ids = fields.One2many("kpi.parameter.value", "line_id", string="Choices", copy=True)
    unit = fields.Selection(related="definition_id.unit")
    direction = fields.Selection(related="definition_id.direction")
    currency_id = fields.Many2one(related="company_id.currency_id")

    subject_type = fields.Selection(related="scorecard_id.subject_type", store=True)
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True, index=True)
    department_id = fields.Many2one(related="scorecard_id.department_id", store=True)
    employee_id = fields.Many2one(related="scorecard_id.employee_id", store=True, index="btree_not_null")
    period_id = fields.Many2one(related="scorecard_id.period_id", store=True, index=True)
    date_start = fields.Date(related="scorecard_id.date_start", store=True)
    date_end = fields.Date(related="scorecard_id.date_end", store=True)
    state = fields.Selection(related="scorecard_id.state")
    subject_name = fields.Char(related="scorecard_id.subject_name")
    can_edit = fields.Boolean(related="scorecard_id.can_edit", related_sudo=False)

    # digits=0: numeric, as the engine rounded it. Rounding a float of billions to 6 digits would alter it.
    actual = fields.Float(digits=0, readonly=True, copy=False, aggregator=None)
    attainment = fields.Float(
        string="Attainment (%)", digits=(16, 2), readonly=True, copy=False, aggregator="avg", help="100: on target."
    )
    forecast = fields.Float(
        digits=0, readonly=True, copy=False, aggregator=None, help="Where the actual ends at the same pace."
    )
    status = fields.Selection(
        [("none", "No status"), ("on_track", "On track"), ("at_risk", "At risk"), ("behind", "Behind")],
        readonly=True,
        copy=False,
        default="none",
    )
    status_color = fields.Integer(compute="_compute_status_color", help="Colour of the KPI's tag on cards.")
    result = fields.Selection(
        [("ok", "Measured"), ("no_data", "No data"), ("error", "Error")], readonly=True, copy=False
    )
    error_message = fields.Char(readonly=True, copy=False)
    explanation = fields.Json(readonly=True, copy=False)
    explanation_html = fields.Html(compute="_compute_explanation_html", string="How it was computed")
    computed_at = fields.Datetime(readonly=True, copy=False, string="Last computed")

    _weight_positive = models.Constraint("CHECK(weight >= 0)", "The weight of a KPI must not be negative.")

    @api.depends_context("lang")
    @api.depends("explanation")
    def _compute_explanation_html(self):
        renderer = self.env["kpi.scorecard.explanation"]
        for line in self:
            line.explanation_html = renderer._render(line) if line.explanation else False

    @api.depends("definition_id.name", "parameter_value_ids.value_name")
    def _compute_display_name(self):
        """The same KPI may be on a scorecard twice, each with its own choices."""
        for line in self:
            choices = ", ".join(name for name in line.parameter_value_ids.mapped("value_name") if name)
            line.display_name = f"{line.definition_id.name} ({choices})" if choices else line.definition_id.name

    @api.depends("status", "result")
    def _compute_status_color(self):
        colors = {"on_track": 10, "at_risk": 3, "behind": 1}
        for line in self:
            line.status_color = 1 if line.result == "error" else colors.get(line.status, 4)

    @api.onchange("definition_id")
    def _onchange_definition_id(self):
        for line in self.filtered("definition_id"):
            line.update(line._prepare_default_terms(line.definition_id))

    @api.constrains("scorecard_id", "definition_id", "parameter_value_ids")
    def _check_once(self):
        """A KPI is on a scorecard once for each choice of its parameters. (Choices are rows of their own, so no index
        can say it.)"""
        for card in self.scorecard_id:
            seen = set()
            for line in card.line_ids:
                key = (line.definition_id, *sorted(line._choices().items()))
                if key in seen:
                    raise ValidationError(
                        self.env._(
                            "%(kpi)s is on the scorecard already: change that line, or choose something else on this one.",
                            kpi=line.definition_id.name,
                        )
                    )
                seen.add(key)

    @api.constrains("definition_id", "target", *SCORING_FIELDS)
    def _check_target(self):
        """Every line can be scored, or says what is wrong with its terms.

        :raises ValidationError: with the reason in the user's language
        """
        for line in self:
            with line._refuse_unscorable(line.definition_id):
                line._engine_target().check()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_computed_fields({key for vals in vals_list for key in vals})
        definitions = self.env["kpi.definition"].browse(
            {vals["definition_id"] for vals in vals_list if vals.get("definition_id")}
        )
        defaults = {definition.id: self._prepare_default_terms(definition) for definition in definitions}
        # Given outright, so that no default, of the context or of a user, stands in for what is computed.
        computed = {} if is_trusted(self.env) else COMPUTED_FIELDS
        lines = super().create(
            [{**defaults.get(vals.get("definition_id"), {}), **vals, **computed} for vals in vals_list]
        )
        lines._check_terms_open()
        return lines

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_computed_fields(vals)
        self.scorecard_id._check_not_closed()
        if TERMS & vals.keys():
            self._check_terms_open()
        result = super().write(vals)
        if "scorecard_id" in vals:
            # Where it went has to be open, and within the user's reach: no manager sets his own target.
            self._check_terms_open()
            self.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_terms_open()

    def _points_lost(self):
        """Points of the score that the KPI costs as it stands, rounded to two decimals; 0 as long as nothing is
        measured."""
        self.ensure_one()
        lost = self.weight * (100 - self.attainment) / 100 if self.result == "ok" else 0.0
        return max(float_round(lost, 2), 0.0)

    def _read_group_select(self, aggregate_spec, query):
        """Nothing is not zero: a KPI without data has no part in an average."""
        select = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec == "attainment:avg":
            return SQL("%s FILTER (WHERE %s = 'ok')", select, self._field_to_sql(self._table, "result", query))
        return select

    def action_open_records(self):
        """Open the records that were counted for this line, under the viewer's own rights.

        :return: a window action; a notification when nothing but typed figures is behind the actual
        """
        self.ensure_one()
        self.check_access("read")
        return self.env["kpi.computation"]._open_records(self)

    def action_open_explanation(self):
        """Show how the figures of this line came about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("kpi_management.view_kpi_scorecard_line_explanation").id, "form")],
            "target": "new",
        }

    def _subject_field(self):
        return self.scorecard_id._subject_fields()[self.subject_type]

    def _measure_codes(self):
        """Codes of the measures behind this line, those of its own formula first, in the formula's order."""
        if told := self._told():
            formula, needs = told["formula"], needed(told)
        else:
            formula = self.definition_id.formula
            needs = self.env["kpi.computation"]._library().needs(self.definition_id.code, self.period_id._window())
        codes = {code for code, _window in needs}
        return sorted(codes, key=lambda code: (formula.find(code) % (len(formula) + 1), code))

    def _told(self):
        """The explanation of a closed line, which then stands in place of what its KPI is today; else nothing."""
        self.ensure_one()
        return self.state == "closed" and self.explanation

    def _choices(self):
        """What this line counts: {parameter id: id of the chosen record}, the KPI's own choices where it has none."""
        self.ensure_one()
        return dict((*self.definition_id.parameter_value_ids._as_choices(), *self.parameter_value_ids._as_choices()))

    def _engine_target(self):
        self.ensure_one()
        return self._prepare_target(self.definition_id.direction, self.target)

    @api.model
    def _prepare_default_terms(self, definition):
        """The KPI's default scoring, as values of a new line."""
        return {name: definition[name] for name in SCORING_FIELDS}

    def _check_computed_fields(self, names):
        if is_trusted(self.env):
            return
        if forbidden := (COMPUTED_FIELDS.keys() | derived_fields(self)).intersection(names):
            raise AccessError(self.env._("%s is computed; nobody writes it by hand.", ", ".join(sorted(forbidden))))

    def _check_terms_open(self):
        """KPIs, weights and targets are agreed between two sides: afterwards they change in draft alone."""
        if not is_trusted(self.env):
            self.scorecard_id._check_draft()
            hold(self.scorecard_id)
