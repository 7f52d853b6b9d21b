from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..engine import SIDES
from .guard import derived_fields, is_trusted

STATES = [
    ("draft", "Draft"),
    ("running", "Assessments"),
    ("calibration", "Calibration"),
    ("talks", "Talks"),
    ("closed", "Closed"),
]
SIDE_NAMES = [
    ("self", "Self"),
    ("manager", "Manager"),
    ("peer", "Colleagues"),
    ("upward", "Team"),
    ("external", "External"),
]
# Those who may have been promised that nobody learns what they said.
RATER_SIDES = ("peer", "upward", "external")
# What a result is made of.
PARTS = ("kpi", *SIDES)
WEIGHTS = tuple(f"{part}_weight" for part in PARTS)
# The rules, known to all from the launch on.
RULES = {
    "company_id",
    "period_id",
    "leader_id",
    "scale_id",
    "reveal",
    "anonymous",
    "min_raters",
    *WEIGHTS,
    *(f"use_{side}" for side in SIDES),
}
# What buttons and the work in the background write.
SYSTEM = {"state", "queued", "failure"}


class KpiReviewCycle(models.Model):
    """A round of reviews for a period: who is asked by when, by which rules the sides are shown and weighed."""

    _name = "kpi.review.cycle"
    _description = "Review Cycle"
    _inherit = ["mail.thread", "hr.mixin", "kpi.access.mixin"]
    _order = "date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, compute="_compute_name", store=True, readonly=False, precompute=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    period_id = fields.Many2one("kpi.period", required=True, index=True, ondelete="restrict", check_company=True)
    date_end = fields.Date(related="period_id.date_end", store=True)
    leader_id = fields.Many2one(
        "hr.employee",
        string="Team of",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        default=lambda self: self._default_leader(),
        help="Only the people below this manager, who may launch the cycle. Empty: the company.",
    )
    leader_user_id = fields.Many2one(
        "res.users", compute="_compute_leader_user_id", store=True, compute_sudo=True, index="btree_not_null"
    )
    department_ids = fields.Many2many(
        "hr.department",
        "kpi_review_cycle_department_rel",
        string="Departments",
        check_company=True,
        help="With those below them. Empty: all.",
    )
    template_ids = fields.Many2many(
        "kpi.review.template",
        "kpi_review_cycle_template_rel",
        string="Only these templates",
        check_company=True,
        help="Empty: all that are in use.",
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, tracking=True, group_expand=True)

    self_date = fields.Date(string="Self-assessment until")
    feedback_date = fields.Date(string="Feedback until")
    manager_date = fields.Date(string="Manager's assessment until")
    calibration_date = fields.Date(string="Calibration until")
    talk_date = fields.Date(string="Talks until")

    use_self = fields.Boolean(string="Self-assessment", default=True)
    use_manager = fields.Boolean(string="Manager's assessment", default=True)
    use_peer = fields.Boolean(string="Feedback from colleagues")
    use_upward = fields.Boolean(string="Feedback from the team", help="Whoever reports to the person is asked.")
    use_external = fields.Boolean(string="External feedback", help="Asked by mail, with a link and without a login.")

    kpi_weight = fields.Float(string="KPIs (%)", default=60, digits=(16, 2))
    self_weight = fields.Float(string="Self (%)", digits=(16, 2))
    manager_weight = fields.Float(string="Manager (%)", default=40, digits=(16, 2))
    peer_weight = fields.Float(string="Colleagues (%)", digits=(16, 2))
    upward_weight = fields.Float(string="Team (%)", digits=(16, 2))
    external_weight = fields.Float(string="External (%)", digits=(16, 2))
    weight_total = fields.Float(compute="_compute_weight_total", digits=(16, 2), string="Total weight")

    reveal = fields.Selection(
        [
            ("both", "When both are in"),
            ("date", "When the manager's time is over"),
            ("close", "When calibration begins"),
        ],
        string="Self and manager are shown",
        required=True,
        default="both",
        help="Until then each writes without seeing the other.",
    )
    anonymous = fields.Boolean(
        string="Names are kept secret",
        default=True,
        help="Colleagues, team and external raters: nobody learns who said what, nor who answered. "
        "It is a promise: it does not change once the cycle runs.",
    )
    min_raters = fields.Integer(
        string="Least answers",
        default=3,
        help="Answers of colleagues, team or external raters are shown, and count, from this many raters on.",
    )
    scale_id = fields.Many2one(
        "kpi.grade.scale",
        string="Grade Scale",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["kpi.grade.scale"]._for_company(self.env.company),
        domain="[('company_id', 'in', [False, company_id])]",
    )
    guideline_ids = fields.One2many("kpi.review.guideline", "cycle_id", copy=True)
    review_ids = fields.One2many("kpi.review", "cycle_id", string="Reviews")

    _weights_range = models.Constraint(
        "CHECK(" + " AND ".join(f"{name} >= 0" for name in WEIGHTS) + ")", "A weight is 0 or more."
    )
    _least_raters = models.Constraint(
        "CHECK(min_raters >= 1 AND (min_raters >= 3 OR NOT anonymous))",
        "Of two answers either rater could work out the other one: ask for 3 answers at least, or do not promise to keep "
        "names secret.",
    )

    @api.model
    def _default_leader(self):
        """Managers launch cycles for their own team; officers for the company."""
        if self.env.user.has_group("kpi_management.group_kpi_officer"):
            return False
        return self.env.user.employee_id

    @api.depends("period_id.name")
    def _compute_name(self):
        for cycle in self:
            if not cycle.name and cycle.period_id:
                cycle.name = self.env._("Review %s", cycle.period_id.name)

    @api.depends("leader_id.user_id")
    def _compute_leader_user_id(self):
        for cycle in self:
            cycle.leader_user_id = cycle.leader_id.user_id

    @api.depends(*WEIGHTS, *(f"use_{side}" for side in SIDES))
    def _compute_weight_total(self):
        for cycle in self:
            cycle.weight_total = sum(cycle._weights().values())

    @api.constrains("self_date", "feedback_date", "manager_date", "calibration_date", "talk_date")
    def _check_dates(self):
        for cycle in self:
            ordered = [cycle.manager_date, cycle.calibration_date, cycle.talk_date]
            given = [day for day in ordered if day]
            if given != sorted(given):
                raise ValidationError(
                    self.env._("%s: assessments come before calibration, and talks last. Check the dates.", cycle.name)
                )

    @api.constrains("scale_id", "guideline_ids")
    def _check_scale(self):
        for cycle in self:
            if cycle.scale_id.company_id not in (cycle.company_id, self.env["res.company"]):
                raise ValidationError(
                    self.env._("%s belongs to another company: choose another scale.", cycle.scale_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_buttons(
            name for vals in vals_list for name, value in vals.items() if value not in (False, "draft")
        )
        return super().create([{"state": "draft", **vals} for vals in vals_list])

    def write(self, vals):
        self._check_by_buttons(vals)
        if not is_trusted(self.env):
            self._check_not_closed()
            if RULES & vals.keys():
                self._check_rules_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_launched(self):
        if launched := self.filtered(lambda cycle: cycle.state != "draft"):
            raise UserError(self.env._("%s is launched and cannot be deleted.", launched[0].name))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        return [
            {**vals, "name": (default or {}).get("name") or self.env._("%s (copy)", cycle.name)}
            for cycle, vals in zip(self, vals_list, strict=True)
        ]

    def action_open_reviews(self):
        """Open the reviews of this cycle."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_review")
        return {**action, "domain": [("cycle_id", "=", self.id)], "context": {}}

    def _sides(self):
        """The sides that are asked."""
        self.ensure_one()
        return [side for side in SIDES if self[f"use_{side}"]]

    def _weights(self):
        """{part: weight} of what counts; a side that is not asked does not."""
        self.ensure_one()
        return {part: self[f"{part}_weight"] for part in ("kpi", *self._sides())}

    def _due_date(self, side):
        return {"self": self.self_date, "manager": self.manager_date}.get(side, self.feedback_date)

    def _is_secret(self, side):
        """Whether nobody may learn who of this side said what, or answered at all."""
        return self.anonymous and side in RATER_SIDES

    def _check_by_buttons(self, names):
        if not is_trusted(self.env) and (SYSTEM | derived_fields(self)).intersection(names):
            raise AccessError(self.env._("A cycle is launched and closed by its buttons."))

    def _check_rules_open(self):
        if launched := self.filtered(lambda cycle: cycle.state != "draft"):
            raise UserError(
                self.env._(
                    "%s is launched: its rules, weights and promises stay as everybody knows them.", launched[0].name
                )
            )

    def _check_not_closed(self):
        if closed := self.filtered(lambda cycle: cycle.state == "closed"):
            raise UserError(self.env._("%s is closed and no longer changes.", closed[0].name))


class KpiReviewGuideline(models.Model):
    """How many people a grade is expected for: a range to compare with, never a quota."""

    _name = "kpi.review.guideline"
    _description = "Guideline of a Grade"
    _order = "cycle_id, grade_id, id"
    _rec_name = "grade_id"

    cycle_id = fields.Many2one("kpi.review.cycle", required=True, index=True, ondelete="cascade")
    grade_id = fields.Many2one("kpi.grade", required=True, ondelete="cascade")
    min_percent = fields.Float(string="From (%)", digits=(16, 2))
    max_percent = fields.Float(string="To (%)", digits=(16, 2), default=100)

    _unique_grade = models.UniqueIndex("(cycle_id, grade_id)", "There is a range for this grade already.")
    _range = models.Constraint(
        "CHECK(min_percent >= 0 AND min_percent <= max_percent AND max_percent <= 100)",
        "A range runs from a smaller to a larger share, from 0 to 100 percent.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        guidelines = super().create(vals_list)
        guidelines._check_open()
        return guidelines

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        if not is_trusted(self.env):
            self.cycle_id._check_not_closed()
