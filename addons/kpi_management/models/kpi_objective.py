from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guard import derived_fields, hold, is_trusted

LEVELS = [
    ("strategic", "Strategic (1–3 years)"),
    ("short_term", "Short-term"),
    ("department", "Department"),
    ("individual", "Individual"),
]
# What the steps of the agreement write → what a new objective begins with.
FLOW_FIELDS = {
    "state": "draft",
    "waiting_for": False,
    "proposed_by_id": False,
    "proposed_date": False,
    "answered_by_id": False,
    "answered_date": False,
    "agreed_date": False,
}
# What the two sides agree on.
TERMS = {
    "name",
    "description",
    "target_group",
    "level",
    "perspective_id",
    "parent_id",
    "strategy_id",
    "weight",
    "company_id",
    "owner_id",
    "department_id",
    "date_start",
    "date_end",
    "style",
    "counts_for_pay",
}
# What decides who may change it.
PLACE = {"owner_id", "level", "department_id", "company_id"}


class KpiObjective(models.Model):
    _name = "kpi.objective"
    _description = "Objective"
    _inherit = ["mail.thread", "mail.activity.mixin", "kpi.access.mixin"]
    _parent_store = True
    _order = "date_start desc, sequence, id"
    _check_company_auto = True
    # Whoever may read it may talk about it.
    _mail_post_access = "read"

    name = fields.Char(required=True, translate=True, tracking=True)
    description = fields.Html(translate=True, help="What is to be reached, and how one will know.")
    target_group = fields.Char(
        string="For whom", translate=True, help="Who is better off when it is reached: our customers in Hanoi."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    level = fields.Selection(
        LEVELS,
        required=True,
        default=lambda self: "individual" if self._default_owner_id() else "strategic",
        tracking=True,
        group_expand=True,
    )
    perspective_id = fields.Many2one("kpi.perspective", index="btree_not_null", ondelete="restrict")
    perspective_color = fields.Integer(related="perspective_id.color")
    strategy_id = fields.Many2one(
        "kpi.strategy",
        compute="_compute_strategy_id",
        store=True,
        readonly=False,
        recursive=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    parent_id = fields.Many2one(
        "kpi.objective", string="Serves", index="btree_not_null", ondelete="restrict", check_company=True
    )
    parent_path = fields.Char(index=True)
    # Built from escaped names here, so there is nothing to clean.
    parent_trail = fields.Html(
        compute="_compute_parent_trail", sanitize=False, help="The objectives above this one, the highest first."
    )
    child_ids = fields.One2many("kpi.objective", "parent_id", string="Objectives below")
    child_count = fields.Integer(compute="_compute_child_count")
    weight = fields.Float(default=1.0, digits=(16, 2), aggregator=None, help="Its share in the objective above.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    owner_id = fields.Many2one(
        "hr.employee",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._default_owner_id(),
        help="The person answerable, who agrees to the targets.",
    )
    department_id = fields.Many2one(
        "hr.department", index="btree_not_null", check_company=True, ondelete="restrict", tracking=True
    )
    date_start = fields.Date(required=True, string="From", default=fields.Date.context_today, tracking=True)
    date_end = fields.Date(required=True, string="To", tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("agreed", "Agreed"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
    )
    line_ids = fields.One2many("kpi.scorecard.line", "objective_id", string="Scorecard lines")
    line_count = fields.Integer(compute="_compute_line_count")

    _dates_ordered = models.Constraint(
        "CHECK(date_start <= date_end)", "An objective must not end before it begins: check its dates."
    )
    _weight_positive = models.Constraint("CHECK(weight >= 0)", "The weight of an objective must not be negative.")

    @api.model
    def _default_owner_id(self):
        """Who writes nobody else's objectives writes his own."""
        return not self.env.user._kpi_writes_targets() and self.env.user.employee_id.id

    @api.depends("parent_id.strategy_id")
    def _compute_strategy_id(self):
        for objective in self:
            objective.strategy_id = objective.parent_id.strategy_id or objective.strategy_id

    def _compute_child_count(self):
        counts = dict(self._read_group([("parent_id", "in", self.ids)], ["parent_id"], ["__count"]))
        for objective in self:
            objective.child_count = counts.get(objective, 0)

    def _compute_line_count(self):
        Line = self.env["kpi.scorecard.line"]
        counts = dict(Line._read_group([("objective_id", "in", self.ids)], ["objective_id"], ["__count"]))
        for objective in self:
            objective.line_count = counts.get(objective, 0)

    @api.model_create_multi
    def create(self, vals_list):
        if is_trusted(self.env):
            return super().create(vals_list)
        self._check_derived_fields({key for vals in vals_list for key in vals})
        for vals in vals_list:
            self._check_flow_fields(
                name for name, start in FLOW_FIELDS.items() if (vals.get(name, start) or False) != start
            )
        # Given outright, so that no default of the context or of a user stands in for what the two sides do.
        return super().create([{**vals, **FLOW_FIELDS} for vals in vals_list])

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_derived_fields(vals)
        self._check_flow_fields(FLOW_FIELDS.keys() & vals.keys())
        if TERMS & vals.keys():
            self._check_terms_open()
        if "active" in vals and not self._is_officer() and any(objective.agreed_date for objective in self):
            raise AccessError(self.env._("Only a KPI officer archives an objective that was agreed."))
        result = super().write(vals)
        if PLACE & vals.keys():
            # Where it went has to be within the user's reach: nobody gives himself what he leads others to.
            self.check_access("write")
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """A translation is written past ``write``: the terms are locked here, too."""
        if field_name in TERMS and not is_trusted(self.env):
            self._check_terms_open()
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        if agreed := self.filtered(lambda objective: objective.state in ("agreed", "done")):
            raise UserError(self.env._("%s is agreed: cancel it instead of deleting it.", agreed[0].name))
        if any(objective.agreed_date for objective in self) and not self._is_officer():
            raise AccessError(self.env._("Only a KPI officer deletes an objective that was agreed."))
        # sudo: what is below may be out of the user's sight; it would hang in the air all the same.
        below = self.sudo().with_context(active_test=False).child_ids - self
        if below:
            raise UserError(
                self.env._(
                    "%s has objectives below it: delete those first, or let them serve another.",
                    below[0].parent_id.name,
                )
            )

    def action_open_lines(self):
        """Open the scorecard lines that measure this objective."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard_line")
        return {**action, "domain": [("objective_id", "=", self.id)], "context": {}}

    def action_open_children(self):
        """Open the objectives below this one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_objective")
        return {**action, "domain": [("parent_id", "=", self.id)], "context": {"default_parent_id": self.id}}

    @api.model
    def _kpi_offers_writing(self):
        """Override of the mixin: every employee may propose objectives of his own."""
        return bool(self.env.user.employee_id) or super()._kpi_offers_writing()

    def _is_officer(self):
        return self.env.user.has_group("kpi_management.group_kpi_officer")

    def _check_derived_fields(self, names):
        if forbidden := derived_fields(self).intersection(names):
            raise AccessError(self.env._("%s is computed; nobody writes it by hand.", ", ".join(sorted(forbidden))))

    def _check_flow_fields(self, names):
        """The agreement is written by its steps, which check who takes them."""
        if any(names):
            raise AccessError(self.env._("Use the buttons of the objective to propose, agree or cancel it."))

    def _check_terms_open(self):
        """What two sides agreed on, or are about to, changes in draft alone.

        :raises UserError: naming the first objective that is not in draft
        """
        if is_trusted(self.env):
            return
        if locked := self.filtered(lambda objective: objective.state != "draft"):
            raise UserError(
                self.env._(
                    "%(name)s is %(state)s: take it back to draft before you change what it says.",
                    name=locked[0].name,
                    state=dict(self._fields["state"]._description_selection(self.env))[locked[0].state].lower(),
                )
            )
        hold(self)
