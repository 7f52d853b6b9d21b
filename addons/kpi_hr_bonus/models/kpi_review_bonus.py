"""What a review is worth for a bonus, and that it stays as it was paid by."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.kpi_management.engine import number_text, to_decimal

from ..engine import score_in_band
from .kpi_bonus_statement import LIVE_STATES


class KpiReview(models.Model):
    _inherit = "kpi.review"

    def _is_closed(self):
        """Whether nothing about this review changes any more."""
        self.ensure_one()
        return self.state == "closed" and self.cycle_id.state == "closed"

    def _counted_score(self):
        """The score a bonus counts with: in the band of the final grade, also where calibration changed that.

        :return: Decimal percent; None when there is neither a score nor a grade that was given
        """
        self.ensure_one()
        own = to_decimal(self.score) if self.has_score else None
        band = self._moved_band()
        return score_in_band(own, *band) if band else own

    def _moved_band(self):
        """Where the final grade begins and the next better one does (None: none); empty where it is the computed one."""
        grade = self.final_grade_id
        if not grade or grade == self.grade_id:
            return ()
        better = [other.min_score for other in grade.scale_id.grade_ids if other.min_score > grade.min_score]
        return to_decimal(grade.min_score), to_decimal(min(better, default=None))

    def _prepare_bonus_explanation(self):
        """What a statement tells of this review; numbers as text, so that they stay exact.

        Nothing of who said what, nor of who changed the grade: whoever may read those opens the review.
        """
        return {
            "review_id": self.id,
            "cycle": self.cycle_id.name,
            "score": number_text(to_decimal(self.score)) if self.has_score else None,
            "grade_id": self.grade_id.id,
            "grade": self.grade_id.name,
            "final_grade_id": self.final_grade_id.id,
            "final_grade": self.final_grade_id.name,
            "band": [number_text(edge) for edge in self._moved_band()],
        }


class KpiReviewCycle(models.Model):
    _inherit = "kpi.review.cycle"

    def _check_reopen(self):
        """Override of kpi_management: results that a bonus was shown, approved or paid by stay closed."""
        result = super()._check_reopen()
        # sudo: a KPI officer need not see statements to be stopped by them.
        statement = (
            self.env["kpi.bonus.statement"]
            .sudo()
            .search([("review_id.cycle_id", "in", self.ids), ("state", "in", LIVE_STATES)], limit=1)
        )
        if statement:
            raise UserError(
                self.env._(
                    "%(cycle)s cannot be reopened: bonuses of %(plan)s for %(period)s were submitted, approved or paid "
                    "by its results. Those only submitted can be taken back to draft first.",
                    cycle=statement.review_id.cycle_id.name,
                    plan=statement.plan_id.display_name,
                    period=statement.period_id.name,
                )
            )
        return result
