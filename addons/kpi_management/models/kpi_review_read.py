from odoo import api, fields, models

from ..engine import average
from .kpi_review_cycle import RATER_SIDES, SIDE_NAMES

LINE_FIELDS = ("unit", "weight", "target", "actual", "attainment", "status", "result")


class KpiReview(models.Model):
    """What a review shows: the scorecards beside it, and what the sides said."""

    _inherit = "kpi.review"

    self_html = fields.Html(compute="_compute_answers_html", string="Self-assessment", sanitize=False)
    manager_html = fields.Html(compute="_compute_answers_html", string="Manager's assessment", sanitize=False)
    feedback_html = fields.Html(compute="_compute_answers_html", string="Feedback", sanitize=False)
    asked_html = fields.Html(compute="_compute_asked_html", string="Asked and given", sanitize=False)
    asks_others = fields.Boolean(compute="_compute_asks_others")

    def read_cards(self):
        """The person's scorecards of the period, as far as the user may read them, oldest first.

        :return: [{"id", "name", "score" (percent or False), "grade", "state", "state_name", "lines": [{"id",
            "name", "unit", "currency_id", "weight", "target", "band" ([low, high] or False), "actual", "attainment",
            "result", "status", "status_name"}]}]; figures as numbers
        """
        self.ensure_one()
        self.check_access("read")
        cards = self.scorecard_ids.sorted(lambda card: (card.date_start, card.date_end))
        states = dict(cards._fields["state"]._description_selection(self.env))
        lines = cards.line_ids._filtered_access("read")
        statuses = dict(lines._fields["status"]._description_selection(self.env))
        return [
            {
                "id": card.id,
                "name": card.period_id.name,
                "score": card.has_score and card.score,
                "grade": card.grade_id.name,
                "state": card.state,
                "state_name": states[card.state],
                "lines": [line._review_values(statuses) for line in card.line_ids & lines],
            }
            for card in cards
        ]

    @api.depends("answer_ids", "shown", "state", "template_id")
    @api.depends_context("uid", "lang")
    def _compute_answers_html(self):
        for review in self:
            groups = review._answer_groups()
            for name, sides in (("self", ("self",)), ("manager", ("manager",)), ("feedback", RATER_SIDES)):
                shown = [group for group in groups if group["side"] in sides]
                review[f"{name}_html"] = bool(shown) and self.env["ir.qweb"]._render(
                    "kpi_management.review_answers", {"groups": shown, "named": name == "feedback"}
                )

    @api.depends("cycle_id", "template_id")
    def _compute_asks_others(self):
        for review in self:
            review.asks_others = any(side in RATER_SIDES for side in review.cycle_id._sides())

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_asked_html(self):
        """How many of whom are asked; by name only where names are no secret."""
        for review in self:
            rows = [] if review.is_mine else review._asked_rows()
            review.asked_html = bool(rows) and self.env["ir.qweb"]._render(
                "kpi_management.review_asked", {"rows": rows}
            )

    # ---------------------------------------------------------------- rows

    def _answer_groups(self):
        """[{side, name, questions: what ``_question_values`` says}] of the sides that are shown"""
        names = dict(self.env["kpi.review.feedback"]._fields["side"]._description_selection(self.env))
        answers = self.answer_ids.grouped(lambda answer: (answer.side, answer.template_line_id))
        groups = []
        for side, _name in SIDE_NAMES:
            questions = [
                self._question_values(line, answers[side, line])
                for line in self.template_id.line_ids
                if (side, line) in answers
            ]
            if questions:
                groups.append({"side": side, "name": names[side], "questions": questions})
        return groups

    def _question_values(self, line, answers):
        """What a side says to a question, for the page."""
        rated = answers.filtered("rating")
        behaviour = {anchor.rating: anchor.description for anchor in line.competency_id.anchor_ids}
        alone = rated if len(rated) == 1 else rated.browse()
        return {
            "name": line.display_name,
            "kind": line.kind,
            "mean": average(int(answer.rating) for answer in rated),
            "count": len(rated),
            "ratings": " · ".join(sorted(rated.mapped("rating"))) if len(rated) > 1 else "",
            "level": alone.rating_name if alone.rating_name != alone.rating else "",
            "behaviour": behaviour.get(alone.rating, ""),
            "texts": [(answer.text, answer.rater_name) for answer in answers if answer.text],
        }

    def _asked_rows(self):
        """[{name, asked, done, due, people: [(name, state, done)]}] of the sides beside self and manager"""
        Feedback = self.env["kpi.review.feedback"]
        domain = [("review_id", "in", self.ids), ("side", "in", RATER_SIDES)]
        names = dict(Feedback._fields["side"]._description_selection(self.env))
        states = dict(Feedback._fields["state"]._description_selection(self.env))
        # sudo: numbers alone.
        counts = Feedback.sudo()._read_group(domain, ["side", "state"], ["__count"])
        # With the user's own rights: of those whose names are kept secret there is nobody.
        people = Feedback.search([*domain, ("anonymous", "=", False)]).grouped("side")
        rows = []
        for side in RATER_SIDES:
            if found := {state: count for row_side, state, count in counts if row_side == side}:
                few = self.cycle_id._too_few(side, found.get("done", 0))
                rows.append(
                    {
                        "name": names[side],
                        "asked": sum(found.values()),
                        "done": f"< {few}" if few else found.get("done", 0),
                        "due": self.cycle_id._due_date(side),
                        # sudo: of colleagues elsewhere only the name is shown.
                        "people": [
                            (row.sudo().rater_id.name or row.rater_name, states[row.state], row.state == "done")
                            for row in people.get(side, ())
                        ],
                    }
                )
        return rows


class KpiReviewFeedback(models.Model):
    _inherit = "kpi.review.feedback"

    def read_cards(self):
        """The scorecards beside one's own part of a review: for the person and the manager, not for other raters.

        :return: what ``kpi.review.read_cards`` returns
        """
        self.ensure_one()
        self.check_access("read")
        # Who led the person before still reads what he gave, and no more than that.
        review = self.review_id._filtered_access("read") if self.side in ("self", "manager") else None
        return review.read_cards() if review else []


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    def _review_values(self, statuses):
        """The line as it stands beside a review."""
        return {
            **{name: self[name] for name in LINE_FIELDS},
            "id": self.id,
            "name": self.display_name,
            "currency_id": self.currency_id.id,
            "band": [self.band_low, self.band_high] if self.direction == "band" else False,
            "status_name": statuses[self.status],
        }
