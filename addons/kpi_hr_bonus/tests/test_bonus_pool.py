from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.kpi_management.models.guard import trusted

from ..engine import replay
from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusPool(BonusCase):
    def make_pool(self, amount, **vals):
        return self.make_plan(**{"name": "Pool", "basis": "pool", "amount": amount, **vals})

    def people(self, *scores):
        """A card each for hang, an, binh."""
        employees = (self.hang, self.an, self.binh)[: len(scores)]
        for employee, score in zip(employees, scores, strict=True):
            self.make_card(employee, score)
        return employees

    def amounts(self, plan, *employees):
        statements = self.compute(plan)
        return [statements[employee].amount for employee in employees]

    def test_parts_by_payout_add_up_to_the_pool(self):
        # shares 1.2, 1 and 0.8 of 3: 4,000,000, 3,333,333.33, 2,666,666.67 → the dong left to the largest remainder
        employees = self.people(120.0, 100.0, 80.0)
        self.assertEqual(self.amounts(self.make_pool(10_000_000), *employees), [4_000_000, 3_333_333, 2_666_667])

    def test_ties_go_to_the_lower_employee_id(self):
        # 100 ÷ 3 = 33.33 each; the one dong left to the first
        employees = self.people(100.0, 100.0, 100.0)
        ordered = sorted(employees, key=lambda employee: employee.id)
        self.assertEqual(self.amounts(self.make_pool(100), *ordered), [34, 33, 33])

    def test_shares_by_wage(self):
        # wages 30 and 10 million at 100 %: 75 % and 25 % of 10,000,000
        self.hang.wage, self.an.wage = 30_000_000, 10_000_000
        employees = self.people(100.0, 100.0)
        plan = self.make_pool(10_000_000, pool_key="wage")
        self.assertEqual(self.amounts(plan, *employees), [7_500_000, 2_500_000])

    def test_days_and_gates_weigh_in_the_share(self):
        # a joiner of 15 ÷ 31 = 0.4839 days against 1 with a gate × 0.5: 0.4839 : 0.5
        # 9,839 × 0.4839 ÷ 0.9839 = 4,839 exactly
        joiner = self.make_employee("Joiner", self.sales, start="2026-03-17")
        self.make_card(joiner, 100.0, attainments={self.revenue: 100.0, self.safety: 100.0})
        self.make_card(self.an, 100.0, attainments={self.revenue: 100.0, self.safety: 10.0})
        gate = (0, 0, {"definition_id": self.safety.id, "minimum": 90, "factor": 0.5})
        self.assertEqual(self.amounts(self.make_pool(9_839, gate_ids=[gate]), joiner, self.an), [4_839, 5_000])

    def test_what_a_cap_cuts_off_stays_in_the_pool(self):
        # 6,000,000 and 4,000,000 of 10,000,000; capped at 5,000,000 the first million is not paid out
        employees = self.people(120.0, 80.0)
        plan = self.make_pool(10_000_000, cap_amount=5_000_000)
        self.assertEqual(self.amounts(plan, *employees), [5_000_000, 4_000_000])

    def test_nobody_has_a_share(self):
        employees = self.people(0.0, None)
        plan = self.make_pool(10_000_000)
        self.assertEqual(self.amounts(plan, *employees), [0, 0])
        reasons = {s.employee_id: s.explanation["payout"]["reason"] for s in plan.statement_ids}
        self.assertEqual(reasons, {self.hang: "pool_without_shares", self.an: "no_score"})

    def test_what_is_submitted_stays_and_the_rest_is_split_over_the_others(self):
        # three alike: 3,000,000 each of 9,000,000; the first submitted; then the second's score falls to 50 %:
        # 6,000,000 in 0.5 : 1 = 2,000,000 and 4,000,000
        hang, an, binh = self.people(100.0, 100.0, 100.0)
        plan = self.make_pool(9_000_000)
        statements = self.compute(plan)
        statements[hang].with_user(self.officer).action_submit()
        card = self.env["kpi.scorecard"].search([("employee_id", "=", an.id), ("period_id", "=", self.march.id)])
        trusted(card).score = 50.0
        self.assertEqual(self.amounts(plan, hang, an, binh), [3_000_000, 2_000_000, 4_000_000])
        # approved, with another one settled too: the last one gets what is left
        statements[hang].with_user(self.approver).action_approve()
        statements[an].with_user(self.officer).action_submit()
        trusted(card).score = 100.0
        self.assertEqual(self.amounts(plan, hang, an, binh), [3_000_000, 2_000_000, 4_000_000])
        html = str(statements[binh].with_context(lang="en_US").explanation_html)
        self.assertIn("submitted or approved before", html)

    def test_a_newcomer_never_makes_the_parts_exceed_the_pool(self):
        hang, an = self.people(100.0, 100.0)
        plan = self.make_pool(9_000_000)
        self.compute(plan)[hang].with_user(self.officer).action_submit()
        self.make_card(self.binh, 100.0)
        # 4,500,000 settled; the other half in two
        self.assertEqual(self.amounts(plan, hang, an, self.binh), [4_500_000, 2_250_000, 2_250_000])
        plan.statement_ids.with_user(self.officer).action_submit()
        late = self.make_employee("Late", self.sales)
        self.make_card(late, 100.0)
        statement = self.compute(plan)[late]
        self.assertEqual((statement.amount, statement.explanation["payout"]["reason"]), (0, "pool_empty"))

    def test_a_cancelled_part_goes_back_and_is_not_taken_out_again(self):
        hang, an = self.people(100.0, 100.0)
        plan = self.make_pool(9_000_000)
        cancelled = self.compute(plan)[hang]
        cancelled.with_user(self.officer).action_cancel()
        with self.assertRaisesRegex(UserError, "went back into the pool"):
            cancelled.with_user(self.officer).action_draft()
        self.assertEqual(self.amounts(plan, hang, an), [4_500_000, 4_500_000])

    def test_adjustments_do_not_touch_the_others(self):
        hang, an = self.people(100.0, 100.0)
        plan = self.make_pool(9_000_000)
        statements = self.compute(plan)
        statements[hang].with_user(self.officer).line_ids = [(0, 0, {"name": "Fair", "amount": 250_000})]
        self.assertEqual(self.amounts(plan, hang, an), [4_750_000, 4_500_000])

    def test_pool_filled_by_a_kpi_of_the_company(self):
        # profit 1,234,567,891: 3 % = 37,037,036.73 → 37,037,037, in two: 18,518,519 and 18,518,518
        profit = self.make_kpi("T_PROFIT", "Profit")
        card = self.make_card(None, 100.0, attainments={profit: 100.0})
        trusted(card.line_ids).write({"actual": 1234567891, "explanation": {"actual": "1234567891"}})
        employees = self.people(100.0, 100.0)
        plan = self.make_pool(0, pool_from="kpi", pool_percent=3, pool_definition_id=profit.id)
        ordered = sorted(employees, key=lambda employee: employee.id)
        self.assertEqual(self.amounts(plan, *ordered), [18_518_519, 18_518_518])
        html = str(plan.statement_ids[0].with_context(lang="en_US").explanation_html).replace("\xa0", " ")
        self.assertIn("3 % of 1,234,567,891", html.replace("&nbsp;", " "))
        # a loss, or no card of the company, leaves nothing to split
        trusted(card.line_ids).write({"actual": -5, "explanation": {"actual": "-5"}})
        self.assertEqual(self.amounts(plan, *employees), [0, 0])
        trusted(card).state = "draft"
        self.assertEqual(self.amounts(plan, *employees), [0, 0])
        self.assertEqual(plan.statement_ids[0].explanation["payout"]["reason"], "pool_empty")

    def test_the_statement_shows_the_share_and_replays(self):
        self.people(120.0, 100.0, 80.0)
        plan = self.make_pool(10_000_000)
        for statement in self.compute(plan).values():
            self.assertEqual(float(replay(statement.explanation["payout"]).amount), statement.amount)
            html = str(statement.with_context(lang="en_US").explanation_html).replace("\xa0", " ")
            for text in ("Own share", "the same for everybody", "Shares of everybody", "10,000,000"):
                self.assertIn(text, html)
        again = plan.with_user(self.officer)._compute_statements(self.march)
        self.assertEqual((again.created, again.updated, again.unchanged), (0, 0, 3))

    def test_what_cannot_be_right_is_refused(self):
        pieces = self.make_kpi("T_PIECES", "Pieces")
        pieces.unit = "number"
        with self.assertRaisesRegex(ValidationError, "not measured in money"):
            self.make_pool(0, pool_from="kpi", pool_percent=3, pool_definition_id=pieces.id)
        with self.assertRaisesRegex(UserError, "worth"):
            self.make_pool(0, state="draft").with_user(self.officer).action_publish()
        with self.assertRaisesRegex(UserError, "how many percent"):
            self.make_pool(0, state="draft", pool_from="kpi", pool_definition_id=self.revenue.id).with_user(
                self.officer
            ).action_publish()

    def test_form_says_what_is_paid(self):
        form = Form(self.env["kpi.bonus.plan"].with_user(self.officer).with_company(self.company))
        form.name, form.basis = "Pool", "pool"
        form.amount = 10_000_000
        self.assertIn("Splits 10,000,000", form.basis_summary.replace("\xa0", " "))
        form.pool_key = "wage"
        self.assertIn("wage × payout", form.basis_summary)
        form.pool_from = "kpi"
        form.pool_definition_id, form.pool_percent = self.revenue, 2.5
        self.assertIn("2.5 % of Revenue of the company", form.basis_summary)
        self.assertEqual(form.save().pool_from, "kpi")
