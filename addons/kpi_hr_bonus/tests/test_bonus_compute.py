from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.crowd import make_crowd

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusCompute(BonusCase):
    def test_eighty_percent_done_earns_eighty_percent(self):
        # 80 % of 5,000,000 for 31 of 31 days = 4,000,000
        self.make_card(self.an, 80.0)
        statement = self.compute(self.make_plan())[self.an]
        self.assertRecordValues(
            statement,
            [
                {
                    "score": 80.0,
                    "payout_percent": 80.0,
                    "basis_amount": 5_000_000,
                    "proration": 1.0,
                    "amount": 4_000_000,
                    "state": "draft",
                    "computed_by_id": self.officer.id,
                    "currency_id": self.vnd.id,
                    "department_id": self.sales.id,
                    "pay_date": self.date("2026-03-31"),
                }
            ],
        )
        self.assertEqual([(line.kind, line.amount) for line in statement.line_ids], [("computed", 4_000_000)])

    def test_share_of_the_wage_in_force_on_the_last_covered_day(self):
        # the wage rose from 20 to 24 million on 16 March: 10 % of 24,000,000 × 95.5 % = 2,292,000
        self.an.create_version({"date_version": "2026-03-16", "wage": 24_000_000})
        self.make_card(self.an, 95.5)
        statement = self.compute(self.make_plan(basis="wage", wage_percent=10, amount=0))[self.an]
        self.assertRecordValues(statement, [{"basis_amount": 2_400_000, "proration": 1.0, "amount": 2_292_000}])

    def test_population_includes_sub_departments_and_nobody_else(self):
        for employee in (self.an, self.binh, self.cuong):
            self.make_card(employee, 100.0)
        statements = self.compute(self.make_plan())
        self.assertEqual(set(statements), {self.an, self.binh})

    def test_no_population_is_everybody(self):
        for employee in (self.an, self.cuong):
            self.make_card(employee, 100.0)
        statements = self.compute(self.make_plan(department_ids=False))
        self.assertEqual(set(statements), {self.an, self.cuong})

    def test_each_criterion_of_the_population_narrows(self):
        seller = self.env["hr.job"].create({"name": "Seller", "company_id": self.company.id})
        tag = self.env["hr.employee.category"].create({"name": "Field"})
        self.an.write({"job_id": seller.id, "category_ids": [(4, tag.id)]})
        self.binh.job_id = seller
        for employee in (self.hang, self.an, self.binh):
            self.make_card(employee, 100.0)
        self.assertEqual(set(self.compute(self.make_plan(job_ids=seller.ids))), {self.an, self.binh})
        self.assertEqual(set(self.compute(self.make_plan(category_ids=tag.ids))), {self.an})
        self.assertEqual(set(self.compute(self.make_plan(employee_ids=self.hang.ids))), {self.hang})

    def test_joiner_leaver_and_mover_get_their_days(self):
        # joins on the 17th: 15 of 31 days = 0.4839 (0.48387…); 100 % × 5,000,000 × 0.4839 = 2,419,500
        joiner = self.make_employee("Joiner", self.sales, start="2026-03-17")
        # leaves after the 10th: 10 ÷ 31 = 0.3226 → 1,613,000
        leaver = self.make_employee("Leaver", self.sales, contract_date_end="2026-03-10")
        # moves to production on the 21st: 20 ÷ 31 = 0.6452 → 3,226,000
        mover = self.make_employee("Mover", self.sales)
        mover.create_version({"date_version": "2026-03-21", "department_id": self.production.id})
        for employee in (joiner, leaver, mover):
            self.make_card(employee, 100.0)
        statements = self.compute(self.make_plan())
        self.assertEqual(statements[joiner].amount, 2_419_500)
        self.assertEqual(statements[leaver].amount, 1_613_000)
        self.assertEqual(statements[mover].amount, 3_226_000)
        self.assertEqual(statements[mover].days_covered, 20)

    def test_without_proration_a_joiner_gets_all(self):
        joiner = self.make_employee("Joiner", self.sales, start="2026-03-17")
        self.make_card(joiner, 100.0)
        self.assertEqual(self.compute(self.make_plan(prorate=False))[joiner].amount, 5_000_000)

    def test_curve_threshold_and_flat_end(self):
        # nothing below 80; 90 lies halfway from 80 → 50 % to 100 → 100 %: 75 %; beyond 120 → 150 % flat
        points = [(0, 0, {"score": score, "payout": payout}) for score, payout in ((80, 50), (100, 100), (120, 150))]
        plan = self.make_plan(curve_ids=points)
        for employee, score in ((self.hang, 79.99), (self.an, 90.0), (self.binh, 130.0)):
            self.make_card(employee, score)
        statements = self.compute(plan)
        amounts = [statements[employee].amount for employee in (self.hang, self.an, self.binh)]
        self.assertEqual(amounts, [0, 3_750_000, 7_500_000])

    def test_step_curve(self):
        plan = self.make_plan(
            curve_mode="step", curve_ids=[(0, 0, {"score": 80, "payout": 50}), (0, 0, {"score": 100, "payout": 100})]
        )
        self.make_card(self.an, 99.99)
        self.assertEqual(self.compute(plan)[self.an].amount, 2_500_000)

    def test_single_kpi_in_place_of_the_score(self):
        # the score is 75, the KPI 60: 60 % of 5,000,000
        self.make_card(self.an, 75.0, attainments={self.revenue: 60.0, self.safety: 90.0})
        self.make_card(self.binh, 90.0, attainments={self.safety: 90.0})
        statements = self.compute(self.make_plan(apply_on="kpi", definition_id=self.revenue.id))
        self.assertEqual(statements[self.an].amount, 3_000_000)
        self.assertNotIn(self.binh, statements, "without that KPI there is nothing to pay for")

    def test_gates_on_own_and_company_scorecards(self):
        # own safety 70 % < 95 %: × 0.5; the company's safety card is only asked where the own card has no such KPI
        self.make_card(None, 96.0, attainments={self.safety: 96.0})
        self.make_card(self.an, 100.0, attainments={self.revenue: 130.0, self.safety: 70.0})
        self.make_card(self.binh, 100.0)
        plan = self.make_plan(gate_ids=[(0, 0, {"definition_id": self.safety.id, "minimum": 95, "factor": 0.5})])
        statements = self.compute(plan)
        self.assertRecordValues(statements[self.an], [{"gate_factor": 0.5, "amount": 2_500_000}])
        self.assertRecordValues(statements[self.binh], [{"gate_factor": 1.0, "amount": 5_000_000}])

    def test_lower_of_both_caps_holds(self):
        # 150 % × 5,000,000 = 7,500,000; caps 7,000,000 and 30 % of 20,000,000 = 6,000,000
        self.make_card(self.an, 150.0)
        statement = self.compute(self.make_plan(cap_amount=7_000_000, cap_wage_percent=30))[self.an]
        self.assertRecordValues(statement, [{"computed_amount": 7_500_000, "amount": 6_000_000}])

    def test_no_score_pays_nothing_and_says_so(self):
        self.make_card(self.an, None)
        statement = self.compute(self.make_plan())[self.an]
        self.assertRecordValues(statement, [{"has_score": False, "amount": 0}])
        self.assertEqual(statement.explanation["payout"]["reason"], "no_score")

    def test_people_without_an_agreed_scorecard_are_counted(self):
        self.make_card(self.an, 100.0)
        self.make_card(self.binh, 100.0, state="draft")
        self.make_card(self.hang, 100.0, state="proposed")
        plan = self.make_plan()
        notification = plan.with_user(self.officer).action_compute(self.march)
        self.assertEqual(plan.statement_ids.employee_id, self.an)
        # binh (draft) and hang (proposed, and not agreed to)
        self.assertIn("1 new", notification["params"]["message"])
        self.assertIn("2 people without", notification["params"]["message"])

    def test_computing_twice_changes_nothing(self):
        self.make_card(self.an, 80.0)
        plan = self.make_plan()
        statement = self.compute(plan)[self.an]
        before = statement.read()[0], statement.line_ids.read()
        admin_officer = self.make_user("second", "kpi_hr_bonus.group_bonus_officer")
        outcome = plan.with_user(admin_officer)._compute_statements(self.march)
        self.assertEqual((outcome.created, outcome.updated, outcome.unchanged), (0, 0, 1))
        self.env.flush_all()
        self.assertEqual((statement.read()[0], statement.line_ids.read()), before)

    def test_drafts_are_recomputed_in_place_and_later_states_left_alone(self):
        card_an, card_binh = self.make_card(self.an, 80.0), self.make_card(self.binh, 80.0)
        plan = self.make_plan()
        statements = self.compute(plan)
        statements[self.binh].with_user(self.officer).action_submit()
        trusted(card_an | card_binh).write({"score": 90.0})
        again = self.compute(plan)
        self.assertEqual(again[self.an], statements[self.an])
        self.assertEqual(again[self.an].amount, 4_500_000)
        self.assertEqual(again[self.an].line_ids.amount, 4_500_000)
        self.assertEqual(again[self.binh].amount, 4_000_000)

    def test_drafts_of_people_no_longer_covered_are_withdrawn(self):
        self.make_card(self.an, 80.0)
        plan = self.make_plan()
        statement = self.compute(plan)[self.an]
        trusted(plan).department_ids = self.production
        self.assertNotIn(self.an, self.compute(plan))
        self.assertEqual(statement.state, "cancelled")

    def test_pay_date_months_later(self):
        # a quarter that ends on 31 March, paid one month later: the last day of April
        quarter = self.make_period("2026-03-01", "quarter")
        self.make_card(self.an, 100.0, quarter)
        plan = self.make_plan(period_type="quarter", pay_month_offset=1)
        self.assertEqual(self.compute(plan, quarter)[self.an].pay_date, self.date("2026-04-30"))

    def test_a_moved_pay_date_survives_recomputation(self):
        card = self.make_card(self.an, 80.0)
        plan = self.make_plan()
        statement = self.compute(plan)[self.an]
        statement.with_user(self.officer).pay_date = "2026-04-30"
        trusted(card).score = 90.0
        self.compute(plan)
        self.assertRecordValues(statement, [{"pay_date": self.date("2026-04-30"), "amount": 4_500_000}])

    def test_only_officers_compute_published_plans_of_the_period(self):
        plan = self.make_plan()
        with self.assertRaises(AccessError):
            plan.with_user(self.approver).action_compute(self.march)
        with self.assertRaisesRegex(UserError, "not published"):
            self.make_plan(state="draft").with_user(self.officer).action_compute(self.march)
        with self.assertRaisesRegex(UserError, "does not cover"):
            plan.with_user(self.officer).action_compute(self.make_period("2026-03-15", "quarter"))
        with self.assertRaisesRegex(UserError, "does not cover"):
            plan.with_user(self.officer).action_compute(self.make_period("2025-12-15"))
        with self.assertRaisesRegex(UserError, "Choose the period"):
            plan.with_user(self.officer).action_compute(0)

    def test_button_on_the_period_computes_every_plan_in_force(self):
        self.make_card(self.an, 80.0)
        plans = self.make_plan() | self.make_plan(name="Extra", amount=1_000_000)
        self.make_plan(name="Not yet", state="draft")
        self.make_plan(name="Later", date_start="2026-04-01")
        self.march.with_user(self.officer).action_compute_bonuses()
        statements = self.env["kpi.bonus.statement"].search([("period_id", "=", self.march.id)])
        self.assertEqual(statements.plan_id, plans)
        self.assertEqual(self.march.bonus_statement_count, 2)

    def test_as_many_queries_for_a_thousand_people_as_for_ten(self):
        plan = self.make_plan(
            basis="wage",
            wage_percent=10,
            department_ids=self.production.ids,
            gate_ids=[(0, 0, {"definition_id": self.safety.id, "minimum": 50, "factor": 0.5})],
        )
        few = self._count_queries(plan, 10, "2026-01-15")
        many = self._count_queries(plan, 1000, "2026-02-15")
        # Rows are inserted by hundreds: 1,000 statements and their 1,000 lines take 10 INSERTs each in place of one.
        # Nothing else may grow with the number of people.
        self.assertLessEqual(many - few, 18, f"{few} queries for 10 people, {many} for 1,000")

    def _count_queries(self, plan, number, day):
        period = self.make_period(day)
        first = self.make_employee(
            f"Worker {number}",
            self.production,
            period.date_start,
            wage=10_000_000,
            contract_date_end=period.date_end,
            user_id=self.make_user(f"worker{number}").id,
        )
        people = first | make_crowd(first, number - 1)
        cards = self.env["kpi.scorecard"].create(
            [
                {
                    "period_id": period.id,
                    "company_id": self.company.id,
                    "employee_id": person.id,
                    "line_ids": [
                        (0, 0, {"definition_id": kpi.id, "weight": 50, "target": 100})
                        for kpi in (self.revenue, self.safety)
                    ],
                }
                for person in people
            ]
        )
        trusted(cards.line_ids).write({"actual": 80, "attainment": 80, "result": "ok"})
        trusted(cards).write({"score": 80.0, "has_score": True, "state": "running"})
        officer_plan = plan.with_user(self.officer)
        officer_plan._compute_statements(self.march)  # warms caches
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        outcome = officer_plan._compute_statements(period)
        self.env.flush_all()
        self.assertEqual(outcome.created, number)
        # 80 % of 10 % of 10,000,000
        self.assertEqual(set(outcome.statements.mapped("amount")), {800_000})
        return self.env.cr.sql_log_count - before
