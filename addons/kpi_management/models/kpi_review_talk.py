import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty

from .guard import trusted

SIGNED = ("employee_signed_by", "employee_signed_on", "manager_signed_by", "manager_signed_on")


class KpiReview(models.Model):
    """The talk: what was agreed, and both signatures under it."""

    _inherit = "kpi.review"

    summary = fields.Html(help="What both agreed on in the talk. Changing it takes the signatures off.")
    employee_remark = fields.Text(readonly=True, copy=False, help="What the person adds when signing.")
    employee_signed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    employee_signed_on = fields.Datetime(readonly=True, copy=False)
    manager_signed_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    manager_signed_on = fields.Datetime(readonly=True, copy=False)
    can_sign = fields.Boolean(compute="_compute_can_sign")
    note_ids = fields.One2many("kpi.review.note", "review_id", string="My private notes")

    @api.depends("state", "user_id", "manager_user_id", "employee_signed_on", "manager_signed_on")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        for review in self:
            review.can_sign = review.state == "talk" and bool(review._signs_as())

    def action_sign(self, remark=None, seen=None):
        """Sign the summary, each for oneself.

        :param str remark: what the person reviewed adds; of the manager it is not taken
        :param str seen: the mark of the summary that was read (``_summary_mark``); None: whatever stands there
        :raises AccessError: for anybody but the person and the manager
        :raises UserError: before talks, without a summary, or when it is another one by now
        """
        self.ensure_one()
        self.check_access("read")
        # Not for somebody else, not even with the system's rights: a signature is a person's.
        if self.env.user not in (self.user_id, self.manager_user_id):
            raise AccessError(self.env._("Each signs for himself: the person reviewed and the manager."))
        if self.state != "talk":
            raise UserError(self.env._("Reviews are signed after the talk, as long as the cycle is open."))
        if is_html_empty(self.summary):
            raise UserError(self.env._("Write what was agreed before you sign."))
        if seen not in (None, self._summary_mark()):
            raise UserError(self.env._("What was agreed has changed in the meantime. Read it again, then sign."))
        role = self._signs_as()
        if not role:
            raise UserError(self.env._("You have signed already."))
        vals = {f"{role}_signed_by": self.env.uid, f"{role}_signed_on": fields.Datetime.now()}
        if role == "employee":
            vals["employee_remark"] = (remark or "").strip() or False
        trusted(self).write(vals)
        if self.employee_signed_on and self.manager_signed_on:
            trusted(self).write({"state": "signed"})

    def action_ask_sign(self):
        """Ask once more, and whether there is something to add, then sign."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": "kpi.review.sign",
            "res_id": self.env["kpi.review.sign"].create({"review_id": self.id}).id,
            "view_mode": "form",
            "target": "new",
        }

    def _summary_mark(self):
        """What tells one summary from another."""
        return hashlib.sha256(str(self.summary or "").encode()).hexdigest()

    def _signs_as(self):
        """What the user has still to sign as: employee, manager, or nothing."""
        if self.user_id == self.env.user:
            return "" if self.employee_signed_on else "employee"
        if self.manager_user_id == self.env.user:
            return "" if self.manager_signed_on else "manager"
        return ""

    def _unsign(self):
        """What was signed is not there any more."""
        self.filtered(lambda review: any(review[name] for name in SIGNED)).write(
            {**dict.fromkeys(SIGNED, False), "employee_remark": False}
        )
        self.filtered(lambda review: review.state == "signed").write({"state": "talk"})

    def _hand_over(self):
        """Another manager: what the former one began stays his own and unseen; the new one is asked."""
        self._unsign()
        Feedback = self.env["kpi.review.feedback"]
        old = Feedback.search([("review_id", "in", self.ids), ("side", "=", "manager"), ("state", "!=", "done")])
        old = old.filtered(lambda feedback: feedback.rater_id != feedback.review_id.manager_id)
        old.draft_ids.unlink()
        old._forget_activities()
        old.unlink()
        asked = Feedback.search([("review_id", "in", self.ids), ("side", "=", "manager")]).review_id
        waiting = (self - asked).filtered(lambda review: review.cycle_id.state == "running")
        waiting._ask_manager()

    def _ask_manager(self):
        rows = [
            review._prepare_feedback("manager", review.manager_id)
            for review in self
            if review.cycle_id.use_manager
            and review._can_answer(review.manager_id)
            and review.template_id._asked("manager")
        ]
        self.env["kpi.review.feedback"].create(rows)._remember()

    def _step_back(self, state):
        """The cycle goes back: to the talks (signatures stay), or to calibration, where nothing is final."""
        if state == "talk":
            signed = self.filtered(lambda review: review.employee_signed_on and review.manager_signed_on)
            signed.write({"state": "signed"})
            (self - signed).write({"state": "talk"})
        else:
            self._unsign()
            self.write({"state": state, "final_grade_id": False})


class KpiReviewNote(models.Model):
    """A private note: read by its author alone. Not by officers either; only by whoever may open the database."""

    _name = "kpi.review.note"
    _description = "Private Note"
    _order = "id desc"
    # Not its words: names of records are shown wherever something points at them.
    _rec_name = "review_id"

    review_id = fields.Many2one("kpi.review", required=True, index=True, ondelete="cascade")
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade", default=lambda self: self.env.user
    )
    text = fields.Text(required=True)

    @api.model_create_multi
    def create(self, vals_list):
        notes = super().create([{**vals, "author_id": self.env.uid} for vals in vals_list])
        # Who may not see a review has nothing to note about it.
        notes.review_id.with_env(self.env).check_access("read")
        return notes

    def write(self, vals):
        if vals.keys() & {"author_id", "review_id"}:
            raise AccessError(self.env._("A private note stays with its author and its review."))
        return super().write(vals)
