from odoo.tests import tagged

from ..engine import replay
from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusExplanation(BonusCase):
    def test_explanation_replays_to_the_amount(self):
        self.make_card(self.an, 97.5)
        plan = self.make_plan(
            curve_ids=[(0, 0, {"score": 80, "payout": 50}), (0, 0, {"score": 100, "payout": 100})],
            cap_amount=4_000_000,
        )
        statement = self.compute(plan)[self.an]
        statement.with_user(self.officer).line_ids = [(0, 0, {"name": "Fair", "amount": 250_000})]
        # 97.5 → 50 + 17.5 × 2.5 = 93.75 %: 4,687,500, capped at 4,000,000, + 250,000
        result = replay(statement.explanation["payout"])
        self.assertEqual((result.computed, result.capped, result.amount), (4_687_500, 4_000_000, 4_250_000))
        self.assertEqual(statement.amount, 4_250_000)

    def test_shown_in_words_and_numbers_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.make_card(self.an, 80.0)
        statement = self.compute(self.make_plan(basis="wage", wage_percent=25, amount=0))[self.an]
        english = str(statement.with_context(lang="en_US").explanation_html)
        for text in ("Revenue", "80 %", "20,000,000", "5,000,000", "4,000,000", "31 ÷ 31", "proportional to the score"):
            self.assertIn(text, english.replace("\xa0", " ").replace("&nbsp;", " "))
        vietnamese = str(statement.with_context(lang="vi_VN").explanation_html)
        for text in ("tỷ lệ với điểm", "4.000.000"):
            self.assertIn(text, vietnamese)

    def test_shown_to_the_employee_with_gates_adjustments_and_rest(self):
        self.make_card(self.an, 50.0, attainments={self.revenue: 50.0, self.safety: None})
        plan = self.make_plan(gate_ids=[(0, 0, {"definition_id": self.safety.id, "minimum": 95, "factor": 0.5})])
        statement = self.compute(plan)[self.an]
        statement.with_user(self.officer).line_ids = [(0, 0, {"name": "Credit <note>", "amount": -2_000_000})]
        statement.with_user(self.officer).action_submit()
        # 50 % × 0.5 × 5,000,000 = 1,250,000; − 2,000,000 = −750,000
        html = str(statement.with_user(self.an_user).explanation_html).replace("\xa0", " ").replace("&nbsp;", " ")
        for text in ("Gate Safety", "no data", "0.5", "1,250,000", "Credit &lt;note&gt;", "-2,000,000", "-750,000"):
            self.assertIn(text, html)
