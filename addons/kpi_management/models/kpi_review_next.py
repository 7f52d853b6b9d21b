from odoo import api, fields, models
from odoo.tools import format_date, is_html_empty

ASKED = ("asked", "started")


class KpiReview(models.Model):
    """What comes next in a review, in the words of whoever looks at it."""

    _inherit = "kpi.review"

    next_step = fields.Char(compute="_compute_next_step", string="What comes next")
    is_late = fields.Boolean(compute="_compute_next_step", help="The day of the next step is past.")

    @api.depends("state", "summary", "employee_signed_on", "manager_signed_on")
    @api.depends_context("uid", "lang")
    def _compute_next_step(self):
        owed = self._owed_sides()
        today = fields.Date.context_today(self)
        steps = {
            "open": lambda review: review._step_open(owed.get(review.id, ())),
            "assessed": KpiReview._step_assessed,
            "calibration": KpiReview._step_calibration,
            "talk": KpiReview._step_talk,
            "signed": lambda review: (self.env._("Both have signed. The review is complete."), False),
        }
        for review in self:
            text, day = steps[review.state](review) if review.state in steps else (False, False)
            review.is_late = bool(day) and day < today
            review.next_step = review._until(text, day)

    def _owed_sides(self):
        """{review id: sides of self and manager that are still owed}"""
        # sudo: whether the person and the manager have answered is known to both.
        rows = (
            self.env["kpi.review.feedback"]
            .sudo()
            ._read_group(
                [("review_id", "in", self.ids), ("side", "in", ("self", "manager")), ("state", "in", ASKED)],
                ["review_id"],
                ["side:array_agg"],
            )
        )
        return {review.id: sides for review, sides in rows}

    def _until(self, text, day):
        if not text or not day:
            return text
        day = format_date(self.env, day)
        if self.is_late:
            return self.env._("%(step)s It was due on %(date)s.", step=text, date=day)
        return self.env._("%(step)s Due on %(date)s.", step=text, date=day)

    def _step_open(self, owed):
        """What is to be done, and by when, while the sides write."""
        cycle = self.cycle_id
        # sudo: of the two only the names are shown.
        person, manager = self.sudo().employee_id.name, self.sudo().manager_id.name
        if self.is_mine and "self" in owed:
            return self.env._("Write your self-assessment."), cycle.self_date
        if self.is_manager and "manager" in owed:
            return self.env._("Write your assessment of %s.", person), cycle.manager_date
        if "self" in owed:
            return self.env._("%s writes the self-assessment.", person), cycle.self_date
        if "manager" in owed:
            return self.env._("%s writes the manager's assessment.", manager), cycle.manager_date
        if any(side not in ("self", "manager") for side in cycle._sides()):
            return self.env._("Others are asked for feedback."), cycle.feedback_date
        return self.env._("The assessments of the others are awaited; then calibration begins."), False

    def _step_assessed(self):
        return self.env._("Both assessments are in. Calibration comes next."), self.cycle_id.calibration_date

    def _step_calibration(self):
        day = self.cycle_id.calibration_date
        if self.is_mine:
            return self.env._("The grades are being compared with each other; yours is shown after that."), day
        return self.env._("The grades are being calibrated."), day

    def _step_talk(self):
        """The talk first, then both signatures."""
        day = self.cycle_id.talk_date
        person, manager = self.sudo().employee_id.name, self.sudo().manager_id.name
        if is_html_empty(self.summary):
            if self.is_manager:
                return self.env._("Talk with %s and write below what you agreed on.", person), day
            return self.env._("The talk comes next; %s writes down what is agreed.", manager or "…"), day
        if self.can_sign:
            return self.env._("Read what was agreed, and sign."), day
        if not self.employee_signed_on:
            return self.env._("%s has not signed yet.", person), day
        return self.env._("%s has not signed yet.", manager or "…"), day
