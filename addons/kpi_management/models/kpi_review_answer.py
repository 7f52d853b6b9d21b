from collections import Counter, defaultdict
from secrets import SystemRandom

from odoo import SUPERUSER_ID, api, fields, models

from .guard import as_system
from .kpi_rating_level import RATINGS
from .kpi_review_cycle import RATER_SIDES, SIDE_NAMES

STAMP = ("create_uid", "write_uid", "create_date", "write_date")


class KpiReviewAnswer(models.Model):
    """What a side said, once it may be seen.

    Where names are kept secret nothing leads from an answer to its rater, nor from one answer of a rater to another:
    all answers of a side are mixed, written in one go as OdooBot with one time stamp, and what they came from is
    deleted.
    """

    _name = "kpi.review.answer"
    _description = "Review Answer"
    _inherit = ["kpi.kept.mixin"]
    _order = "side, template_line_id, id"
    _rec_name = "template_line_id"

    review_id = fields.Many2one("kpi.review", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", store=True)
    side = fields.Selection(SIDE_NAMES, required=True, readonly=True)
    template_line_id = fields.Many2one(
        "kpi.review.template.line", string="Question", required=True, readonly=True, index=True, ondelete="restrict"
    )
    competency_id = fields.Many2one(related="template_line_id.competency_id", store=True)
    rating = fields.Selection(RATINGS, readonly=True)
    rating_name = fields.Char(compute="_compute_rating_name", string="Level")
    text = fields.Text(readonly=True, string="Words")
    rater_name = fields.Char(string="By", readonly=True, help="Empty where names are kept secret.")

    @api.depends("rating", "company_id")
    @api.depends_context("lang")
    def _compute_rating_name(self):
        levels = {company: self.env["kpi.rating.level"]._names(company) for company in self.company_id}
        for answer in self:
            answer.rating_name = levels[answer.company_id][answer.rating] if answer.rating else False

    @api.model
    def _kept_text(self):
        """Override of the mixin."""
        return self.env._("Answers are kept as they were given.")

    @api.model
    def _put_down(self, rows):
        """Write answers as OdooBot, all with one time stamp.

        A thousand to a statement: a company's cycle shows tens of thousands at once, which would keep Odoo's own way
        busy for a minute.

        :param rows: values of ``kpi.review.answer``, as of ``kpi.review.draft._prepare_answers``
        """
        if not rows:
            return
        names = list(rows[0])
        columns = ", ".join((*names, *STAMP))
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute_values(
            f"INSERT INTO kpi_review_answer ({columns}) VALUES %s",
            [[*(row[name] or None for name in names), SUPERUSER_ID, SUPERUSER_ID, now, now] for row in rows],
            page_size=1000,
        )
        self.env["kpi.review"].invalidate_model(["answer_ids"])


class KpiReview(models.Model):
    """Showing what the sides said: all of a side at once, never again more."""

    _inherit = "kpi.review"

    # The sides that are shown: {side: true}.
    shown = fields.Json(readonly=True, copy=False)

    def _is_shown(self, side):
        self.ensure_one()
        return bool((self.shown or {}).get(side))

    def _answered(self, side):
        """Somebody of a side answered, or declined: show what may be shown now."""
        if side in RATER_SIDES:
            waiting = self.env["kpi.review.feedback"]._read_group(
                [("review_id", "in", self.ids), ("side", "=", side), ("state", "in", ("asked", "started"))],
                ["review_id"],
            )
            (self - self.browse(review.id for (review,) in waiting))._reveal(side)
            return
        ready = self._both_in()
        ready.filtered(lambda review: review.state == "open").write({"state": "assessed"})
        shown = ready.filtered(lambda review: review.cycle_id.reveal == "both")
        late = self.filtered(lambda review: review.cycle_id.reveal == "date" and review.cycle_id._is_over(side))
        for own in ("self", "manager"):
            (shown | late)._reveal(own)

    def _taken_back(self):
        """Somebody goes on writing: where self and manager are not both in any more, the review is open again."""
        assessed = self.filtered(lambda review: review.state == "assessed")
        (assessed - assessed._both_in()).write({"state": "open"})

    def _both_in(self):
        """Those where the person and the manager have answered, as far as they are asked."""
        rows = self.env["kpi.review.feedback"]._read_group(
            [("review_id", "in", self.ids), ("side", "in", ("self", "manager"))], ["review_id"], ["state:array_agg"]
        )
        return self.browse(review.id for review, states in rows if set(states) == {"done"})

    def _reveal_complete(self):
        """Show the sides that are all in: where two answered at the same moment, neither saw the other as the last."""
        for side, _name in SIDE_NAMES:
            self._answered(side)

    def _reveal_all(self):
        """Show every side, as far as its rule allows."""
        for side, _name in SIDE_NAMES:
            self._reveal(side)

    def _reveal(self, side):
        """Show what a side said, in the reviews where enough of it is given and nothing is shown yet.

        Called with reviews of any cycles, with the system's mark.
        """
        reviews = as_system(self).filtered(lambda review: not review._is_shown(side))
        given = as_system(self.env["kpi.review.feedback"]).search(
            [("review_id", "in", reviews.ids), ("side", "=", side), ("state", "=", "done")]
        )
        # Of one who answers twice, as he was given another employee record, the second does not hide the first.
        people = {(row.review_id.id, row.user_id.id or -row.id) for row in given}
        counts = Counter(review_id for review_id, _person in people)
        ready = reviews.filtered(lambda review: counts[review.id] >= review._least(side))
        given._of_sides(ready, [side])._hold()
        drafts = given.filtered(lambda feedback: feedback.review_id in ready).draft_ids
        rows = drafts._prepare_answers()
        # Also across reviews, so that the order of ids tells nothing.
        SystemRandom().shuffle(rows)
        drafts.unlink()
        self.env["kpi.review.answer"]._put_down(rows)
        for review in ready:
            review.shown = {**(review.shown or {}), side: True}
        ready._refresh_result((side,))
        self.invalidate_recordset(["answer_ids", "shown", "parts", "score", "has_score", "grade_id"])

    def _least(self, side):
        """From how many answers on a side is shown."""
        return self.cycle_id.min_raters if side in RATER_SIDES else 1

    def _forget_drafts(self):
        """What was never given, or never shown, is not kept beyond the cycle."""
        as_system(self.env["kpi.review.draft"]).search([("feedback_id.review_id", "in", self.ids)]).unlink()

    def _forget_activities(self):
        """Nobody is waited for any more."""
        as_system(self.env["kpi.review.feedback"]).search([("review_id", "in", self.ids)])._forget_activities()


class KpiReviewDraft(models.Model):
    _inherit = "kpi.review.draft"

    def _prepare_answers(self):
        """Values of the answers that these drafts become; empty ones, and "cannot say", become none."""
        rated = defaultdict(int)
        for draft in self.filtered(lambda draft: draft.rating and draft.rating != "0"):
            rated[draft.feedback_id.review_id.id, draft.feedback_id.side, draft.template_line_id.id] += 1
        rows = []
        for draft in self:
            feedback = draft.feedback_id
            review, line = feedback.review_id, draft.template_line_id
            enough = rated[review.id, feedback.side, line.id] >= review._least(feedback.side)
            vals = {
                "review_id": review.id,
                "side": feedback.side,
                "company_id": review.company_id.id,
                "template_line_id": line.id,
                "competency_id": line.competency_id.id,
                # A question that too few could answer stays without ratings, as a side would.
                "rating": draft.rating if draft.rating != "0" and (enough or not feedback.anonymous) else False,
                "text": (draft.text or "").strip() or False,
                "rater_name": False if feedback.anonymous else feedback.rater_id.name or feedback.rater_name,
            }
            rows.extend(self._split(vals) if feedback.anonymous else [vals])
        return [vals for vals in rows if vals["rating"] or vals["text"]]

    @api.model
    def _split(self, vals):
        """Words apart from the rating they came with: who gave it away in words keeps his figure to himself."""
        return [{**vals, "text": False}, {**vals, "rating": False}]
