from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

ACTIVITY = "kpi_management.mail_activity_objective"


class KpiObjective(models.Model):
    """Who has to act on a proposed objective, and how they are told."""

    _inherit = "kpi.objective"

    is_mine = fields.Boolean(compute="_compute_is_mine", help="Whether the user is its owner.")

    agreement_text = fields.Char(string="Where it stands", compute="_compute_agreement_text", compute_sudo=True)

    @api.depends("owner_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for objective in self:
            objective.is_mine = objective.sudo().owner_id.user_id == self.env.user  # sudo: only whose login it is

    @api.depends("state", "waiting_for", "proposed_by_id", "answered_by_id", "approval_ids.state", "counter_ids.state")
    @api.depends_context("lang", "tz")
    def _compute_agreement_text(self):
        for objective in self:
            objective.agreement_text = objective._agreement_text()

    def _agreement_text(self):
        """For whom it waits, or who agreed when; nothing where neither is to be said."""
        if self.state == "proposed":
            if self._open_counters():
                return self.env._("Other targets are on offer. It waits for %s.", self._waiting_names())
            return self.env._("It waits for %s.", self._waiting_names())
        if not self.agreed_date:
            return False
        return self.env._(
            "Proposed by %(proposer)s on %(proposed)s, accepted by %(answerable)s on %(answered)s.",
            proposer=self.proposed_by_id.name,
            proposed=self._tell_day(self.proposed_date),
            answerable=self.answered_by_id.name,
            answered=self._tell_day(self.answered_date),
        )

    def _tell_day(self, moment):
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment).date())

    def _is_my_side(self):
        """Whether the user stands on the side that a proposed objective waits for."""
        self.ensure_one()
        objective = self.sudo()  # sudo: a plain user may not read whom an employee leads
        user = self.env.user
        if objective.state != "proposed" or not objective.waiting_for:
            return False
        owner = objective._owner_user()
        if objective.waiting_for == "proposer":
            is_other = user in (objective.answered_by_id, owner)
            return user == objective.proposed_by_id or (not is_other and self._is_officer())
        if user == objective.proposed_by_id:
            return False
        if owner and owner != objective.proposed_by_id:
            return user == owner
        return self._is_officer() or user in objective._superior_users()

    def _owner_user(self):
        return self.owner_id.user_id.filtered("active")

    def _superior_users(self):
        """The users above the owner and the department, the nearest first."""
        leaders, chief = self.env["hr.employee"], self.owner_id.parent_id
        while chief and chief not in leaders:
            leaders |= chief
            chief = chief.parent_id
        department = self.department_id
        while department:
            leaders |= department.manager_id
            department = department.parent_id
        return leaders.user_id.filtered("active")

    def _my_reviews(self):
        """The user's own reviews that are not answered yet (sudo: they are his)."""
        if self.state != "proposed":
            return self.env["kpi.objective.approval"]
        return self.sudo().approval_ids.filtered(
            lambda review: review.user_id == self.env.user and review.state == "pending"
        )

    def _users_to_act(self):
        """Whom a proposed objective waits for (sudo: only to tell them)."""
        objective = self.sudo()
        users = objective.approval_ids.filtered(lambda review: review.state == "pending").user_id
        if objective.waiting_for == "proposer":
            users |= objective.proposed_by_id
        elif objective.waiting_for:
            owner = objective._owner_user() - objective.proposed_by_id
            above = (objective._superior_users() | objective.company_id.kpi_objective_reviewer_id).filtered("active")
            users |= owner or (above - objective.proposed_by_id)[:1]
        return users

    def _waiting_names(self):
        names = ", ".join(self._users_to_act().mapped("name"))
        return names or self.env._("a KPI officer other than the one who proposed it")

    # ---------------------------------------------------------------- what is said

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        return reason.strip()

    def _say(self, text):
        # sudo: whoever takes part may read the objective, which is enough to talk about it
        body = Markup("<br/>").join(text.splitlines())
        self.sudo().message_post(body=body, author_id=self.env.user.partner_id.id)

    def _tell(self):
        """An activity for each person it waits for who has none yet."""
        kind = self.env.ref(ACTIVITY)
        objectives = self.sudo()
        asked = objectives.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        told = {(activity.res_id, activity.user_id) for activity in asked}
        self.env["mail.activity"].sudo().create(  # sudo: the reviewers need not be within reach of who proposes
            [
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": objective.id,
                    "user_id": user.id,
                    "summary": self.env._("Accept or answer"),
                    "date_deadline": fields.Date.add(objective.company_id._kpi_today(), days=7),
                }
                for objective in objectives
                for user in objective._users_to_act()
                if (objective.id, user) not in told
            ]
        )

    def _close_my_activities(self):
        self.sudo().activity_feedback([ACTIVITY], user_id=self.env.uid)
