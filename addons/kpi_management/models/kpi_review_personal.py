from odoo import api, models


class KpiReviewFeedback(models.Model):
    """Who was asked is nothing the person reviewed gets to know."""

    _inherit = "kpi.review.feedback"

    @api.model
    def _kpi_personal_fields(self):
        return []

    @api.model
    def _kpi_personal_texts(self):
        return ["rater_name", "rater_email"]


class KpiReviewDraft(models.Model):
    """What somebody still writes is his own."""

    _inherit = "kpi.review.draft"

    @api.model
    def _kpi_personal_fields(self):
        return []


class KpiPersonalData(models.AbstractModel):
    _inherit = "kpi.personal.data"

    @api.model
    def _records_linked(self, employee, found):
        """Override: answers name their rater, where that was agreed, by the name alone."""
        linked = super()._records_linked(employee, found)
        rated = self.env["kpi.review.feedback"].search([("rater_id", "=", employee.id)]).review_id
        rated |= self.env["kpi.review"].search([("manager_id", "=", employee.id)])
        answers = self.env["kpi.review.answer"].search([("review_id", "in", rated.ids)])
        answers |= linked.get("kpi.review.answer", answers)
        if answers:
            linked["kpi.review.answer"] = answers
        return linked


class KpiReviewAnswer(models.Model):
    """Of the answers about a person the words and the names go; the ratings stay."""

    _inherit = "kpi.review.answer"

    @api.model
    def _kpi_personal_texts(self):
        return ["text", "rater_name"]
