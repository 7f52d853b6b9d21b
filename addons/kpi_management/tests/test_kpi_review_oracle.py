from collections import defaultdict
from fractions import Fraction
from math import floor
from random import Random

from odoo.tests import freeze_time, tagged

from .crowd import make_crowd
from .review_case import ReviewCase

LEAST = 3


def half_up(number):
    return Fraction(floor(number * 100 + Fraction(1, 2)), 100)


def weighted(parts):
    """The mean by weight of the parts that are there; None for none."""
    there = [(Fraction(str(weight)), value) for weight, value in parts if value is not None and weight]
    total = sum(weight for weight, _value in there)
    return half_up(sum(weight * value for weight, value in there) / total) if total else None


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewOracle(ReviewCase):
    """Forty people, all sides, ratings by chance, worked out a second time with exact fractions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        crowd = make_crowd(cls.binh, 33)
        cls.env.ref("base.group_user").user_ids |= crowd.user_id
        for leader, team in ((cls.an, crowd[:9]), (cls.chi, crowd[9:20]), (crowd[0], crowd[20:26])):
            team.parent_id = leader
        crowd[26:].parent_id = False
        cls.template.line_ids[0].weight = 1.35
        cls.levels = cls.env["kpi.rating.level"].search([("company_id", "=", cls.company.id)])
        for level, percent in zip(cls.levels.sorted("rating"), (12.5, 40, 66.67, 83.33, 110), strict=True):
            level.percent = percent
        weights = {"kpi": 41.5, "self": 5, "manager": 23.5, "peer": 14.25, "upward": 9.42, "external": 6.33}
        cls.cycle.write({f"{part}_weight": weight for part, weight in weights.items()})
        cls.cycle.write({"use_upward": True, "use_external": True, "min_raters": LEAST})
        cls.weights = weights

    def ask_and_answer(self, chance):
        """{(employee id, side): [{question: rating}, one for each who answered]}"""
        self.cycle.action_launch()
        reviews = self.cycle.sudo().review_ids
        everybody = reviews.employee_id
        for review in reviews:
            review = review.with_user(self.officer).sudo(False)
            if not review.is_officer:
                continue
            review.action_ask("peer", chance.sample(everybody.ids, chance.randint(0, 5)))
            review.action_ask("external", emails=[f"x{n}@example.com" for n in range(chance.randint(0, 4))])
        said = defaultdict(list)
        for row in self.env["kpi.review.feedback"].search([("cycle_id", "=", self.cycle.id)]):
            if chance.random() < 0.85:
                said[row.employee_id.id, row.side].append(self.give(row, chance))
        return said

    def give(self, row, chance):
        row = self.as_rater(row)
        row.action_fill()
        choices = "12345" if row.side in ("self", "manager") else "123450"
        for draft in row.draft_ids.filtered("template_line_id.competency_id"):
            draft.rating = chance.choice(choices)
        given = {draft.template_line_id: draft.rating for draft in row.draft_ids if draft.rating}
        row.action_submit()
        return given

    def as_rater(self, row):
        if row.user_id:
            return row.with_user(row.user_id).sudo(False)
        return row._by_token(row.id, row.access_token)

    def expected(self, side, said):
        """What a side comes to by the oracle; None when too few answered."""
        least = LEAST if side in ("peer", "upward", "external") else 1
        if len(said) < least:
            return None
        worth = {level.rating: Fraction(str(level.percent)) for level in self.levels}
        parts = []
        for line in self.template.line_ids.filtered("competency_id"):
            rated = [worth[given[line]] for given in said if given.get(line, "0") != "0"]
            parts.append((line.weight, half_up(sum(rated) / len(rated)) if len(rated) >= least else None))
        return weighted(parts)

    def test_forty_people(self):
        people = [self.binh, self.dung, self.giang, self.chi]
        for number, person in enumerate(people):
            self.make_card(person, [("T_REVENUE", 100, 1000)])
            self.enter("t_revenue", person, 700 + 97 * number)
        self.month.action_compute()
        said = self.ask_and_answer(Random(40))
        self.cycle.action_calibrate()
        reviews = self.cycle.sudo().review_ids
        self.assertEqual(len(reviews), 40)
        shown = defaultdict(int)
        for review in reviews:
            figures = {
                side: self.expected(side, said[review.employee_id.id, side]) for side in self.weights if side != "kpi"
            }
            # 70, 79.7, 89.4 and 99.1
            if review.employee_id in people:
                figures["kpi"] = Fraction(7000 + 970 * people.index(review.employee_id), 100)
            result = weighted((self.weights[part], value) for part, value in figures.items())
            with self.subTest(review.display_name):
                stored = {part: Fraction(text) for part, text in (review.parts or {}).items()}
                self.assertEqual(stored, {part: value for part, value in figures.items() if value is not None})
                self.assertEqual(Fraction(str(review.score)) if review.has_score else None, result)
            for part in stored:
                shown[part] += 1
        # the chance has reached what matters: some are shown, some are not, in every part
        self.assertEqual(set(shown), set(self.weights))
        self.assertTrue(all(count < 40 for count in shown.values()), shown)
