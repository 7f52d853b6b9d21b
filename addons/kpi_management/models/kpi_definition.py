import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..engine import EngineError, FormulaError, is_code, parse
from .kpi_target_mixin import DIRECTIONS

CODE = re.compile(r"[A-Z][A-Z0-9_]*")


class KpiDefinition(models.Model):
    _name = "kpi.definition"
    _description = "KPI"
    _inherit = ["mail.thread", "kpi.target.mixin"]
    _order = "department_kind, code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, index=True, copy=False, help="How formulas call this KPI: SAL_REVENUE.")
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True, string="What is counted")
    formula = fields.Char(
        required=True,
        tracking=True,
        help="Numbers, codes of measures and of other KPIs, + - * / ( ), min max abs round, comparisons, "
        "'a if b else c', previous(code) for the period before and year_to_date(code).",
    )
    measure_ids = fields.Many2many(
        "kpi.measure", compute="_compute_measure_ids", store=True, help="What the formula counts."
    )
    unit = fields.Selection(
        [
            ("currency", "Money"),
            ("percent", "Percent"),
            ("number", "Number"),
            ("hours", "Hours"),
            ("days", "Days"),
        ],
        required=True,
        default="number",
    )
    direction = fields.Selection(DIRECTIONS, required=True, default="higher", tracking=True)
    no_data_policy = fields.Selection(
        [("exclude", "Leave it out of the score"), ("zero", "Count it as 0 %"), ("full", "Count it as 100 %")],
        string="Without data",
        required=True,
        default="exclude",
        help="What an average or a ratio over nothing does to the score. Left out: the other weights are renormalised.",
    )
    department_kind = fields.Selection(
        [
            ("sales", "Sales"),
            ("marketing", "Marketing"),
            ("service", "Customer service"),
            ("hr", "Human resources"),
            ("accounting", "Accounting"),
            ("production", "Production"),
            ("project", "Projects"),
            ("technology", "Technology"),
            ("general", "General"),
        ],
        string="Department",
        required=True,
        default="general",
    )
    business = fields.Selection([("sale", "Sale"), ("non_sale", "Non-sale")], default="non_sale")
    timing = fields.Selection(
        [("leading", "Leading"), ("lagging", "Lagging")],
        default="lagging",
        help="Leading: moves before the result and can be acted on. Lagging: the result itself.",
    )
    flow = fields.Selection([("input", "Input"), ("output", "Output")], default="output")
    level = fields.Selection([("strategic", "Strategic"), ("tactical", "Tactical")], default="tactical")
    drives_ids = fields.Many2many(
        "kpi.definition",
        "kpi_definition_drives_rel",
        "leading_id",
        "lagging_id",
        help="The lagging KPIs that move after this one.",
    )
    counter_ids = fields.Many2many(
        "kpi.definition",
        "kpi_definition_counter_rel",
        "definition_id",
        "counter_id",
        string="Guarded by",
        help="KPIs that suffer when somebody games this one.",
    )
    line_ids = fields.One2many("kpi.scorecard.line", "definition_id", string="Scorecard lines")
    parameter_value_ids = fields.One2many(
        "kpi.parameter.value",
        "definition_id",
        string="Choices",
        copy=True,
        help="Which product category, analytic account, survey… counts, unless a scorecard line chooses another.",
    )

    _unique_code = models.UniqueIndex("(code)", "Another KPI already has this code.")

    @api.depends("formula")
    def _compute_measure_ids(self):
        measures = {measure.code: measure for measure in self.env["kpi.measure"].sudo().search([])}
        for definition in self:
            try:
                codes = {reference.code for reference in parse(definition.formula or "").references}
            except EngineError:
                codes = set()
            definition.measure_ids = self.env["kpi.measure"].union(
                *(measures[code] for code in codes if code in measures)
            )

    @api.depends("name", "code")
    @api.depends_context("kpi_show_code")
    def _compute_display_name(self):
        for definition in self:
            show_code = self.env.context.get("kpi_show_code") and definition.code
            definition.display_name = f"[{definition.code}] {definition.name}" if show_code else definition.name

    @api.constrains("code")
    def _check_code(self):
        for definition in self:
            if not (CODE.fullmatch(definition.code) and is_code(definition.code)):
                raise ValidationError(
                    self.env._(
                        "The code %s of a KPI is written in capital letters, digits and underscores, "
                        "beginning with a letter: SAL_REVENUE.",
                        definition.code,
                    )
                )

    @api.constrains("formula", "code")
    def _check_formula(self):
        for definition in self:
            try:
                parse(definition.formula)
            except FormulaError as error:
                message = self.env["kpi.computation"]._error_text(error)
                pointer = f"{definition.formula}\n{' ' * error.position}^"
                raise ValidationError(
                    self.env._(
                        "The formula of %(kpi)s cannot be read, at character %(position)s: %(reason)s\n%(pointer)s",
                        kpi=definition.name,
                        position=error.position + 1,
                        reason=message,
                        pointer=pointer,
                    )
                ) from error
        try:
            self.env["kpi.computation"]._library().check()
        except EngineError as error:
            raise ValidationError(self.env["kpi.computation"]._error_text(error)) from error

    @api.model_create_multi
    def create(self, vals_list):
        self._check_formula_author()
        return super().create(vals_list)

    def write(self, vals):
        if "formula" in vals and any(definition.formula != vals["formula"] for definition in self):
            self._check_formula_author()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_code_unused(self.mapped("code"))

    @api.model
    def _check_code_unused(self, codes):
        """Refuse to take codes away that the formula of a KPI (other than these) needs."""
        # sudo: the formulas of the whole library are read, archived ones too.
        others = self.sudo().with_context(active_test=False).search([("id", "not in", self.ids)])
        for definition in others:
            if used := {reference.code for reference in parse(definition.formula).references}.intersection(codes):
                raise UserError(
                    self.env._(
                        "The formula of %(kpi)s uses %(code)s: change it first.",
                        kpi=definition.code,
                        code=min(used),
                    )
                )

    def _check_formula_author(self):
        if not (self.env.su or self.env.user.has_group("kpi_management.group_kpi_admin")):
            raise AccessError(self.env._("Formulas are written by KPI administrators. Ask one for this KPI."))

    def copy_data(self, default=None):
        """A copy needs a code of its own: CODE_COPY, CODE_COPY2…"""
        vals_list = super().copy_data(default)
        if default and "code" in default:
            return vals_list
        taken = set(self.with_context(active_test=False).search([]).mapped("code"))
        for definition, vals in zip(self, vals_list, strict=True):
            number = 1
            while (code := f"{definition.code}_COPY{number if number > 1 else ''}") in taken:
                number += 1
            taken.add(code)
            vals["code"] = code
            vals["name"] = self.env._("%s (copy)", definition.name)
        return vals_list

    def action_open_lines(self):
        """Open the scorecard lines that use this KPI."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard_line")
        return {**action, "domain": [("definition_id", "=", self.id)], "context": {}}
