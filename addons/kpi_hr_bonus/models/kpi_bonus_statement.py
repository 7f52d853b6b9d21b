from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.kpi_management.engine import number_text, to_decimal
from odoo.addons.kpi_management.models.guard import is_trusted, trusted

from ..engine import replay

#: The only fields of a statement that people write themselves, besides the chatter's.
OPEN_FIELDS = {"pay_date"}
CHATTER_PREFIXES = ("activity_", "message_", "website_message_", "rating_")
LIVE_STATES = ("submitted", "approved", "paid")
SETTLED_STATES = ("approved", "paid")


class KpiBonusStatement(models.Model):
    """What one person gets from one plan for one period, and why.

    Its life (submit, approve, contest, cancel) is in ``kpi_bonus_statement_life.py``.
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
    days_covered = fields.Integer(aggregator=None)
    days_total = fields.Integer(aggregator=None)
    proration = fields.Float(digits=(16, 4), default=1.0, aggregator=None)
    computed_amount = fields.Monetary(string="Computed", help="Rounded to the currency, before the cap.")
    capped_amount = fields.Monetary(string="After cap")
    adjustment_amount = fields.Monetary(string="Adjustments")
    carried_in = fields.Monetary(help="Negative rest of earlier statements, settled by this one.")
    carried_out = fields.Monetary(help="Negative rest, carried over against future bonus only, never against wages.")
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
    contested = fields.Boolean(tracking=True, help="The employee disagrees and waits for an answer.")
    contest_reason = fields.Text()
    contest_date = fields.Datetime(string="Contested on")
    contest_answer = fields.Text(string="Answer")
    contest_answer_by_id = fields.Many2one("res.users", string="Answered by", ondelete="restrict")
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

    @api.depends("plan_id.name", "period_id.name", "employee_id.name")
    def _compute_display_name(self):
        # sudo: a plain employee may read the statement, but neither hr.employee nor every plan and period.
        for statement in self:
            parts = statement.sudo()
            names = (parts.employee_id.name, parts.plan_id.name, parts.period_id.name)
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

    @api.depends_context("lang")
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

    # ---------------------------------------------------------- computation

    @api.model
    def _open_carry(self, plan, period, employee_ids):
        """Negative rests of settled statements that no settled statement has taken yet.

        :return: {employee id: Decimal, below 0}
        """
        groups = self.sudo()._read_group(
            self._open_carry_domain(plan, period, employee_ids), ["employee_id"], ["carried_out:array_agg"]
        )
        return {employee.id: sum((to_decimal(float(rest)) for rest in rests), Decimal(0)) for employee, rests in groups}

    @api.model
    def _open_carry_domain(self, plan, period, employee_ids):
        return [
            ("plan_id", "=", plan.id),
            ("employee_id", "in", employee_ids),
            ("state", "in", SETTLED_STATES),
            ("date_end", "<", period.date_start),
            ("carried_out", "<", 0),
            ("carried_to_id", "=", False),
        ]

    @api.model
    def _create_computed(self, vals_list):
        """Create drafts with their lines from computed values, without mail noise."""
        Line = self.env["kpi.bonus.statement.line"]
        statements = self.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        ).create(
            [
                {
                    **vals,
                    **self._prepare_stamp(),
                    "line_ids": [Command.create(line) for line in Line._prepare_computed(vals)],
                }
                for vals in vals_list
            ]
        )
        return statements.with_env(self.env)

    def _stamp_computed(self):
        """Keep who computed these statements, for the rule of two persons."""
        self.with_context(tracking_disable=True).write(self._prepare_stamp())

    def _prepare_stamp(self):
        return {"computed_by_id": self.env.uid, "computed_date": fields.Datetime.now()}

    def _adjustments(self):
        """Sum of the adjustment lines; 0 for no statement.

        :return: Decimal
        """
        lines = self.line_ids.filtered(lambda line: line.kind == "adjustment")
        return sum((to_decimal(line.amount) for line in lines), Decimal(0))

    @api.model
    def _prepare_payout_vals(self, payout):
        """An engine ``Payout`` as values of a statement."""
        return {
            "payout_percent": float(payout.payout_percent),
            "gate_factor": float(payout.gate_factor),
            "proration": float(payout.proration),
            "computed_amount": float(payout.computed),
            "capped_amount": float(payout.capped),
            "adjustment_amount": float(payout.explanation["adjustments"]),
            "carried_in": float(payout.explanation["carried_in"]),
            "carried_out": float(payout.carried_out),
            "amount": float(payout.amount),
        }

    def _apply_computed(self, vals):
        """Write the computed values that changed.

        :return: the names of the changed fields
        """
        self.ensure_one()
        # The pay date may have been moved by hand; the plan only proposes it.
        changed = {
            name: value for name, value in vals.items() if name != "pay_date" and not self._same_value(name, value)
        }
        if changed:
            self.with_context(tracking_disable=True).write(changed)
            self.line_ids._sync_computed(self, vals)
        return list(changed)

    def _recompute(self):
        """Compute these drafts again from their own explanation, with the adjustments they have now."""
        for statement in trusted(self):
            steps = {**statement.explanation["payout"], "adjustments": number_text(statement._adjustments())}
            result = replay(steps)
            explanation = {**statement.explanation, "payout": result.explanation}
            statement._apply_computed({**statement._prepare_payout_vals(result), "explanation": explanation})

    def _same_value(self, name, value):
        field = self._fields[name]
        current = field.convert_to_write(self[name], self)
        if field.type == "monetary":
            return self.currency_id.compare_amounts(current, value) == 0
        return current == value or (not current and not value)

    def _withdraw(self):
        """Cancel drafts whose person is no longer covered."""
        for statement in self:
            statement._message_log(body=self.env._("Withdrawn: the plan no longer covers this person and period."))
        self.write({"state": "cancelled"})
