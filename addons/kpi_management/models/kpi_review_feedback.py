import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guard import as_system, is_trusted
from .kpi_review_cycle import SIDE_NAMES

STATES = [("asked", "Asked"), ("started", "Started"), ("done", "Given"), ("declined", "Declined")]


class KpiReviewFeedback(models.Model):
    """Who is asked for an assessment, and how far that is.

    Where names are kept secret the row is read by the rater alone: not by managers, nor by officers. It is written as
    OdooBot, has no chatter, and what it says never gets a link to the answers that are shown.
    """

    _name = "kpi.review.feedback"
    _description = "Assessment Asked For"
    _inherit = ["mail.activity.mixin"]
    _order = "due_date, id"

    review_id = fields.Many2one("kpi.review", required=True, readonly=True, index=True, ondelete="cascade")
    cycle_id = fields.Many2one(related="review_id.cycle_id", store=True, index=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True)
    # Of the review, which the raters themselves may not read.
    employee_id = fields.Many2one(related="review_id.employee_id", store=True, index=True, string="About")
    reviewed_user_id = fields.Many2one(related="review_id.user_id", store=True, string="User reviewed")
    manager_user_id = fields.Many2one(related="review_id.manager_user_id", store=True)
    side = fields.Selection(SIDE_NAMES, required=True, readonly=True)
    rater_id = fields.Many2one("hr.employee", readonly=True, index="btree_not_null", ondelete="cascade")
    # As of the asking: whoever is given the rater's employee record later does not get the answers with it.
    user_id = fields.Many2one("res.users", readonly=True, index="btree_not_null", ondelete="set null")
    rater_name = fields.Char(readonly=True)
    rater_email = fields.Char(readonly=True)
    access_token = fields.Char(readonly=True, copy=False, groups=".")
    anonymous = fields.Boolean(readonly=True, help="Nobody learns who said what, nor whether this person answered.")
    promise = fields.Char(compute="_compute_promise")
    state = fields.Selection(STATES, required=True, default="asked", readonly=True)
    due_date = fields.Date(compute="_compute_due_date", store=True, compute_sudo=True, string="Until")
    draft_ids = fields.One2many("kpi.review.draft", "feedback_id", string="Answers")
    is_open = fields.Boolean(compute="_compute_is_open", compute_sudo=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _unique_rater = models.UniqueIndex("(review_id, side, rater_id) WHERE rater_id IS NOT NULL")
    _unique_email = models.UniqueIndex("(review_id, side, lower(rater_email)) WHERE rater_id IS NULL")
    _unique_token = models.UniqueIndex("(access_token) WHERE access_token IS NOT NULL")

    @api.depends("cycle_id.self_date", "cycle_id.feedback_date", "cycle_id.manager_date")
    def _compute_due_date(self):
        for feedback in self:
            feedback.due_date = feedback.cycle_id._due_date(feedback.side)

    @api.depends("employee_id", "side")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["side"]._description_selection(self.env))
        for feedback in self:
            # sudo: of the employee only the name is shown.
            about = feedback.sudo().employee_id.name
            feedback.display_name = f"{about} · {names.get(feedback.side, '')}"

    @api.depends("anonymous", "side")
    @api.depends_context("lang")
    def _compute_promise(self):
        for feedback in self:
            least = feedback.sudo().cycle_id.min_raters
            if feedback.side in ("self", "manager"):
                feedback.promise = self.env._("Shown with your name, once both sides may be seen.")
            elif feedback.anonymous:
                feedback.promise = self.env._(
                    "Nobody learns what you wrote. It is shown without names, mixed with the answers of others, "
                    "and only if %s or more answer.",
                    least,
                )
            else:
                feedback.promise = self.env._("Shown with your name, once %s or more have answered.", least)

    @api.depends("state", "cycle_id.state", "review_id.state", "review_id.shown")
    def _compute_is_open(self):
        for feedback in self:
            feedback.is_open = feedback._is_open()

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for feedback in self:
            feedback.is_mine = bool(feedback.user_id) and feedback.user_id == self.env.user

    @api.model_create_multi
    def create(self, vals_list):
        if not is_trusted(self.env):
            raise AccessError(self.env._("People are asked from the review, or by launching the cycle."))
        for vals in vals_list:
            if not vals.get("rater_id"):
                vals["access_token"] = secrets.token_urlsafe(32)
        return super().create(vals_list)

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        if forbidden := {name for name in vals if name != "draft_ids" and not name.startswith("activity_")}:
            raise AccessError(self.env._("%s is filled in by the system.", ", ".join(sorted(forbidden))))
        self._check_mine()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_system(self):
        if not is_trusted(self.env):
            raise AccessError(self.env._("Whoever was asked stays asked, and may decline."))

    def action_fill(self):
        """Open one's answers: the questions of one's side, to be rated and written."""
        self.ensure_one()
        self._check_mine()
        if self._is_open():
            self._begin()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("kpi_management.view_kpi_review_feedback_form").id, "form")],
        }

    def action_submit(self):
        """Give one's answers. Until they are shown they may be taken back.

        :raises UserError: naming what is not rated yet, or because the phase is over
        """
        self._check_mine()
        self._take_turn()
        for feedback in self:
            feedback._check_open()
            feedback._begin()
            feedback._check_complete()
        as_system(self).write({"state": "done"})
        as_system(self)._forget_activities()
        for side, given in self.grouped("side").items():
            as_system(given).review_id._answered(side)

    def action_take_back(self):
        """Go on with answers that were given and are not shown yet."""
        self._check_mine()
        self._take_turn()
        given = self.filtered(lambda feedback: feedback.state == "done")
        for feedback in given:
            feedback._check_open()
            feedback._check_still_manager()
        as_system(given).write({"state": "started"})
        as_system(given).review_id._taken_back()

    def action_decline(self):
        """Say that one does not want, or is not able, to answer; nobody is told who said so."""
        self._check_mine()
        self._take_turn()
        for feedback in self:
            if feedback.side in ("self", "manager"):
                raise UserError(self.env._("Your own part of the review cannot be declined."))
            feedback._check_open()
        as_system(self).write({"state": "declined"})
        as_system(self).draft_ids.unlink()
        as_system(self)._forget_activities()
        for side, given in self.grouped("side").items():
            as_system(given).review_id._answered(side)

    # ---------------------------------------------------------------- the rater's answers

    def _begin(self):
        """Lay out the questions that the rater has not got yet."""
        self.ensure_one()
        mine = as_system(self)
        asked = mine.review_id.template_id._asked(mine.side)
        missing = asked - mine.draft_ids.template_line_id
        as_system(self.env["kpi.review.draft"]).create(
            [{"feedback_id": mine.id, "template_line_id": line.id} for line in missing]
        )
        if mine.state in ("asked", "declined"):
            mine.write({"state": "started"})
        self.invalidate_recordset(["draft_ids", "state"])

    def _check_complete(self):
        # sudo: the questions are the template's; whose answers they are was checked.
        rated = self.sudo().draft_ids.filtered(lambda draft: draft.kind == "competency")
        if missing := rated.filtered(lambda draft: not draft.rating):
            names = self._quoted(missing)
            raise UserError(self.env._("Rate %s before you give your answers.", names))
        if self.side in ("self", "manager") and (unsaid := rated.filtered(lambda draft: draft.rating == "0")):
            raise UserError(self.env._("%s: a rating from 1 to 5 is needed from you.", self._quoted(unsaid)))

    @api.model
    def _quoted(self, drafts):
        return ", ".join(f"“{draft.template_line_id.display_name}”" for draft in drafts)

    def _check_mine(self):
        """Only the rater acts for himself; outside raters by their link, which comes with the system's mark."""
        if is_trusted(self.env):
            return
        if any(feedback.user_id != self.env.user for feedback in self.sudo()):
            raise AccessError(self.env._("Only the person asked answers."))

    def _check_open(self):
        if not self._is_open():
            raise UserError(self.env._("This phase of the review is over: answers are no longer taken."))

    def _check_still_manager(self):
        # sudo: raters may not read the review; only who leads it now is asked.
        if self.side == "manager" and self.sudo().review_id.manager_id != self.sudo().rater_id:
            raise UserError(self.env._("Somebody else leads this review by now: what you gave stays."))

    def _is_open(self):
        """Whether answers are still taken: the cycle is in its assessments, and the side is not shown yet."""
        self.ensure_one()
        # sudo: raters may not read the review; only how far it is is asked.
        mine = self.sudo()
        return (
            mine.cycle_id.state == "running"
            and mine.review_id.state in ("open", "assessed")
            and not mine.review_id._is_shown(mine.side)
        )

    # ---------------------------------------------------------------- activities

    def _remember(self):
        """An activity for each rater with a login: on this row, so that nobody else sees it, nor when it goes."""
        kind = self.env.ref("kpi_management.activity_type_review", raise_if_not_found=False)
        if not kind:
            return
        model_id = self.env["ir.model"]._get_id(self._name)
        today = fields.Date.context_today(self)
        activities = as_system(self.env["mail.activity"]).with_context(mail_activity_quick_update=True)
        activities.create(
            [
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "res_model_id": model_id,
                    "res_id": feedback.id,
                    # Odoo would look each name up on its own
                    "res_name": feedback.display_name,
                    "user_id": feedback.user_id.id,
                    "summary": kind.with_context(lang=feedback.user_id.lang).name,
                    "date_deadline": feedback.due_date or fields.Date.add(today, days=14),
                }
                for feedback in self
                if feedback.user_id.active
            ]
        )

    def _forget_activities(self):
        """What is answered waits no more."""
        self.env["mail.activity"].with_context(active_test=False).search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """There is no chatter here, and so nothing to follow; activities ask for it."""
        return True

    def message_post_with_source(self, *args, **kwargs):
        """Nor is anything posted when somebody marks the activity as done."""
        return self.env["mail.message"]
