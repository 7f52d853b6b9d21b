"""A plan that pays by reviews: the calibrated result of the company's review cycle, once that is closed."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    score_source = fields.Selection(
        [("scorecard", "Scorecard"), ("review", "Review")],
        string="By the result of",
        required=True,
        default="scorecard",
        tracking=True,
        help="Review: the final result of the person's review in the company's cycle of the same period, e.g. the "
        "review of the year for a plan paid per year. It pays once the cycle is closed. Where calibration gave another "
        "grade than the computed one, the score moves into the band of that grade, no further than needed. Cycles that "
        "managers make for their own team do not pay.",
    )

    _review_whole = models.Constraint(
        "CHECK(score_source != 'review' OR apply_on = 'score')",
        "A review has one result for everything: a plan paid by reviews cannot pay by one KPI, nor by a rate.",
    )

    @api.onchange("score_source", "basis")
    def _onchange_score_source(self):
        if self.basis == "rate":
            self.score_source = "scorecard"
        elif self.score_source == "review":
            self.apply_on = "score"

    # ------------------------------------------------------------ gather

    def _reviews(self, period, employee_ids):
        """The reviews that this plan pays by; one query, however many people.

        :return: {employee id: ``kpi.review``}, closed or still under way; nothing for a plan by scorecards
        """
        if self.score_source != "review":
            return {}
        # sudo: whoever computes bonuses need not read reviews; only the result is used.
        Review = self.env["kpi.review"].sudo()
        domain = self._review_domain(period) & Domain("employee_id", "in", employee_ids)
        names = ["employee_id", "cycle_id", "state", "score", "has_score", "grade_id", "final_grade_id"]
        reviews = Review.search_fetch(domain, names, order="cycle_id, id")
        # Of several cycles of a period a closed one counts before one that is not, and the later one before others.
        in_order = reviews.sorted(lambda review: (review._is_closed(), review.cycle_id.id))
        return {review.employee_id.id: review for review in in_order}

    def _review_domain(self, period):
        """Reviews of the company's own cycles for the period; what a manager does in a cycle of his own pays nobody."""
        return Domain("cycle_id", "any", list(self._review_cycle_domain() & Domain("period_id", "=", period.id)))

    def _review_cycle_domain(self):
        return Domain("company_id", "=", self.company_id.id) & Domain("leader_id", "=", False)

    # ------------------------------------------------------------ compute

    def _counted_attainment(self, facts, employee_id):
        """Override: of a plan by reviews, (review, its final score); None as long as there is no closed one."""
        if self.score_source != "review":
            return super()._counted_attainment(facts, employee_id)
        review = facts.reviews.get(employee_id)
        return (review, review._counted_score()) if review and review._is_closed() else None

    def _missing_kind(self, facts, employee_id):
        """Override: whether the review is missing, or not closed yet."""
        if self.score_source != "review":
            return super()._missing_kind(facts, employee_id)
        return "unclosed" if employee_id in facts.reviews else "no_review"

    def _told_lines(self, facts, employee_id):
        """Override: of the scorecard, what the gates look at; the score comes from the review."""
        lines = super()._told_lines(facts, employee_id)
        if self.score_source != "review":
            return lines
        return [line for line in lines if line.definition_id in self.gate_ids.definition_id]

    def _prepare_statement_vals(self, period, employee_id, facts, inputs):
        """Extend: the statement keeps which review it pays by."""
        vals = super()._prepare_statement_vals(period, employee_id, facts, inputs)
        review = facts.reviews.get(employee_id)
        return {**vals, "review_id": review.id if review else False}

    def _prepare_explanation(self, employee_id, facts, result):
        """Extend: from the review's score and grades to the score that counts."""
        told = super()._prepare_explanation(employee_id, facts, result)
        review = facts.reviews.get(employee_id)
        return {**told, "review": review._prepare_bonus_explanation()} if review else told

    # ------------------------------------------------------------ words

    def _counted_text(self):
        """Override: say which review, and how calibration counts."""
        if self.score_source != "review":
            return super()._counted_text()
        return self.env._(
            "The final result of the person's review in the company's cycle of the same period, once it is closed. Where "
            "calibration gave another grade than the computed one, the score moves into the band of that grade, no "
            "further than needed."
        )

    @api.depends("score_source")
    def _compute_basis_summary(self):
        """Extend: say that the review decides."""
        result = super()._compute_basis_summary()
        for plan in self.filtered(lambda plan: plan.score_source == "review"):
            plan.basis_summary += " " + self.env._("What counts is the result of the review, once its cycle is closed.")
        return result

    @api.depends("score_source")
    def _compute_overlap_text(self):
        return super()._compute_overlap_text()

    def _same_kind_domain(self):
        """Extend: by scorecards and by reviews is not the same twice."""
        return super()._same_kind_domain() & Domain("score_source", "=", self.score_source)

    # ------------------------------------------------------------ before it is published

    def action_what_if(self):
        """Extend: nobody can work out a review before it is held."""
        if self.score_source == "review":
            raise UserError(
                self.env._("%s pays by closed reviews: see under Cost what it would have paid.", self.display_name)
            )
        return super().action_what_if()

    def _cost_periods(self):
        """Override: the periods whose reviews are closed."""
        if self.score_source != "review":
            return super()._cost_periods()
        # sudo: see _reviews.
        cycles = (
            self.env["kpi.review.cycle"].sudo().search(self._review_cycle_domain() & Domain("state", "=", "closed"))
        )
        periods = cycles.period_id.filtered(lambda period: period.period_type == self.period_type)
        return periods.sorted("date_start", reverse=True)
