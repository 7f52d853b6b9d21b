from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guard import hold, trusted

KINDS = [("proposal", "Proposal"), ("calibration", "Calibration")]


class KpiReviewMove(models.Model):
    """A grade other than the computed one: proposed by the manager, or set in calibration. Kept, never changed.

    The person reviewed does not read them: what is final stands on the review when talks begin.
    """

    _name = "kpi.review.move"
    _description = "Change of Grade"
    _inherit = ["kpi.kept.mixin"]
    _order = "id desc"
    _rec_name = "to_grade_id"

    review_id = fields.Many2one("kpi.review", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", store=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    from_grade_id = fields.Many2one("kpi.grade", string="From", readonly=True, ondelete="restrict")
    to_grade_id = fields.Many2one("kpi.grade", string="To", required=True, readonly=True, ondelete="restrict")
    reason = fields.Text(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime(required=True, readonly=True)

    @api.model
    def _kept_text(self):
        """Override of the mixin."""
        return self.env._("Changes of grades are made on the review, and kept as they are.")


class KpiReview(models.Model):
    _inherit = "kpi.review"

    move_ids = fields.One2many("kpi.review.move", "review_id", string="Changes of grade", readonly=True)
    proposed_grade_id = fields.Many2one("kpi.grade", compute="_compute_moves")
    proposed_reason = fields.Text(compute="_compute_moves")
    calibrated_grade_id = fields.Many2one("kpi.grade", compute="_compute_moves")
    current_grade_id = fields.Many2one(
        "kpi.grade",
        compute="_compute_moves",
        string="Grade",
        help="The calibrated grade, or else the one proposed, or else the one computed.",
    )
    final_grade_id = fields.Many2one(
        "kpi.grade",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Fixed when calibration ends.",
    )

    @api.depends("grade_id", "final_grade_id", "move_ids")
    @api.depends_context("uid")
    def _compute_moves(self):
        """From the moves that the user may read: the person reviewed gets none."""
        moves = self.env["kpi.review.move"].search([("review_id", "in", self.ids)], order="id")
        last = {(move.review_id.id, move.kind): move for move in moves}
        for review in self:
            proposed = last.get((review.id, "proposal"), moves.browse())
            calibrated = last.get((review.id, "calibration"), moves.browse())
            review.proposed_grade_id = proposed.to_grade_id
            review.proposed_reason = proposed.reason
            review.calibrated_grade_id = calibrated.to_grade_id
            review.current_grade_id = (
                review.final_grade_id or calibrated.to_grade_id or proposed.to_grade_id or review.grade_id
            )

    def action_propose_grade(self, grade_id, reason):
        """The manager proposes another grade than the computed one.

        :param int grade_id: a grade of the cycle's scale
        :param str reason: why
        :raises AccessError: for anybody but the manager of the review
        :raises UserError: without a reason, for a foreign grade, or when calibration is over
        """
        self.ensure_one()
        self.check_access("write")
        if not self.is_manager:
            raise AccessError(self.env._("Only the manager of this review proposes a grade."))
        if self.state not in ("open", "assessed", "calibration"):
            raise UserError(self.env._("The grades are final: propose another one before calibration ends."))
        # Neither while calibration ends.
        hold(self)
        self._move("proposal", grade_id, reason)

    def action_move_grade(self, grade_id, reason, from_grade_id=None):
        """Set the grade in calibration; moving back is another move.

        :param int grade_id: a grade of the cycle's scale
        :param str reason: why
        :param from_grade_id: the grade as the user saw it, False for none; None: whatever it is
        :raises AccessError: for anybody but a KPI officer, and for one's own review
        :raises UserError: without a reason, for a foreign grade, outside calibration, or when somebody else moved the
            person in the meantime
        """
        self.ensure_one()
        self.check_access("write")
        # Of two who move the same person at once, the second is to see what the first did.
        hold(self)
        if not self.is_officer:
            raise AccessError(self.env._("Only a KPI officer calibrates grades, and nobody his own."))
        if self.state != "calibration":
            raise UserError(self.env._("Grades are moved while the cycle is in calibration."))
        if from_grade_id is not None and from_grade_id != self.current_grade_id.id:
            raise UserError(
                self.env._(
                    "Somebody else gave %(person)s the grade %(grade)s in the meantime. Nothing was changed: look again.",
                    person=self.sudo().employee_id.name,
                    grade=self.current_grade_id.name,
                )
            )
        self._move("calibration", grade_id, reason)

    def action_ask_grade(self):
        """Ask for another grade and the reason: a proposal of the manager, or a move in calibration."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Another grade for %s", self.sudo().employee_id.name),
            "res_model": "kpi.review.grade",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    def _move(self, kind, grade_id, reason):
        grade = self.env["kpi.grade"].browse(grade_id).exists()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this grade fits better."))
        if grade.scale_id != self.cycle_id.scale_id:
            raise UserError(self.env._("Choose a grade of %s.", self.cycle_id.scale_id.name))
        if grade == self.current_grade_id:
            raise UserError(self.env._("%s has this grade already.", self.sudo().employee_id.name))
        vals = {
            "review_id": self.id,
            "kind": kind,
            "from_grade_id": self.current_grade_id.id,
            "to_grade_id": grade.id,
            "reason": reason.strip(),
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
        }
        # trusted: who may move was checked by the caller.
        trusted(self.env["kpi.review.move"]).create(vals)
        self.invalidate_recordset(["move_ids", "proposed_grade_id", "proposed_reason"])
        self.invalidate_recordset(["calibrated_grade_id", "current_grade_id"])

    def _fix_grades(self):
        """Calibration is over: what stands now is final."""
        for review in self:
            review.final_grade_id = review.current_grade_id
