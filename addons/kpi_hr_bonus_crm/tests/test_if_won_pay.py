from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_crm.tests.pipeline_case import PipelineCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 02:00:00")
class TestIfWonPay(PipelineCase):
    """What winning a deal pays. Bình has won 200 of 500 in April, which weighs 60 %, and has 5 complaints of at most 5,
    which weigh 40 %: a score of 0.6 × 40 + 0.4 × 100 = 64. The deal is of 150: 350 of 500, a score of 82."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deal = cls.make_lead(cls, cls.binh, 150)
        cls.make_lead(cls, cls.binh, 200).action_set_won()
        cls.enter("t_complaints", cls.binh, 5, period=cls.april)

    def make_plan(self, **vals):
        """By default 5,000,000 dong at 100 %, proportional, for Sales and what is below."""
        return self.env["kpi.bonus.plan"].create(
            {
                "name": "Thưởng bán hàng",
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "amount": 5_000_000,
                "department_ids": [Command.set(self.sales.ids)],
                "state": "published",
                **vals,
            }
        )

    def make_rate_plan(self, tier_mode="marginal", **vals):
        """10 % of what is won, 20 % from 300 on."""
        tiers = [{"value_from": 0, "rate": 10}, {"value_from": 300, "rate": 20}]
        return self.make_plan(
            basis="rate",
            apply_on="kpi",
            definition_id=self.won.id,
            tier_mode=tier_mode,
            tier_ids=[Command.create(tier) for tier in tiers],
            **vals,
        )

    def ask(self, user=None, **more):
        return self.deal.with_user(user or self.binh_user).with_company(self.company).kpi_if_won(**more)

    def test_a_plan_on_the_score(self):
        self.make_plan()
        # 64 % and 82 % of 5,000,000.
        self.assertEqual(self.ask()["pay"], {"now": 3_200_000, "then": 4_100_000})

    def test_a_rate_by_marginal_tiers(self):
        self.make_rate_plan()
        # 10 % of 200; 10 % of the first 300 and 20 % of the 50 beyond.
        self.assertEqual(self.ask()["pay"], {"now": 20, "then": 40})

    def test_a_rate_by_whole_tiers(self):
        self.make_rate_plan("whole")
        # 10 % of 200; 20 % of all 350.
        self.assertEqual(self.ask()["pay"], {"now": 20, "then": 70})

    def test_plans_side_by_side_add_up(self):
        self.make_plan()
        self.make_rate_plan()
        self.assertEqual(self.ask()["pay"], {"now": 3_200_020, "then": 4_100_040})

    def test_a_plan_of_a_quarter_adds_its_own(self):
        quarter = self.make_period("2026-04-15", "quarter")
        self.make_card(self.binh, [("T_WON", 100, 1_000)], period=quarter)
        self.make_plan()
        self.make_plan(name="Thưởng quý", period_type="quarter", amount=1_000_000)
        told = self.ask()
        # In the quarter 200 and 350 of 1,000: 20 % and 35 % of 1,000,000.
        by_card = {card["period"]: card["pay"] for card in told["cards"]}
        self.assertEqual(by_card[self.april.name], {"now": 3_200_000, "then": 4_100_000})
        self.assertEqual(by_card[quarter.name], {"now": 200_000, "then": 350_000})
        self.assertEqual(told["pay"], {"now": 3_400_000, "then": 4_450_000})

    def test_a_gate_that_opens(self):
        self.make_plan(
            gate_ids=[Command.create({"definition_id": self.won.id, "minimum": 60, "factor": 0.5})],
        )
        # At 40 % of the KPI half of 3,200,000; at 70 % the gate is passed.
        self.assertEqual(self.ask()["pay"], {"now": 1_600_000, "then": 4_100_000})

    def test_the_revenue_being_typed_counts_up_to_the_cap(self):
        self.make_plan()
        # 1,200 of 500 is capped at 120 %: 0.6 × 120 + 0.4 × 100 = 112 % of 5,000,000.
        self.assertEqual(self.ask(revenue=1_000)["pay"]["then"], 5_600_000)

    def test_a_deal_that_moves_the_kpi_and_not_the_pay_says_so(self):
        self.make_plan(curve_mode="step", curve_ids=[Command.create({"score": 90, "payout": 100})])
        # 64 and 82 are both below the first step.
        self.assertEqual(self.ask()["pay"], {"now": 0, "then": 0})

    def test_what_was_computed_last_does_not_matter(self):
        """Both sums are of what is so now, so that their difference is the deal's alone."""
        self.make_plan()
        told = self.ask()["pay"]
        self.cards[self.binh].action_compute()
        self.assertEqual(self.ask()["pay"], told)

    def test_without_a_plan_there_is_no_pay(self):
        for vals in (
            {"department_ids": [Command.set(self.office.ids)]},
            {"state": "draft"},
            {"date_end": "2026-03-31"},
        ):
            self.make_plan(**vals)
        told = self.ask()
        self.assertTrue(told["cards"])
        self.assertNotIn("pay", told)

    def test_a_plan_paid_by_the_review_says_nothing(self):
        self.make_plan(score_source="review")
        self.assertNotIn("pay", self.ask())

    def test_pay_is_for_those_who_would_see_the_statement(self):
        self.make_plan()
        self.assertEqual(self.ask(self.an_user)["pay"], {"now": 3_200_000, "then": 4_100_000})
        # Administrators of KPIs see the scorecard, and no pay.
        told = self.ask(self.admin)
        self.assertTrue(told["cards"])
        self.assertNotIn("pay", told)

    def test_nothing_is_stored(self):
        plan = self.make_plan()
        self.ask()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(plan.statement_ids)
        self.assertEqual(self.deal.won_status, "pending")
        self.assertFalse(self.cards[self.binh].has_score)
