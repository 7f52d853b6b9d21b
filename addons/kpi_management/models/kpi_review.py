from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guard import as_system, is_trusted, trusted
from .kpi_review_cycle import SIDE_NAMES

STATES = [
    ("open", "Assessments"),
    ("assessed", "Both are in"),
    ("calibration", "Calibration"),
    ("talk", "Talk"),
    ("signed", "Signed"),
    ("closed", "Closed"),
]
# What the manager, or an officer, writes by hand as long as the review is not closed.
WRITTEN = {"summary"}
# What an officer may set right.
OFFICER_WRITTEN = {"manager_id"}
# What has rules of its own: notes that their author alone reads.
OWN_RULES = {"note_ids"}


class KpiReview(models.Model):
    """One person's review in a cycle.

    What a side said is in ``kpi.review.answer`` once it may be seen. Nothing on the review itself changes when a rater
    whose name is kept secret answers, so that neither its author fields nor its dates tell anything.
    """

    _name = "kpi.review"
    _description = "Review"
    _inherit = ["mail.thread", "mail.activity.mixin", "kpi.meeting.mixin"]
    _order = "date_end desc, cycle_id desc, employee_id, id"
    _check_company_auto = True
    # Whoever may read it may talk about it.
    _mail_post_access = "read"

    cycle_id = fields.Many2one("kpi.review.cycle", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    period_id = fields.Many2one(related="cycle_id.period_id", store=True, index=True)
    date_end = fields.Date(related="cycle_id.date_end", store=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, readonly=True, check_company=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", compute="_compute_user_id", store=True, compute_sudo=True, index="btree_not_null"
    )
    manager_id = fields.Many2one(
        "hr.employee",
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
        # Who leads somebody may be employed in another company of the group, as in Employees.
        help="Who led the person at the launch. An officer may name somebody else.",
    )
    manager_user_id = fields.Many2one(
        "res.users", compute="_compute_manager_user_id", store=True, compute_sudo=True, index="btree_not_null"
    )
    department_id = fields.Many2one("hr.department", readonly=True, index="btree_not_null", ondelete="set null")
    job_id = fields.Many2one("hr.job", string="Job Position", readonly=True, ondelete="set null")
    template_id = fields.Many2one("kpi.review.template", required=True, readonly=True, index=True, ondelete="restrict")
    state = fields.Selection(STATES, required=True, default="open", readonly=True, group_expand=True)
    answer_ids = fields.One2many("kpi.review.answer", "review_id", string="Answers", readonly=True)
    is_mine = fields.Boolean(compute="_compute_rights")
    is_manager = fields.Boolean(compute="_compute_rights", help="Whether the user leads the person in this review.")
    is_officer = fields.Boolean(compute="_compute_rights")
    progress = fields.Char(compute="_compute_progress", string="Answered", help="Answers given, of those asked.")

    _unique_employee = models.UniqueIndex("(cycle_id, employee_id)", "This person has a review in the cycle already.")

    @api.depends("employee_id.user_id")
    def _compute_user_id(self):
        for review in self:
            review.user_id = review.employee_id.user_id

    @api.depends("manager_id.user_id")
    def _compute_manager_user_id(self):
        for review in self:
            review.manager_user_id = review.manager_id.user_id

    @api.depends("employee_id.name", "cycle_id.name")
    def _compute_display_name(self):
        for review in self:
            # sudo: of the employee only the name is shown.
            review.display_name = " · ".join(filter(None, (review.sudo().employee_id.name, review.cycle_id.name)))

    @api.depends("user_id", "manager_user_id")
    @api.depends_context("uid")
    def _compute_rights(self):
        officer = self.env.user.has_group("kpi_management.group_kpi_officer")
        for review in self:
            review.is_mine = review.user_id == self.env.user
            review.is_manager = review.manager_user_id == self.env.user and not review.is_mine
            review.is_officer = officer and not review.is_mine

    @api.depends_context("uid", "lang")
    def _compute_progress(self):
        """How many of whom answered: to the person reviewed, of herself and the manager alone."""
        # sudo: numbers alone; of those whose names are kept secret, not to the person reviewed.
        rows = (
            self.env["kpi.review.feedback"]
            .sudo()
            ._read_group([("review_id", "in", self.ids)], ["review_id", "side", "state"], ["__count"])
        )
        names = dict(self.env["kpi.review.feedback"]._fields["side"]._description_selection(self.env))
        counts = {}
        for review, side, state, count in rows:
            asked, done = counts.get((review.id, side), (0, 0))
            counts[review.id, side] = (asked + count, done + count * (state == "done"))
        for review in self:
            shown = [
                f"{names[side]} {review._progress_of(side, *counts[review.id, side])}"
                for side, _name in SIDE_NAMES
                if (review.id, side) in counts and (not review.is_mine or side in ("self", "manager"))
            ]
            review.progress = " · ".join(shown)

    def _progress_of(self, side, asked, done):
        few = self.cycle_id._too_few(side, done)
        if few:
            # Of fewer people asked than have to answer there is nothing to count.
            return f"<{few}/{asked}" if asked >= few else f"–/{asked}"
        return f"{done}/{asked}"

    @api.model_create_multi
    def create(self, vals_list):
        if not is_trusted(self.env):
            raise AccessError(self.env._("Reviews are made by launching their cycle."))
        return super().create(vals_list)

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_not_closed()
        self._check_written(vals)
        result = super().write(vals)
        if "manager_id" in vals:
            self._check_manager()
            trusted(self)._hand_over()
        if "summary" in vals:
            trusted(self)._unsign()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if not (self.env.su or self.env.user.has_group("kpi_management.group_kpi_officer")):
            raise AccessError(self.env._("Only a KPI officer may take somebody out of a cycle."))
        # sudo: only whether there are any is asked.
        begun = self.env["kpi.review.feedback"].sudo()
        if self.filtered(lambda review: review.state != "open") or begun.search_count(
            [("review_id", "in", self.ids), ("state", "in", ("started", "done"))], limit=1
        ):
            raise UserError(self.env._("Somebody has begun to answer already: the review is kept."))

    def unlink(self):
        """Override: the rows of who is asked go with the review, and their activities with them."""
        self.check_access("unlink")
        as_system(self)._forget_activities()
        return super().unlink()

    def action_plan_meeting(self):
        """Plan the talk: an event of both where Calendar is installed, else a meeting activity for the other one."""
        self.ensure_one()
        title = self.env._("Talk: %s", self.display_name)
        return self._plan_meeting(title, self.user_id | self.manager_user_id)

    def _check_written(self, vals):
        """By hand nothing is written but the summary, and by officers who is the manager."""
        allowed = set(OWN_RULES)
        if all(review.is_manager or review.is_officer for review in self):
            allowed |= WRITTEN
        if all(review.is_officer for review in self):
            allowed |= OFFICER_WRITTEN
        # What the chatter and activities keep on the record themselves.
        own = {name for name in vals if name.startswith(("message_", "activity_"))}
        if forbidden := vals.keys() - allowed - own:
            raise AccessError(
                self.env._("Nobody writes %s of a review by hand: use its buttons.", ", ".join(sorted(forbidden)))
            )

    def _check_manager(self):
        if self.sudo().filtered(
            lambda review: (
                review.manager_id == review.employee_id or (review.user_id and review.manager_user_id == review.user_id)
            )
        ):
            raise UserError(self.env._("Nobody reviews himself: choose another manager."))

    def _check_not_closed(self):
        if is_trusted(self.env):
            return
        if closed := self.filtered(lambda review: review.state == "closed" or review.cycle_id.state == "closed"):
            raise UserError(self.env._("%s is closed and no longer changes.", closed[0].display_name))
