from odoo import api, fields, models

from .kpi_rating_level import RATING_VALUES
from .kpi_review_cycle import RATER_SIDES


class KpiReviewDraft(models.Model):
    """What a rater sees beside a question: what it means, and what somebody at each level does."""

    _inherit = "kpi.review.draft"

    description = fields.Text(related="template_line_id.competency_id.description")
    levels = fields.Json(
        compute="_compute_levels",
        compute_sudo=True,
        help="The choices: [{rating, name, behaviour}], from 1 to 5, then “Cannot say” for those who may.",
    )

    @api.depends("template_line_id.competency_id.anchor_ids.description", "feedback_id.side")
    @api.depends_context("lang")
    def _compute_levels(self):
        companies = self.feedback_id.company_id
        names = {company: self.env["kpi.rating.level"]._names(company) for company in companies}
        for draft in self:
            anchors = draft.template_line_id.competency_id.anchor_ids
            behaviour = {anchor.rating: anchor.description for anchor in anchors}
            levels = [
                {
                    "rating": rating,
                    "name": names[draft.feedback_id.company_id][rating],
                    "behaviour": behaviour.get(rating, ""),
                }
                for rating in RATING_VALUES
            ]
            if draft.feedback_id.side in RATER_SIDES:
                levels.append({"rating": "0", "name": self.env._("Cannot say"), "behaviour": ""})
            draft.levels = levels if draft.kind == "competency" else []
