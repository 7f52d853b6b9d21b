"""A statement paid by a review: opened with the reader's own rights, and no longer submitted than the review holds."""

from odoo import fields, models
from odoo.exceptions import UserError

#: What must still be as the statement tells it.
RESULT = ("score", "grade_id", "final_grade_id", "band")


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"  # pylint: disable=consider-merging-classes-inherited

    review_id = fields.Many2one(
        "kpi.review", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", help="What it pays by."
    )

    def action_submit(self):
        """Extend: not by a review that was opened again, or closed with another result."""
        # sudo: whoever submits need not read reviews; only whether it changed is told.
        drafts = self.sudo().filtered(lambda statement: statement.state == "draft" and statement.review_id)
        now = drafts._reviews_now()
        for statement in drafts:
            review, told = statement.review_id, statement.explanation["review"]
            if not review._is_closed() or any(now[review][name] != told[name] for name in RESULT):
                raise UserError(
                    self.env._(
                        "The review behind %s was opened again. Once its cycle is closed, compute the plan anew.",
                        statement.display_name,
                    )
                )
        return super().action_submit()

    def _reviews_now(self):
        """{review: what a statement would tell of it now}, read for all of them at once"""
        # A prefetch of their own: one by one, each would be read alone.
        reviews = self.review_id.with_prefetch()
        return {review: review._prepare_bonus_explanation() for review in reviews}

    def action_open_review(self):
        """Open the review that this statement pays by, under the viewer's own rights."""
        self.ensure_one()
        self.check_access("read")
        review = self.sudo().review_id.sudo(False)
        review.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "kpi.review",
            "res_id": review.id,
            "views": [(False, "form")],
        }


class KpiBonusExplanation(models.AbstractModel):
    _inherit = "kpi.bonus.explanation"

    def _prepare_values(self, statement):
        """Extend: the review that takes the scorecard's place."""
        return {**super()._prepare_values(statement), "review": self._prepare_review(statement)}

    def _prepare_review(self, statement):
        """From the review's own score to the one that counts, as the template shows it; None: by scorecard."""
        told = statement.explanation.get("review")
        if not told:
            return None
        band = self._band_text(told)
        return {
            "cycle": told["cycle"],
            "score": self._number(told["score"]),
            "grade": self._grade_name(told, "grade"),
            "final_grade": self._grade_name(told, "final_grade"),
            "moved_text": band and self.env._("moved into the band of the final grade: %s", band),
            "counted": self._number(statement.explanation["payout"]["score"]),
            # Both under the rights of whoever looks: the system itself, e.g. a mail, shows neither.
            "opens": not self.env.su and self.env["kpi.review"].browse(told["review_id"]).has_access("read"),
            "moves": [] if self.env.su else self._prepare_moves(told),
        }

    def _grade_name(self, told, name):
        # sudo: the grade's name in the reader's language; renamed or not, it is the same grade.
        grade = self.env["kpi.grade"].sudo().browse(told[f"{name}_id"] or ()).exists()
        return grade.name or told[name] or ""

    def _band_text(self, told):
        """Where the grade that counts begins and ends; empty when the score did not move."""
        if not told["band"]:
            return ""
        start, end = map(self._number, told["band"])
        if end is None:
            return self.env._("from %s %% on", start)
        return self.env._("from %(start)s %% to below %(end)s %%", start=start, end=end)

    def _prepare_moves(self, told):
        """Who changed the grade and why, for those who may read that."""
        moves = self.env["kpi.review.move"].search([("review_id", "=", told["review_id"])], order="id")
        return [
            self.env._(
                "%(grade)s: %(author)s, “%(reason)s”",
                # sudo: names only, of a move the reader may read.
                grade=move.sudo().to_grade_id.name,
                author=move.sudo().user_id.name,
                reason=move.reason,
            )
            for move in moves
        ]

    def _basis_sentence(self, statement, told):
        """Extend: the score is that of the review."""
        sentence = super()._basis_sentence(statement, told)
        review = told.get("review")
        if not review:
            return sentence
        if not review["band"]:
            return self.env._("Paid by %s.", review["cycle"]) + " " + sentence
        return (
            self.env._(
                "Paid by %(cycle)s: its final grade is %(grade)s (%(band)s).",
                cycle=review["cycle"],
                grade=self._grade_name(review, "final_grade"),
                band=self._band_text(review),
            )
            + " "
            + sentence
        )
