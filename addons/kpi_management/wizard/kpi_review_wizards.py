from odoo import api, fields, models

from ..models.kpi_review_cycle import RATER_SIDES, SIDE_NAMES


class KpiReviewReopen(models.TransientModel):
    """Asks why a cycle goes back a phase."""

    _name = "kpi.review.reopen"
    _description = "Reopen a Review Cycle"

    cycle_id = fields.Many2one("kpi.review.cycle", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True, help="Kept in the cycle's chatter.")

    def action_confirm(self):
        """Reopen the cycle with the reason given."""
        self.ensure_one()
        self.cycle_id.action_reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}


class KpiReviewWizard(models.AbstractModel):
    """What is asked about a review: of those who may read it."""

    _name = "kpi.review.wizard"
    _description = "Question about a Review"

    review_id = fields.Many2one("kpi.review", required=True, readonly=True, ondelete="cascade")

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        # Else the name, and by related fields more, of any review could be read through the wizard.
        wizards.review_id.with_env(self.env).check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.review_id.with_env(self.env).check_access("read")
        return result


class KpiReviewGrade(models.TransientModel):
    """Asks for another grade and why: in calibration a move, before it the manager's proposal."""

    _name = "kpi.review.grade"
    _description = "Another Grade"
    _inherit = ["kpi.review.wizard"]

    scale_id = fields.Many2one(related="review_id.cycle_id.scale_id")
    current_grade_id = fields.Many2one("kpi.grade", compute="_compute_current_grade_id", string="Grade now")
    grade_id = fields.Many2one(
        "kpi.grade", string="New grade", required=True, ondelete="cascade", domain="[('scale_id', '=', scale_id)]"
    )
    reason = fields.Text(required=True)

    @api.depends("review_id")
    def _compute_current_grade_id(self):
        for wizard in self:
            # No related field: it would hand out what is in the cache, to whoever may not read the review as well.
            wizard.current_grade_id = wizard.review_id._filtered_access("read").current_grade_id

    def action_confirm(self):
        """Propose the grade, or move the person to it."""
        self.ensure_one()
        review = self.review_id
        move = review.is_officer and review.state == "calibration"
        (review.action_move_grade if move else review.action_propose_grade)(self.grade_id.id, self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class KpiReviewSign(models.TransientModel):
    """The person's signature, with what she wants to add."""

    _name = "kpi.review.sign"
    _description = "Sign a Review"
    _inherit = ["kpi.review.wizard"]

    is_mine = fields.Boolean(related="review_id.is_mine", related_sudo=False)
    remark = fields.Text(help="Kept beside the signature, for whoever reads the review.")
    summary = fields.Html(related="review_id.summary", related_sudo=False, string="What was agreed")
    # What stood there when the dialog was opened: nobody signs what he has not seen.
    seen = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            wizard.seen = wizard.review_id._summary_mark()
        return wizards

    def action_confirm(self):
        """Sign the review."""
        self.ensure_one()
        self.review_id.action_sign(self.remark, self.seen)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class KpiReviewAsk(models.TransientModel):
    """Chooses who is asked about somebody."""

    _name = "kpi.review.ask"
    _description = "Ask for Feedback"
    _inherit = ["kpi.review.wizard", "hr.mixin"]

    company_id = fields.Many2one(related="review_id.company_id")
    cycle_id = fields.Many2one(related="review_id.cycle_id")
    anonymous = fields.Boolean(related="cycle_id.anonymous")
    min_raters = fields.Integer(related="cycle_id.min_raters")
    side = fields.Selection(
        [pair for pair in SIDE_NAMES if pair[0] in RATER_SIDES],
        string="As",
        required=True,
        default=lambda self: self._default_side(),
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        "kpi_review_ask_employee_rel",
        string="Whom to ask",
        domain="[('company_id', '=', company_id), ('user_id', '!=', False)]",
    )
    emails = fields.Text(string="Mail addresses", help="One on each line; they answer by a link, without a login.")

    @api.model
    def _default_side(self):
        review = self.env["kpi.review"].browse(self.env.context.get("default_review_id"))
        sides = review.cycle_id._sides() if review else []
        return next((side for side in RATER_SIDES if side in sides), "peer")

    def action_confirm(self):
        """Ask those chosen; whoever is asked already is not asked twice."""
        self.ensure_one()
        emails = [line.strip() for line in (self.emails or "").splitlines() if line.strip()]
        asked = self.review_id.action_ask(self.side, self.employee_ids.ids, emails if self.side == "external" else ())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if asked else "warning",
                "message": self.env._("%s people were asked.", asked),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
