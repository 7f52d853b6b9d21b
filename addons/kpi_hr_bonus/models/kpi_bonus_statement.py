from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.models.guard import is_trusted

#: The only fields of a statement that people write themselves, besides the chatter's.
OPEN_FIELDS = {"pay_date"}
CHATTER_PREFIXES = ("activity_", "message_", "website_message_", "rating_")
LIVE_STATES = ("submitted", "approved", "paid")
SETTLED_STATES = ("approved", "paid")


class KpiBonusStatement(models.Model):
    """What one person gets from one plan for one period, and why.

    Its life (submit, cancel) is in ``kpi_bonus_statement_life.py``, what the computation writes in
    ``kpi_bonus_statement_compute.py``.
    """

    _name = "kpi.bonus.statement"
    _description = "Bonus Statement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, plan_id, id desc"
    _mail_post_access = "read"

    plan_id = fields.Many2one("kpi.bonus.plan", string="Bonus plan", required=True, index=True, ondelete="restrict")
    period_id = fields.Many2one("kpi.period", required=True, index=True, ondelete="restrict")
    period_type = fields.Selection(related="period_id.period_type", store=True, precompute=True)
    date_start = fields.Date(related="period_id.date_start", store=True, precompute=True)
    date_end = fields.Date(related="period_id.date_end", store=True, precompute=True, index=True, string="Period end")
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        compute="_compute_user_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        index="btree_not_null",
    )
    department_id = fields.Many2one(
        "hr.department", ondelete="restrict", help="Where the person worked on the last day covered."
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict")
    scorecard_id = fields.Many2one("kpi.scorecard", index="btree_not_null", ondelete="restrict")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        tracking=True,
        group_expand=True,
        help="Draft: computed, still recomputed. Submitted: shown to the employee, waits for a second person. "
        "Approved: frozen, waits for the pay slip. Paid: on a confirmed pay slip.",
    )

    score = fields.Float(string="Score (%)", digits=(16, 2), aggregator="avg")
    has_score = fields.Boolean(help="Unset when there was nothing to score.")
    payout_percent = fields.Float(string="Payout (%)", digits=(16, 2), aggregator="avg")
    gate_factor = fields.Float(string="Gates ×", digits=(16, 4), default=1.0, aggregator=None)
    basis_amount = fields.Monetary(string="Basis", help="What a payout of 100 % is worth for this person.")
    days_covered = fields.Float(
        digits=(16, 2), aggregator=None, help="Calendar days; unpaid leave may take half of one."
    )
    days_total = fields.Integer(aggregator=None)
    proration = fields.Float(digits=(16, 4), default=1.0, aggregator=None)
    computed_amount = fields.Monetary(string="Computed", help="Rounded to the currency, before the cap.")
    capped_amount = fields.Monetary(string="After cap")
    adjustment_amount = fields.Monetary(string="Adjustments")
    true_up_amount = fields.Monetary(
        string="Corrections of earlier periods",
        help="What approved statements would be on today's records, and are not.",
    )
    carried_in = fields.Monetary(help="Negative rest of earlier statements, settled by this one.")
    carried_out = fields.Monetary(
        string="Carried over", help="Negative rest, carried over against future bonus only, never against wages."
    )
    amount = fields.Monetary(tracking=True)
    carried_to_id = fields.Many2one(
        "kpi.bonus.statement",
        string="Rest settled by",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The approved statement that took the negative rest of this one.",
    )
    line_ids = fields.One2many("kpi.bonus.statement.line", "statement_id", string="Lines")
    explanation = fields.Json()
    explanation_html = fields.Html(compute="_compute_explanation_html", string="Arithmetic", sanitize=False)
    pay_date = fields.Date(
        string="Pay date", tracking=True, help="The pay slip whose dates contain this day pays the bonus."
    )

    computed_by_id = fields.Many2one("res.users", string="Computed by", ondelete="restrict")
    computed_date = fields.Datetime(string="Computed on")
    submitted_by_id = fields.Many2one("res.users", string="Submitted by", ondelete="restrict")
    submitted_date = fields.Datetime(string="Submitted on")
    approved_by_id = fields.Many2one("res.users", string="Approved by", ondelete="restrict")
    approved_date = fields.Datetime(string="Approved on")
    is_mine = fields.Boolean(compute="_compute_is_mine", search="_search_is_mine")

    _unique_live = models.UniqueIndex(
        "(plan_id, employee_id, period_id) WHERE state != 'cancelled'",
        "This person already has a statement of the plan for the period: cancel that one first.",
    )
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A bonus is never negative.")
    _rest_negative = models.Constraint(
        "CHECK(carried_in <= 0 AND carried_out <= 0)", "Only negative rests are carried over."
    )

    @api.depends("employee_id.user_id")
    def _compute_user_id(self):
        for statement in self:
            statement.user_id = statement.employee_id.user_id

    @api.depends("plan_id.display_name", "period_id.name", "employee_id.name")
    def _compute_display_name(self):
        # sudo: a plain employee may read the statement, but neither hr.employee nor every plan and period.
        for statement in self:
            parts = statement.sudo()
            names = (parts.employee_id.name, parts.plan_id.display_name, parts.period_id.name)
            statement.display_name = " · ".join(name for name in names if name)

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_mine(self):
        for statement in self:
            statement.is_mine = statement.user_id == self.env.user

    def _search_is_mine(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        wants_mine = (operator == "in") == (True in value)
        return [("user_id", "=" if wants_mine else "!=", self.env.uid)]

    @api.depends_context("lang", "uid")
    @api.depends("explanation", "amount", "line_ids.amount")
    def _compute_explanation_html(self):
        renderer = self.env["kpi.bonus.explanation"]
        for statement in self:
            statement.explanation_html = renderer._render(statement) if statement.explanation else False

    @api.model_create_multi
    def create(self, vals_list):
        if not is_trusted(self.env):
            raise AccessError(self.env._("Statements are computed by a bonus plan; nobody writes them by hand."))
        return super().create(vals_list)

    def write(self, vals):
        if not is_trusted(self.env):
            self._check_open_fields(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if kept := self.filtered(lambda statement: statement.state not in ("draft", "cancelled")):
            raise UserError(self.env._("%s was submitted. Cancel it instead of deleting it.", kept[0].display_name))

    def copy_data(self, default=None):
        raise UserError(self.env._("A statement cannot be duplicated: compute the plan for another period."))

    def _check_open_fields(self, vals):
        """Refuse what people may not write: everything computed, and the pay date once the bonus is paid.

        :raises AccessError: naming the fields
        """
        closed = {name for name in vals if name not in OPEN_FIELDS and not name.startswith(CHATTER_PREFIXES)}
        if closed - {"line_ids"}:
            raise AccessError(
                self.env._("%s of a bonus statement is computed; nobody writes it by hand.", ", ".join(sorted(closed)))
            )
        if "pay_date" in vals:
            self.env["kpi.bonus.plan"]._check_bonus_officer()
            if fixed := self.filtered(lambda statement: statement.state in ("paid", "cancelled")):
                raise UserError(self.env._("%s is paid or cancelled and no longer changes.", fixed[0].display_name))
