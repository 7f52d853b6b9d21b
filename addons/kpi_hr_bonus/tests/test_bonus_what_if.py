from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusWhatIf(BonusCase):
    """An's scorecard: revenue 80 % and safety 90 % of 1,000,000,000 each, half the weight each, so a score of 85."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.an, 85.0, attainments={cls.revenue: 80.0, cls.safety: 90.0})
        cls.line, cls.safety_line = cls.card.line_ids.sorted("definition_id")

    def ask(self, user=None, card=None, **kwargs):
        return (card or self.card).with_user(user or self.an_user).what_if(**kwargs)

    def amounts(self, answer):
        return {plan["name"]: plan["amount"] for plan in answer["plans"]}

    def test_as_it_stands_and_the_shortcuts(self):
        self.make_plan()
        # The forecast of revenue is 1.1 billion, safety has none yet: (110 + 90) / 2 = 100
        trusted(self.line).explanation = {"actual": "800000000", "forecast": "1100000000"}
        answer = self.ask()
        self.assertEqual(answer["score"], 85)
        self.assertEqual(answer["scores"], {"now": 85, "pace": 100, "target": 100, "best": 120})
        plan = answer["plans"][0]
        self.assertEqual(plan["amount"], 4_250_000)
        self.assertEqual(plan["amounts"], {"now": 4_250_000, "pace": 5_000_000, "target": 5_000_000, "best": 6_000_000})
        self.assertEqual(self.ask(base="pace")["plans"][0]["amount"], 5_000_000)

    def test_if_i_reach_110_percent_on_revenue(self):
        self.make_plan()
        answer = self.ask(wishes={str(self.line.id): {"attainment": 110}})
        revenue = next(line for line in answer["lines"] if line["id"] == self.line.id)
        self.assertEqual(revenue["actual"], 1_100_000_000)
        # (110 + 90) / 2 = 100 % of 5,000,000
        self.assertEqual((answer["score"], answer["plans"][0]["amount"]), (100, 5_000_000))
        # The arithmetic is that of the wish, not of a shortcut computed along with it.
        self.assertIn("1,100,000,000", answer["plans"][0]["html"])
        self.assertNotIn("1,200,000,000", answer["plans"][0]["html"])
        # One point on either is half a point of score: 25,000
        self.assertEqual(answer["plans"][0]["points"], {self.line.id: 25_000, self.safety_line.id: 25_000})
        by_actual = self.ask(wishes={str(self.line.id): {"actual": 1_100_000_000}})
        self.assertEqual(by_actual["plans"][0]["amount"], 5_000_000)

    def test_a_kpi_at_its_cap_has_no_point_more(self):
        self.make_plan()
        answer = self.ask(wishes={str(self.line.id): {"attainment": 120}})
        self.assertEqual(answer["plans"][0]["points"], {self.safety_line.id: 25_000})

    def test_no_data_is_left_out(self):
        self.make_plan()
        answer = self.ask(wishes={str(self.line.id): {"actual": False}})
        self.assertEqual((answer["score"], answer["plans"][0]["amount"]), (90, 4_500_000))

    def test_gate_curve_and_rate(self):
        curve = [(0, 0, {"score": 80, "payout": 50}), (0, 0, {"score": 100, "payout": 100})]
        gate = [(0, 0, {"definition_id": self.safety.id, "minimum": 95, "factor": 0.5})]
        self.make_plan(name="Gated", curve_ids=curve, gate_ids=gate)
        self.make_plan(
            name="Rate",
            basis="rate",
            apply_on="kpi",
            definition_id=self.revenue.id,
            prorate=False,
            tier_ids=[(0, 0, {"value_from": 0, "rate": 1}), (0, 0, {"value_from": 900_000_000, "rate": 5})],
        )
        # 85 → 62.5 % of 5,000,000, halved by the gate; 1 % of 800,000,000
        self.assertEqual(self.amounts(self.ask()), {"Gated": 1_562_500, "Rate": 8_000_000})
        wishes = {str(self.line.id): {"attainment": 100}, str(self.safety_line.id): {"attainment": 100}}
        # score 100, gate passed; 1 % of 900,000,000 and 5 % of the 100,000,000 beyond
        self.assertEqual(self.amounts(self.ask(wishes=wishes)), {"Gated": 5_000_000, "Rate": 14_000_000})

    def test_a_pool_moves_with_the_own_share_alone(self):
        self.make_card(self.hang, 85.0)
        self.make_plan(basis="pool", amount=10_000_000)
        self.assertEqual(self.ask()["plans"][0]["amount"], 5_000_000)
        both = {str(line.id): {"attainment": 115} for line in self.card.line_ids}
        # 10,000,000 × 115 / (115 + 85)
        self.assertEqual(self.ask(wishes=both)["plans"][0]["amount"], 5_750_000)

    def test_at_pace_everybody_in_a_pool_is_at_pace(self):
        other = self.make_card(self.hang, 85.0)
        self.make_plan(basis="pool", amount=10_000_000)
        trusted(self.line).explanation = {"actual": "800000000", "forecast": "1100000000"}
        trusted(other.line_ids).explanation = {"actual": "850000000", "forecast": "1000000000"}
        # now 85 of 85 + 85; at pace (110 + 90) / 2 of that and 100; at best 120 of 120 + 100
        self.assertEqual(
            self.ask()["plans"][0]["amounts"],
            {"now": 5_000_000, "pace": 5_000_000, "target": 5_000_000, "best": 5_454_545},
        )
        self.assertEqual(self.ask(base="pace")["plans"][0]["amount"], 5_000_000)

    def test_at_pace_a_pool_fed_by_a_kpi_is_what_that_will_be(self):
        company = self.make_card(None, 80.0)
        trusted(company.line_ids).explanation = {"actual": "800000000", "forecast": "1000000000"}
        self.make_plan(basis="pool", pool_from="kpi", pool_definition_id=self.revenue.id, pool_percent=1)
        amounts = self.ask()["plans"][0]["amounts"]
        # the only one in it gets all: 1 % of 800,000,000 now, of 1,000,000,000 at pace
        self.assertEqual((amounts["now"], amounts["pace"]), (8_000_000, 10_000_000))

    def test_nothing_at_all_is_a_wish_too(self):
        self.make_plan()
        for wish in ({"attainment": 0}, {"actual": 0}):
            # (0 + 90) / 2 = 45 % of 5,000,000
            answer = self.ask(wishes={str(self.line.id): wish})
            self.assertEqual((answer["score"], answer["plans"][0]["amount"]), (45, 2_250_000))

    def test_it_says_what_the_statement_will_say(self):
        plan = self.make_plan(basis="wage", wage_percent=10, cap_amount=1_600_000)
        told = self.ask()["plans"][0]
        statement = self.compute(plan)[self.an]
        self.assertEqual((statement.amount, told["amount"]), (1_600_000, 1_600_000))
        self.assertIn("1,700,000", told["html"])

    def test_nothing_is_stored(self):
        plan = self.make_plan()
        before = self.line.read(["actual", "attainment", "explanation"]), self.card.read(["score"])
        self.ask(wishes={str(self.line.id): {"attainment": 120}}, base="target")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((self.line.read(["actual", "attainment", "explanation"]), self.card.read(["score"])), before)
        self.assertFalse(plan.statement_ids)

    def test_a_plan_on_another_kpi_says_so(self):
        other = self.make_kpi("T_OTHER", "Other")
        self.make_plan(apply_on="kpi", definition_id=other.id)
        plan = self.ask()["plans"][0]
        self.assertFalse(plan["amount"])
        self.assertIn("Other", plan["reason"])

    def test_targets_that_are_not_agreed(self):
        self.make_plan()
        trusted(self.card).state = "draft"
        answer = self.ask()
        self.assertEqual((answer["state"], answer["plans"][0]["amount"]), ("draft", 4_250_000))

    def test_bad_wishes_are_refused_in_words(self):
        for wishes in (
            {str(self.line.id): {"actual": "lots"}},
            {str(self.line.id): {"attainment": "NaN"}},
            {str(self.line.id): 5},
            {"0": {"actual": 5}},
            {"x": {"actual": 5}},
        ):
            with self.assertRaises(UserError):
                self.ask(wishes=wishes)

    def test_a_target_changed_within_the_period_counts_by_its_days(self):
        reason = self.env["kpi.change.reason"].search([], limit=1)
        change = self.env["kpi.target.change"].create(
            {
                "line_id": self.line.id,
                "date_effective": "2026-03-17",
                "new_target": 2_000_000_000,
                "reason_id": reason.id,
                "note": "a second region",
            }
        )
        trusted(change).state = "approved"
        # 16 days of one billion and 15 of two: 46 / 31 billion is 100 %
        target = self.ask(base="target")["lines"][0]
        self.assertAlmostEqual(target["actual"], 46e9 / 31, places=2)
        self.assertEqual(target["attainment"], 100)

    # ---------------------------------------------------------------- rights

    def test_own_card_and_the_teams(self):
        self.make_plan(basis="wage", wage_percent=10)
        for user in (self.an_user, self.hang_user, self.officer, self.approver):
            self.assertEqual(self.ask(user)["plans"][0]["amount"], 1_700_000)
        with self.assertRaises(AccessError):
            self.ask(self.binh_user)

    def test_who_sees_the_score_but_not_the_pay_is_shown_no_money(self):
        self.make_plan(basis="wage", wage_percent=10)
        kpi_officer = self.make_user("kpi_officer", "kpi_management.group_kpi_officer")
        answer = self.ask(kpi_officer, wishes={str(self.line.id): {"attainment": 110}})
        self.assertEqual((answer["score"], answer["sees_pay"], answer["plans"]), (100, False, []))
        self.assertNotIn("1,700,000", str(answer))

    def test_only_bonus_people_try_plans_that_are_no_bodys_yet(self):
        draft = self.make_plan(state="draft", amount=7_000_000)
        self.assertFalse(self.ask()["plans"])
        self.assertEqual(self.ask(self.officer, plan_id=draft.id)["plans"][0]["amount"], 5_950_000)
        for user in (self.an_user, self.hang_user):
            with self.assertRaises(AccessError):
                self.ask(user, plan_id=draft.id)
            for call in ("read_cost", "what_if_people", "action_what_if", "action_open_cost"):
                with self.assertRaises(AccessError):
                    getattr(draft.with_user(user), call)()

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.vnd.id})
        stranger = self.make_user("stranger", "kpi_hr_bonus.group_bonus_officer", company=other)
        card = self.card.with_context(allowed_company_ids=other.ids)
        with self.assertRaises(AccessError):
            self.ask(stranger, card=card)

    def test_whom_the_officer_can_try_it_on(self):
        draft = self.make_plan(state="draft")
        self.make_card(self.cuong, 50.0)  # production: not covered
        choice = draft.with_user(self.officer).what_if_people()
        self.assertEqual(choice["period_id"], self.march.id)
        self.assertEqual(choice["people"], [{"id": self.an.id, "name": "An", "scorecard_id": self.card.id}])
        action = draft.with_user(self.officer).action_what_if()
        self.assertEqual(action["params"]["scorecard_id"], self.card.id)
