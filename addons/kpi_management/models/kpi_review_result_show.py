from collections import defaultdict

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..engine import SIDES, average, number_text, to_decimal
from .kpi_review_cycle import SIDE_NAMES


class KpiReview(models.Model):
    """How the result came about, step by step, down to what a pocket calculator needs."""

    _inherit = "kpi.review"

    result_html = fields.Html(compute="_compute_result_html", string="How it is computed", sanitize=False)

    @api.depends("parts", "score", "answer_ids")
    @api.depends_context("uid", "lang")
    def _compute_result_html(self):
        names = self._part_names()
        for review in self:
            rows = review._result_rows(names)
            review.result_html = self.env["ir.qweb"]._render(
                "kpi_management.review_result",
                {
                    "rows": rows,
                    "review": review,
                    "formula": review._result_formula(rows),
                    "cards": review._card_rows(),
                    "questions": review._question_rows(),
                    "band": review._grade_band(),
                },
            )

    @api.model
    def _part_names(self):
        names = self.env["kpi.review.feedback"]._fields["side"]._description_selection(self.env)
        return {"kpi": self.env._("KPIs")} | dict(names)

    def _result_rows(self, names):
        """One row per part that counts or is there: its figure, its weight, and its share of what is there."""
        weights = self.cycle_id._weights()
        parts = self.parts or {}
        there = sum(weight for part, weight in weights.items() if part in parts)
        rows = []
        for part in ("kpi", *(side for side, _name in SIDE_NAMES)):
            has = part in parts
            if not weights.get(part) and not (has and part in weights):
                continue
            rows.append(
                {
                    "part": part,
                    "name": names[part],
                    "value": float(parts[part]) if has else None,
                    "weight": weights[part],
                    "share": 100 * weights[part] / there if has and weights[part] else None,
                }
            )
        return rows

    def _result_formula(self, rows):
        """The arithmetic: weights times figures, divided by the weights that are there."""
        counted = [row for row in rows if row["value"] is not None and row["weight"]]
        if not self.has_score or not counted:
            return ""
        terms = " + ".join(f"{self._number(row['weight'])} × {self._number(row['value'])}" for row in counted)
        total = self._number(sum(row["weight"] for row in counted))
        return f"({terms}) ÷ {total} = {self._number(self.score)}"

    def _card_rows(self):
        """The scorecards that the KPIs' figure is the mean of: [(period, score, days)], where the user may read them"""
        cards = self.scorecard_ids.filtered("has_score").sorted("date_start")
        return [(card.period_id.name, card.score, number_text(self._days(card))) for card in cards]

    def _question_rows(self):
        """{side: [(question, percent, weight)]}: what each side's figure is the mean of"""
        worth = self.env["kpi.rating.level"]._percents(self.company_id)
        answers = self.answer_ids.filtered("rating").grouped(lambda answer: (answer.side, answer.template_line_id))
        rows = defaultdict(list)
        for side in SIDES:
            for line in self.template_id.line_ids:
                if found := answers.get((side, line)):
                    percent = average(worth[answer.rating] for answer in found)
                    rows[side].append((line.display_name, percent, line.weight))
        return rows

    def _grade_band(self):
        """From which to which score the computed grade goes, in words."""
        bands = self.cycle_id.scale_id.grade_ids.sorted("min_score")
        if not self.grade_id or self.grade_id not in bands:
            return ""
        above = next((grade for grade in bands if grade.min_score > self.grade_id.min_score), None)
        low = self._number(self.grade_id.min_score)
        if above:
            return self.env._("from %(low)s to below %(high)s", low=low, high=self._number(above.min_score))
        return self.env._("from %s", low)

    @api.model
    def _number(self, value):
        """A figure with as many decimals as it has, in the user's language."""
        text = number_text(to_decimal(value))
        digits = len(text.partition(".")[2])
        return formatLang(self.env, float(text), digits=digits)
