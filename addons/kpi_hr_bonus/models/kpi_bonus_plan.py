from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.kpi_management.engine import EngineError, to_decimal

from ..engine import payout_curve


class KpiBonusPlan(models.Model):
    """How a score becomes money: whom it covers, what 100 % is worth and the curve in between.

    Its life is in ``kpi_bonus_plan_life.py``, the computation of statements in ``kpi_bonus_plan_compute.py``.
    """

    _name = "kpi.bonus.plan"
    _description = "Bonus Plan"
    _inherit = ["mail.thread", "mail.activity.mixin", "hr.mixin"]
    _order = "date_start desc, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    period_type = fields.Selection(
        selection="_selection_period_type", required=True, default="month", string="Paid per", tracking=True
    )
    date_start = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
        tracking=True,
    )
    date_end = fields.Date(string="To", tracking=True, help="Empty: until the plan is archived.")
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
        group_expand=True,
        help="Only a published plan computes statements, and only a published plan is shown to employees.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        ondelete="restrict",
    )
    # Archived or deleted, a department or job must not fall out of the plan: without one it covers everybody.
    department_ids = fields.Many2many(
        "hr.department",
        string="Departments",
        check_company=True,
        context={"active_test": False},
        ondelete="restrict",
        help="Their sub-departments belong to them.",
    )
    job_ids = fields.Many2many(
        "hr.job", string="Job positions", check_company=True, context={"active_test": False}, ondelete="restrict"
    )
    category_ids = fields.Many2many("hr.employee.category", string="Employee tags", ondelete="restrict")
    employee_ids = fields.Many2many(
        "hr.employee", string="Employees", check_company=True, context={"active_test": False}, ondelete="restrict"
    )
    basis = fields.Selection(
        [
            ("fixed", "Fixed amount"),
            ("wage", "Percentage of the wage"),
            ("rate", "Rate on a measured value"),
            ("pool", "Share of a pool"),
        ],
        required=True,
        default="fixed",
        tracking=True,
        help="What a payout of 100 % is worth. The wage is that of the last day the person is covered.",
    )
    amount = fields.Monetary(string="Amount at 100 %", tracking=True)
    wage_percent = fields.Float(string="Share of the wage (%)", digits=(16, 2), tracking=True)
    apply_on = fields.Selection(
        [("score", "Whole scorecard"), ("kpi", "One KPI")],
        string="What counts",
        required=True,
        default="score",
        tracking=True,
    )
    definition_id = fields.Many2one("kpi.definition", string="KPI", ondelete="restrict", tracking=True)
    curve_mode = fields.Selection(
        [("interpolated", "Straight lines"), ("step", "Steps")],
        string="Between the points",
        required=True,
        default="interpolated",
        tracking=True,
    )
    curve_ids = fields.One2many(
        "kpi.bonus.curve.point",
        "plan_id",
        string="Payout curve",
        copy=True,
        help="Without points the payout is proportional: 80 % done earns 80 %.",
    )
    gate_ids = fields.One2many("kpi.bonus.gate", "plan_id", string="Gates", copy=True)
    cap_amount = fields.Monetary(string="Cap per person", tracking=True, help="0: none.")
    cap_wage_percent = fields.Float(
        string="Cap in % of the wage",
        digits=(16, 2),
        tracking=True,
        help="0: none. With both caps the lower one holds.",
    )
    prorate = fields.Boolean(
        string="Prorate by days",
        default=True,
        tracking=True,
        help="Who joins, leaves or moves within the period gets the share of the calendar days covered by this plan.",
    )
    pay_month_offset = fields.Integer(
        string="Paid months later",
        tracking=True,
        help="0: with the pay slip that contains the last day of the period; 1: with the one of the month after; …",
    )
    note = fields.Html(string="Regulation", translate=True)
    statement_ids = fields.One2many("kpi.bonus.statement", "plan_id", string="Statements")
    statement_count = fields.Integer(compute="_compute_statement_count")

    _dates_ordered = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "A bonus plan must not end before it begins."
    )
    _amounts_positive = models.Constraint(
        "CHECK(amount >= 0 AND cap_amount >= 0 AND wage_percent >= 0 AND cap_wage_percent >= 0)",
        "Amounts and percentages of a bonus plan must not be negative.",
    )
    _offset_range = models.Constraint(
        "CHECK(pay_month_offset BETWEEN 0 AND 24)", "A bonus is paid between 0 and 24 months after its period."
    )
    _kpi_given = models.Constraint(
        "CHECK(apply_on != 'kpi' OR definition_id IS NOT NULL)", "Choose the KPI that this plan pays for."
    )

    @api.model
    def _selection_period_type(self):
        return self.env["kpi.period"]._fields["period_type"]._description_selection(self.env)

    @api.depends("company_id")
    def _compute_currency_id(self):
        for plan in self:
            plan.currency_id = plan.company_id.currency_id

    def _compute_statement_count(self):
        counts = dict(
            self.env["kpi.bonus.statement"]._read_group([("plan_id", "in", self.ids)], ["plan_id"], ["__count"])
        )
        for plan in self:
            plan.statement_count = counts.get(plan, 0)

    @api.constrains("curve_ids", "curve_mode")
    def _check_curve(self):
        for plan in self:
            try:
                plan._engine_curve()
            except EngineError as error:
                raise ValidationError(
                    self.env._(
                        "The payout curve of %s cannot be used: every point needs a score of its own and a payout of "
                        "0 or more.",
                        plan.name,
                    )
                ) from error

    @api.constrains("currency_id", "company_id")
    def _check_statements_kept(self):
        for plan in self:
            statements = plan.sudo().statement_ids
            if any(s.company_id != plan.company_id or s.currency_id != plan.currency_id for s in statements):
                raise ValidationError(
                    self.env._("%s has statements: make a new plan for another company or currency.", plan.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if used := self.filtered("statement_count"):
            raise UserError(self.env._("%s has statements. Archive it instead of deleting it.", used[0].name))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        return [
            vals
            if {"name", "previous_id"} & (default or {}).keys()
            else {**vals, "name": self.env._("%s (copy)", plan.name)}
            for plan, vals in zip(self, vals_list, strict=True)
        ]

    def action_open_statements(self):
        """Open the statements of this plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_statement")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {"search_default_group_period": 1}}

    def _engine_curve(self):
        """The payout curve as the engine knows it; None when the payout is proportional."""
        self.ensure_one()
        points = [(to_decimal(point.score), to_decimal(point.payout)) for point in self.curve_ids.sorted("score")]
        return payout_curve(points, self.curve_mode)

    def _pay_date(self, period):
        """The day whose pay slip pays the bonus of a period: its last day, or the last of a later month."""
        self.ensure_one()
        if not self.pay_month_offset:
            return period.date_end
        return period.date_end + relativedelta(months=self.pay_month_offset, day=31)

    def _population_domain(self):
        """Which stretches of ``kpi.employment`` this plan covers; each given criterion narrows."""
        self.ensure_one()
        # sudo: a plan covers the same people whoever asks; who of them the user may see is no matter here.
        plan = self.sudo()
        domain = Domain("company_id", "=", plan.company_id.id)
        if plan.department_ids:
            domain &= Domain("department_id", "child_of", plan.department_ids.ids)
        if plan.job_ids:
            domain &= Domain("job_id", "in", plan.job_ids.ids)
        if plan.category_ids:
            domain &= Domain("employee_id.category_ids", "in", plan.category_ids.ids)
        if plan.employee_ids:
            domain &= Domain("employee_id", "in", plan.employee_ids.ids)
        return domain
