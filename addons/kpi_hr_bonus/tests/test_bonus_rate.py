from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.crowd import multiply

from ..engine import replay
from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusRate(BonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pieces = cls.make_kpi("T_PIECES", "Pieces")
        cls.pieces.unit = "number"

    def make_rate(self, *tiers, **vals):
        """A plan on the revenue; tiers as (value from, rate)."""
        return self.make_plan(
            **{
                "name": "Commission",
                "basis": "rate",
                "amount": 0,
                "apply_on": "kpi",
                "definition_id": self.revenue.id,
                "prorate": False,
                "tier_ids": [(0, 0, {"value_from": start, "rate": rate}) for start, rate in tiers],
                **vals,
            }
        )

    def measured(self, employee, value, attainment=100.0, kpi=None, exact=None, period=None):
        """A card whose KPI measured that value."""
        kpi = kpi or self.revenue
        card = self.make_card(employee, attainment, period, attainments={kpi: attainment})
        trusted(card.line_ids).write(
            {"actual": value, "explanation": {"actual": exact or str(value), "weight": "100", "spans": None}}
        )
        return card

    def amounts(self, plan, *employees):
        statements = self.compute(plan)
        return [statements[employee].amount for employee in employees]

    def test_marginal_tiers_pay_each_part_by_its_own_rate(self):
        # 2 % of 100 million + 3 % of the next 400 million + 5 % of the last 250 million
        # = 2,000,000 + 12,000,000 + 12,500,000 = 26,500,000
        plan = self.make_rate((0, 2), (100_000_000, 3), (500_000_000, 5))
        self.measured(self.an, 750_000_000)
        # exactly on the edge: 2,000,000 + 12,000,000
        self.measured(self.binh, 500_000_000)
        self.assertEqual(self.amounts(plan, self.an, self.binh), [26_500_000, 14_000_000])
        statement = plan.statement_ids.filtered(lambda s: s.employee_id == self.an)
        self.assertRecordValues(statement, [{"payout_percent": 100, "basis_amount": 26_500_000}])

    def test_whole_tiers_pay_everything_by_the_tier_reached(self):
        # tiers are half-open: 500 million is in the third one, a dong less in the second
        plan = self.make_rate((0, 2), (100_000_000, 3), (500_000_000, 5), tier_mode="whole")
        self.measured(self.an, 500_000_000)
        self.measured(self.binh, 499_999_999)
        # 3 % of 499,999,999 = 14,999,999.97
        self.assertEqual(self.amounts(plan, self.an, self.binh), [25_000_000, 15_000_000])

    def test_nothing_below_the_first_tier_nor_for_a_negative_value(self):
        plan = self.make_rate((100_000_000, 3))
        self.measured(self.hang, 99_999_999)
        # credit notes beyond the sales
        self.measured(self.an, -5_000_000)
        # 3 % of the 50 million above the first tier
        self.measured(self.binh, 150_000_000)
        self.assertEqual(self.amounts(plan, self.hang, self.an, self.binh), [0, 0, 1_500_000])

    def test_the_exact_actual_counts_not_its_float(self):
        # a float of this size has no last digit: 123,456,789,012,345,679 × 1 % = 1,234,567,890,123,456.79
        plan = self.make_rate((0, 1))
        self.measured(self.an, 123456789012345678.0, exact="123456789012345679")
        statement = self.compute(plan)[self.an]
        self.assertEqual(statement.explanation["payout"]["computed"], "1234567890123457")

    def test_amount_per_unit_of_what_is_counted(self):
        # 15,000 for each of the first 100 pieces, 20,000 for each beyond: 1,500,000 + 30 × 20,000 = 2,100,000
        plan = self.make_rate((0, 15_000), (100, 20_000), definition_id=self.pieces.id)
        self.assertEqual(plan.rate_per, "unit")
        self.measured(self.an, 130, kpi=self.pieces)
        self.assertEqual(self.amounts(plan, self.an), [2_100_000])

    def test_curve_gates_days_and_caps_apply(self):
        # 2 % of 300,000,000 = 6,000,000; attainment 90 → payout 75 %; safety 70 % < 95 %: × 0.5;
        # 15 ÷ 31 = 0.4839: 6,000,000 × 0.75 × 0.5 × 0.4839 = 1,088,775; cap 1,000,000
        joiner = self.make_employee("Joiner", self.sales, start="2026-03-17")
        self.make_card(None, 70.0, attainments={self.safety: 70.0})
        self.measured(joiner, 300_000_000, attainment=90.0)
        plan = self.make_rate(
            (0, 2),
            prorate=True,
            cap_amount=1_000_000,
            curve_ids=[(0, 0, {"score": 80, "payout": 50}), (0, 0, {"score": 100, "payout": 100})],
            gate_ids=[(0, 0, {"definition_id": self.safety.id, "minimum": 95, "factor": 0.5})],
        )
        statement = self.compute(plan)[joiner]
        self.assertRecordValues(statement, [{"payout_percent": 75, "computed_amount": 1_088_775, "amount": 1_000_000}])

    def test_no_data_pays_nothing_and_says_so(self):
        self.make_card(self.an, None, attainments={self.revenue: None})
        statement = self.compute(self.make_rate((0, 2)))[self.an]
        self.assertEqual((statement.amount, statement.explanation["payout"]["reason"]), (0, "no_value"))
        self.assertIn("No data", str(statement.with_context(lang="en_US").explanation_html))

    def test_a_kpi_twice_on_the_card_pays_for_both_lines(self):
        # two lines of one KPI with choices of their own: 2 % of 100 + 200 million; attainment by weight:
        # (60 × 50 + 40 × 100) ÷ 100 = 70 %
        card = self.measured(self.an, 100_000_000, attainment=50.0)
        second = multiply(card.line_ids, 1)
        trusted(card.line_ids[0]).write({"weight": 60.0, "explanation": {"actual": "100000000"}})
        trusted(second).write(
            {"actual": 2e8, "attainment": 100.0, "result": "ok", "weight": 40.0, "explanation": {"actual": "200000000"}}
        )
        statement = self.compute(self.make_rate((0, 2)))[self.an]
        self.assertRecordValues(statement, [{"score": 70, "amount": 6_000_000}])
        self.assertEqual(len(statement.explanation["card"]), 2, "every line of the card is shown")

    def test_the_statement_shows_each_tier_and_replays(self):
        plan = self.make_rate((0, 2), (100_000_000, 3))
        self.measured(self.an, 150_000_000)
        statement = self.compute(plan)[self.an]
        html = str(statement.with_context(lang="en_US").explanation_html).replace("\xa0", " ").replace("&nbsp;", " ")
        for text in ("Measured: Revenue", "150,000,000", "100,000,000 ₫ × 2 %", "50,000,000 ₫ × 3 %", "paid in full"):
            self.assertIn(text, html)
        statement.with_user(self.officer).line_ids = [(0, 0, {"name": "Fair", "amount": 250_000})]
        # 2,000,000 + 1,500,000 + 250,000
        self.assertEqual(statement.amount, 3_750_000)
        self.assertEqual(replay(statement.explanation["payout"]).amount, 3_750_000)

    def test_what_cannot_be_right_is_refused(self):
        for vals in (
            {"tier_ids": [(0, 0, {"value_from": -1, "rate": 1})]},
            {"tier_ids": [(0, 0, {"value_from": 0, "rate": -1})]},
            {"tier_ids": [(0, 0, {"value_from": 5, "rate": 1}), (0, 0, {"value_from": 5, "rate": 2})]},
            {"apply_on": "score", "definition_id": False},
            {"definition_id": False},
        ):
            with self.subTest(vals=vals), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.make_rate(**vals)
                self.env.flush_all()

    def test_a_kpi_that_a_rate_cannot_be_of_is_refused(self):
        quota = self.make_kpi("T_QUOTA", "Quota")
        quota.unit = "percent"
        with self.assertRaisesRegex(ValidationError, "measured in percent"):
            self.make_rate((0, 2), definition_id=quota.id)
        with self.assertRaisesRegex(ValidationError, "measured in VND"):
            self.make_rate((0, 2), currency_id=self.env.ref("base.USD").id)
        plan = self.make_rate((0, 2))
        self.revenue.unit = "number"
        with self.assertRaisesRegex(ValidationError, "changed its unit"):
            plan.with_user(self.officer).action_compute(self.march)

    def test_tiers_come_in_any_order(self):
        plan = self.make_rate((100_000_000, 3), (0, 2))
        self.measured(self.an, 150_000_000)
        self.assertEqual(self.amounts(plan, self.an), [3_500_000])

    def test_only_a_plan_that_can_pay_is_published(self):
        with self.assertRaisesRegex(UserError, "Add a tier"):
            self.make_rate(state="draft").with_user(self.officer).action_publish()
        with self.assertRaisesRegex(UserError, "Add a tier"):
            self.make_rate((0, 0), state="draft").with_user(self.officer).action_publish()

    def test_form_says_what_is_paid(self):
        form = Form(self.env["kpi.bonus.plan"].with_user(self.officer).with_company(self.company))
        form.name, form.basis = "Commission", "rate"
        self.assertEqual((form.apply_on, form.prorate), ("kpi", False))
        self.assertIn("Choose the KPI", form.basis_summary)
        form.definition_id = self.revenue
        for value, rate in ((0, 2), (100_000_000, 3)):
            with form.tier_ids.new() as tier:
                tier.value_from, tier.rate = value, rate
        # of 150 million: 2 % of 100 + 3 % of 50 million
        for text in ("Revenue", "2 % from 0", "3 % from 100,000,000", "150,000,000", "3,500,000", "paid in full"):
            self.assertIn(text, form.basis_summary.replace("\xa0", " "))
        plan = form.save()
        plan.action_publish()
        self.assertEqual(plan.tier_ids.mapped("rate"), [2, 3])
        copy = plan.copy()
        self.assertEqual(copy.tier_ids.mapped("value_from"), [0, 100_000_000])
