from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .guard import is_trusted, trusted

CAUSES = [
    ("people", "People"),
    ("process", "Process"),
    ("tools", "Tools"),
    ("market", "Market"),
    ("other", "Other"),
]
# Written by the actions, or once at the beginning: an action stays with what it is about.
BY_ACTION = {"state", "done_on", "before"}


class KpiAction(models.Model):
    """What is done about a KPI that lags, or for a person to grow: the cause, who does what until when."""

    _name = "kpi.action"
    _description = "Improvement Action"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "deadline, id"
    _check_company_auto = True
    # Whoever may read it may talk about it.
    _mail_post_access = "read"
    # What it is about stays.
    _fixed = ("line_id", "employee_id")

    name = fields.Char(string="Action", required=True, tracking=True)
    kind = fields.Selection([("action", "Action"), ("training", "Training")], required=True, default="action")
    line_id = fields.Many2one("kpi.scorecard.line", string="KPI", index="btree_not_null", ondelete="restrict")
    definition_id = fields.Many2one(related="line_id.definition_id", string="KPI in the library", store=True)
    period_id = fields.Many2one(related="line_id.period_id", store=True)
    employee_id = fields.Many2one(
        "hr.employee",
        string="About",
        compute="_compute_subject",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Whom it is about: the holder of the scorecard, or the person who is to grow.",
    )
    department_id = fields.Many2one("hr.department", compute="_compute_subject", store=True, precompute=True)
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_subject",
        store=True,
        precompute=True,
        index=True,
        required=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users", compute="_compute_user_id", store=True, compute_sudo=True, index="btree_not_null"
    )
    subject_name = fields.Char(string="Whose", compute="_compute_subject_name", compute_sudo=True)
    cause = fields.Selection(CAUSES, help="Why the KPI lags, as far as is known.")
    cause_note = fields.Text(string="What lies behind it")
    description = fields.Text(string="What is to be done")
    responsible_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._default_responsible_id(),
    )
    responsible_user_id = fields.Many2one(
        "res.users",
        string="Login of the responsible",
        compute="_compute_user_id",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
    )
    deadline = fields.Date(required=True, tracking=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    done_on = fields.Date(readonly=True, copy=False)
    outcome = fields.Text(string="What came of it", copy=False)
    can_edit = fields.Boolean(compute="_compute_can_edit", help="Whether the current user may change it.")

    @api.depends("line_id")
    def _compute_subject(self):
        # sudo: whom it is about is the same for everybody.
        for action in self.sudo():
            if line := action.line_id:
                action.employee_id = line.employee_id
                action.department_id = line.department_id
            action.company_id = line.company_id or action.employee_id.company_id or self.env.company

    @api.depends("employee_id.user_id", "responsible_id.user_id")
    def _compute_user_id(self):
        for action in self:
            action.user_id = action.employee_id.user_id
            action.responsible_user_id = action.responsible_id.user_id

    @api.depends("line_id.subject_name", "employee_id")
    def _compute_subject_name(self):
        for action in self:
            action.subject_name = action.line_id.subject_name or action.employee_id.display_name

    @api.depends_context("uid")
    def _compute_can_edit(self):
        editable = self._origin._filtered_access("write")
        for action in self:
            action.can_edit = not action._origin or action._origin in editable

    @api.constrains("line_id", "employee_id")
    def _check_about(self):
        if any(not action.line_id and not action.sudo().employee_id for action in self):
            raise ValidationError(self.env._("Say what the action is about: a KPI of a scorecard, or a person."))

    def _default_responsible_id(self):
        # sudo: a plain user may not read hr.employee; only who it is is.
        return (self._about_holder() or self.env.user.sudo().employee_id).sudo(False)

    def _about_holder(self):
        """Whoever answers for what a new action is about, by the context."""
        line = self.env["kpi.scorecard.line"].browse(self.env.context.get("default_line_id")).sudo()
        return line.employee_id or line.department_id.manager_id

    @api.model_create_multi
    def create(self, vals_list):
        """Open actions, each with how its KPI stands now; the responsible finds an activity."""
        if not is_trusted(self.env):
            self._check_by_action({key for vals in vals_list for key in vals if key != "state"})
            if any(vals.get("state", "open") != "open" for vals in vals_list):
                raise AccessError(self.env._("An action begins open. Use its buttons once it is done or given up."))
        # Given outright, so that no default of the context stands in for what the buttons write.
        actions = super().create([{**vals, "state": "open", "done_on": False} for vals in vals_list])
        # Who may not see a KPI has nothing to do about it.
        actions.line_id.with_env(self.env).check_access("read")
        actions._keep_before()
        actions._ask_responsible()
        return actions

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_by_action(vals)
        for name in vals.keys() & set(self._fixed):
            if any(action[name].id != vals[name] for action in self.sudo()):
                raise UserError(self.env._("An action stays with what it is about. Make another one for that."))
        result = super().write(vals)
        if {"responsible_id", "deadline", "name"} & vals.keys():
            self._ask_responsible()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(action.state == "done" for action in self) and not is_trusted(self.env):
            raise UserError(self.env._("What was done is kept. Reopen the action first if it was a mistake."))

    def copy_data(self, default=None):
        """A copy begins anew: with how the KPI stands then."""
        return [
            {name: value for name, value in vals.items() if name not in BY_ACTION}
            for vals in super().copy_data(default)
        ]

    def action_done(self):
        """It is done: its effect shows in the period after the deadline."""
        self.filtered(lambda action: action.state == "open")._enter_state("done")

    def action_cancel(self):
        """Give it up; it stays in the list as cancelled."""
        self.filtered(lambda action: action.state == "open")._enter_state("cancelled")

    def action_reopen(self):
        """Open what was done or given up again."""
        self.filtered(lambda action: action.state != "open")._enter_state("open")

    def _enter_state(self, state):
        self.check_access("write")
        today = fields.Date.context_today(self)
        # sudo with the mark: states change by the buttons alone, and who may write was checked. Tracked.
        trusted(self).write({"state": state, "done_on": today if state == "done" else False})
        self._ask_responsible()

    def _check_by_action(self, names):
        if forbidden := BY_ACTION.intersection(names):
            raise AccessError(self.env._("%s is filled in by the system.", ", ".join(sorted(forbidden))))
