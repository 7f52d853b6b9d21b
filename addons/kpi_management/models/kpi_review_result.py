from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models

from ..engine import SIDES, band_for, combine, competency_scores, number_text, side_scores, to_decimal
from .kpi_review_cycle import PARTS


class KpiReview(models.Model):
    """The result: KPIs and sides combined by the cycle's weights; what is missing is left out, not counted as 0."""

    _inherit = "kpi.review"

    # {part: percent as text}; a part that is missing is not in it.
    parts = fields.Json(readonly=True, copy=False)
    kpi_score = fields.Float(compute="_compute_parts", digits=(16, 2), string="KPIs")
    self_score = fields.Float(compute="_compute_parts", digits=(16, 2), string="Self")
    manager_score = fields.Float(compute="_compute_parts", digits=(16, 2), string="Manager's")
    peer_score = fields.Float(compute="_compute_parts", digits=(16, 2), string="Colleagues'")
    upward_score = fields.Float(compute="_compute_parts", digits=(16, 2), string="Team's")
    external_score = fields.Float(compute="_compute_parts", digits=(16, 2), string="External's")
    missing = fields.Char(compute="_compute_missing", help="What has a weight in the result and is not there.")
    score = fields.Float(
        digits=(16, 2),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="KPIs and sides combined by the weights of the cycle, in percent; missing parts are left out.",
    )
    has_score = fields.Boolean(readonly=True, copy=False)
    grade_id = fields.Many2one(
        "kpi.grade", string="Computed Grade", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    scorecard_ids = fields.Many2many("kpi.scorecard", compute="_compute_scorecard_ids", string="Scorecards")

    @api.depends("parts")
    def _compute_parts(self):
        for review in self:
            for part in PARTS:
                review[f"{part}_score"] = float((review.parts or {}).get(part, 0))

    @api.depends("parts")
    @api.depends_context("lang")
    def _compute_missing(self):
        names = self._part_names()
        for review in self:
            weights = review.cycle_id._weights()
            review.missing = ", ".join(
                names[part] for part, weight in weights.items() if weight and part not in (review.parts or {})
            )

    @api.depends("employee_id", "period_id")
    def _compute_scorecard_ids(self):
        cards = self._cards()
        # Without the system's rights again: who sees the review need not see every scorecard.
        visible = self.env["kpi.scorecard"].union(*cards.values()).sudo(False)._filtered_access("read")
        for review in self:
            review.scorecard_ids = cards.get(review, visible).sudo(False) & visible

    def competency_chart(self):
        """How each side sees each competency, for a radar chart; of what the user may see.

        :return: {"scale": [1, 5], "sides": [{"key", "name"}], "competencies": [{"id", "name", "ratings": {side:
            mean rating as a number}}]}, in the order of the template; sides without ratings are left out
        """
        self.ensure_one()
        self.check_access("read")
        answers = self.answer_ids.filtered(lambda answer: answer.rating)
        means = competency_scores((answer.competency_id, answer.side, int(answer.rating)) for answer in answers)
        names = dict(answers._fields["side"]._description_selection(self.env))
        present = [side for side in SIDES if any(side in sides for sides in means.values())]
        lines = self.template_id.line_ids.filtered("competency_id")
        return {
            "scale": [1, 5],
            "sides": [{"key": side, "name": names[side]} for side in present],
            "competencies": [
                {
                    "id": competency.id,
                    "name": competency.name,
                    "ratings": {side: float(mean) for side, mean in means.get(competency, {}).items()},
                }
                for competency in lines.competency_id
            ],
        }

    # ---------------------------------------------------------------- compute

    def _refresh_result(self, parts=()):
        """Compute the result anew from what is shown; with these parts measured anew.

        :param parts: names of parts, of ``PARTS``
        """
        values = self._part_values(parts)
        for review in self:
            kept = {part: value for part, value in (review.parts or {}).items() if part not in parts}
            review._write_result(kept | {part: number_text(value) for part, value in values[review].items()})

    def _write_result(self, parts):
        weights = self.cycle_id._weights()
        score = combine((weight, to_decimal(parts.get(part))) for part, weight in weights.items())
        vals = {
            "parts": parts,
            "score": float(score or 0),
            "has_score": score is not None,
            "grade_id": band_for(score, self.cycle_id.scale_id._bands()) or False,
        }
        # Nothing is written that stays, so that the dates of a review tell nothing either.
        if changed := {name: value for name, value in vals.items() if self._plain(name) != value}:
            self.write(changed)

    def _plain(self, name):
        return {"grade_id": self.grade_id.id, "parts": self.parts or {}}.get(name, self[name])

    def _part_values(self, parts):
        """{review: {part: percent}} of these parts, as far as they are there"""
        values = defaultdict(dict)
        if "kpi" in parts:
            for review, score in self._kpi_scores().items():
                values[review]["kpi"] = score
        if sides := set(parts) & set(SIDES):
            for review, scores in self._side_scores(sides).items():
                values[review].update(scores)
        return values

    def _side_scores(self, sides):
        """{review: {side: percent}} from the answers shown"""
        rows = self.env["kpi.review.answer"]._read_group(
            [("review_id", "in", self.ids), ("side", "in", list(sides)), ("rating", "!=", False)],
            ["review_id", "side", "template_line_id", "rating"],
            ["__count"],
        )
        percents = {company: self.env["kpi.rating.level"]._percents(company) for company in self.cycle_id.company_id}
        answers = defaultdict(list)
        for review, side, line, rating, count in rows:
            answers[review.id] += [(line.id, side, percents[review.company_id][rating])] * count
        weights = {line.id: line.weight for line in self.template_id.line_ids}
        return {review: side_scores(answers[review.id], weights) for review in self if review.id in answers}

    def _kpi_scores(self):
        """{review: percent}: the mean of the person's scores in the period, by the days of each scorecard"""
        scores = {}
        for review, cards in self._cards().items():
            scored = cards.filtered("has_score")
            if (score := combine((self._days(card), card.score) for card in scored)) is not None:
                scores[review] = score
        return scores

    def _cards(self):
        """{review: scorecards}: those agreed, of the person, for the cycle's period and the smaller ones within it"""
        if not self.ids:
            return {}
        periods = self.period_id
        # sudo: whoever sees the review sees the score; the scorecards themselves keep their own rights.
        cards = (
            self.env["kpi.scorecard"]
            .sudo()
            .search_fetch(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "not in", ("draft", "proposed")),
                    ("date_start", ">=", min(periods.mapped("date_start"))),
                    ("date_end", "<=", max(periods.mapped("date_end"))),
                ],
                ["employee_id", "company_id", "date_start", "date_end", "score", "has_score", "employed_days", "state"],
                order="date_start, date_end, id",
            )
        )
        by_person = cards.grouped("employee_id")
        return {
            review: by_person.get(review.employee_id.sudo(), cards.browse()).filtered(
                lambda card, review=review: (
                    card.company_id == review.company_id
                    and card.date_start >= review.period_id.date_start
                    and card.date_end <= review.period_id.date_end
                )
            )
            for review in self
        }

    @api.model
    def _days(self, card):
        return Decimal(card.employed_days or (card.date_end - card.date_start).days + 1)
