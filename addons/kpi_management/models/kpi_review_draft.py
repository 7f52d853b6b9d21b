from odoo import api, fields, models
from odoo.exceptions import AccessError

from .guard import is_trusted
from .kpi_rating_level import RATINGS

CANNOT_SAY = ("0", "Cannot say")


class KpiReviewDraft(models.Model):
    """What a rater writes, until it is shown: read by the rater alone, and deleted when it becomes an answer."""

    _name = "kpi.review.draft"
    _description = "Answer Being Written"
    _order = "sequence, template_line_id, id"
    _rec_name = "template_line_id"

    feedback_id = fields.Many2one("kpi.review.feedback", required=True, readonly=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(related="feedback_id.user_id", store=True, index="btree_not_null")
    template_line_id = fields.Many2one(
        "kpi.review.template.line", string="Question", required=True, readonly=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="template_line_id.sequence", store=True)
    kind = fields.Selection(related="template_line_id.kind")
    rating = fields.Selection([*RATINGS, CANNOT_SAY])
    text = fields.Text(string="Words")

    _unique_question = models.UniqueIndex("(feedback_id, template_line_id)")

    @api.model_create_multi
    def create(self, vals_list):
        if not is_trusted(self.env):
            raise AccessError(self.env._("The questions are those of the review's template."))
        return super().create(vals_list)

    def write(self, vals):
        if not is_trusted(self.env):
            if forbidden := vals.keys() - {"rating", "text"}:
                raise AccessError(self.env._("%s is filled in by the system.", ", ".join(sorted(forbidden))))
            self.feedback_id._check_mine()
            for feedback in self.feedback_id:
                feedback._check_open()
            self._check_not_given()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_system(self):
        if not is_trusted(self.env):
            raise AccessError(self.env._("The questions are those of the review's template."))

    def _check_not_given(self):
        if any(feedback.state == "done" for feedback in self.feedback_id):
            raise AccessError(self.env._("Your answers are given. Take them back to change them."))
