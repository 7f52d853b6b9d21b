from odoo import models

from .guard import as_system, hold


class KpiReviewFeedback(models.Model):
    """One after the other: nobody answers for a side while another does, or while the side is shown."""

    _inherit = "kpi.review.feedback"

    def _take_turn(self):
        """Let whoever answers for the same sides at the same moment go second, with what is there by then.

        Else the last two would each wait for the other, and a side would stay unseen although it is complete. Self and
        manager count as one side. All rows of a side get the same date, so it does not tell either who moved last.
        """
        mine = as_system(self)
        sides = {"self", "manager"} if mine.filtered(lambda row: row.side in ("self", "manager")) else set()
        mine._of_sides(mine.review_id, sides.union(mine.mapped("side")))._hold()

    def _of_sides(self, reviews, sides):
        return self.search([("review_id", "in", reviews.ids), ("side", "in", list(sides))], order="id")

    def _hold(self):
        """Rows that change while this goes on let it fail, and be tried again."""
        self.flush_recordset()
        hold(self)
        self.invalidate_recordset(["write_date"], flush=False)


class KpiReview(models.Model):
    _inherit = "kpi.review"

    def _hold_answers(self):
        """Nobody answers while these reviews leave their assessments: what comes late is refused, not lost."""
        as_system(self.env["kpi.review.feedback"]).search([("review_id", "in", self.ids)], order="id")._hold()
