"""One story, from an objective to a pay slip, with numbers worked out by hand."""

from chain_case import BILLION, ChainCase

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestChain(ChainCase):
    def test_from_the_objective_to_the_pay_slip(self):
        self.set_objectives()
        self.agree_on_scorecards()
        self.agree_on_objectives()
        self.do_the_business_of_march()
        self.compute_march()
        self.trace_the_figures()
        self.compute_bonuses()
        self.approve_bonuses()
        self.pay_an_by_hand()
        self.pay_the_others_by_batch()
        self.refund_and_cancel()
        self.close_march()

    # 1. Why: the company's strategy and objective, the department's below it, An's below that.

    def set_objectives(self):
        strategy = self.make_strategy("Nội thất Việt trong mỗi văn phòng")
        self.growth = self.make_objective("120 tỷ doanh thu", "strategic", strategy_id=strategy.id)
        self.sales_growth = self.make_objective(
            "Doanh số mỗi tháng 10 tỷ", "department", self.growth, department_id=self.sales.id, owner_id=self.hang.id
        )
        self.an_growth = self.make_objective(
            "5 tỷ mỗi tháng", "individual", self.sales_growth, department_id=self.north.id, owner_id=self.an.id
        )

    # 2. What each is answerable for in March: KPIs of the library, weights, targets.

    def agree_on_scorecards(self):
        self.company_card = self.make_card(
            self.company,
            [
                ("SAL_REVENUE", 60, 10 * BILLION, {"objective_id": self.growth.id}),
                ("HR_TURNOVER", 20, 10),
                ("MKT_ENGAGEMENTS", 20, 100_000),
            ],
        )
        self.sales_card = self.make_card(
            self.sales,
            [("SAL_REVENUE", 50, 10 * BILLION, {"objective_id": self.sales_growth.id}), ("SAL_CONVERSION", 50, 40)],
        )
        self.an_card = self.make_card(
            self.an,
            [
                ("SAL_REVENUE", 50, 5 * BILLION, {"objective_id": self.an_growth.id}),
                ("SAL_CONVERSION", 25, 50),
                ("PRJ_COMPLETION", 25, 100),
            ],
        )
        self.chi_card = self.make_card(self.chi, [("SAL_REVENUE", 70, 5 * BILLION), ("SAL_CONVERSION", 30, 20)])
        self.lan_card = self.make_card(self.lan, [("MKT_ENGAGEMENTS", 100, 100_000)])
        self.cards = self.company_card | self.sales_card | self.an_card | self.chi_card | self.lan_card

    # Measured by those targets, the objectives are SMART. Lan of HR proposes them; who answers for one agrees to it.

    def agree_on_objectives(self):
        objectives = self.growth | self.sales_growth | self.an_growth
        self.assertEqual(objectives.mapped("smart_missing"), [False] * 3)
        objectives.with_user(self.officer).action_propose()
        for objective, user in zip(objectives, (self.admin, self.hang_user, self.an_user), strict=True):
            with self.assertRaises(UserError):
                objective.with_user(self.officer).action_agree()
            objective.with_user(user).action_agree()
        self.assertEqual(objectives.mapped("state"), ["agreed"] * 3)

    # 3. What happened.

    def do_the_business_of_march(self):
        self.an_orders = self.sell(self.an, 2.5 * BILLION, "2026-03-01 00:00:00")
        self.an_orders += self.sell(self.an, 1.5 * BILLION, "2026-03-31 23:59:59")
        self.sell(self.an, 9 * BILLION, "2026-02-28 23:59:59")  # February's
        self.sell(self.an, 9 * BILLION, "2026-04-01 00:00:00")  # April's, though 31 March 17:00 in UTC
        self.sell(self.an, 9 * BILLION, "2026-03-10 10:00:00")._action_cancel()
        self.chi_orders = self.sell(self.chi, 3 * BILLION, "2026-03-15 10:00:00")
        self.an_deals = self.close_deals(self.an, won=2, lost=2)
        self.close_deals(self.chi, won=1, lost=5)
        self.plan_tasks(self.an, done=3, late=2)
        self.enter("social_engagements", self.company, 95_000)
        self.enter("social_engagements", self.lan, 95_000)

    # 4. What came out.

    def compute_march(self):
        self.month.with_user(self.officer).action_compute()
        self.assertEqual(
            self.figures(self.an_card),
            {
                "SAL_REVENUE": (4 * BILLION, 80),  # 2.5 + 1.5 of 5 billion
                "SAL_CONVERSION": (50, 100),  # 2 of 4 deals, 50 % wanted
                "PRJ_COMPLETION": (60, 60),  # 3 of 5 tasks on time
            },
        )
        self.assertEqual(
            self.figures(self.chi_card),
            {
                "SAL_REVENUE": (3 * BILLION, 60),
                "SAL_CONVERSION": (16.666667, 83.33),  # 1 of 6 deals, 20 % wanted
            },
        )
        self.assertEqual(
            self.figures(self.sales_card),
            {
                "SAL_REVENUE": (7 * BILLION, 70),
                "SAL_CONVERSION": (30, 75),  # 3 of 10 deals, not the mean of 50 % and 16.7 %
            },
        )
        self.assertEqual(
            self.figures(self.company_card),
            {
                "SAL_REVENUE": (7 * BILLION, 70),
                # One of (6 + 5) / 2 people left: 18.18 %; 20 % would be 0, 10 % is the target.
                "HR_TURNOVER": (18.181818, 18.18),
                "MKT_ENGAGEMENTS": (95_000, 95),
            },
        )
        self.assertEqual(self.figures(self.lan_card), {"MKT_ENGAGEMENTS": (95_000, 95)})
        self.assertEqual(
            [(card.score, card.grade_id.name[:1]) for card in self.cards],
            [
                (64.64, "C"),  # 0.6 × 70 + 0.2 × 18.18 + 0.2 × 95 = 64.636
                (72.5, "C"),  # (70 + 75) / 2
                (80, "B"),  # 0.5 × 80 + 0.25 × 100 + 0.25 × 60
                (67, "C"),  # 0.7 × 60 + 0.3 × 83.33 = 66.999
                (95, "A"),
            ],
        )
        self.assertEqual(self.an_growth.progress, 80)
        # Each objective is as far as its own target on a scorecard: the company has sold 7 of 10 billion, as Sales has.
        self.assertEqual((self.sales_growth.progress, self.growth.progress), (70, 70))

    # 5. Where the numbers come from.

    def trace_the_figures(self):
        self.assertEqual(self.opened(self.line(self.an_card, "SAL_REVENUE")), self.an_orders)
        self.assertEqual(self.opened(self.line(self.sales_card, "SAL_REVENUE")), self.an_orders | self.chi_orders)
        self.assertEqual(self.opened(self.line(self.an_card, "SAL_CONVERSION")), self.an_deals)
        self.assertEqual(len(self.opened(self.line(self.an_card, "PRJ_COMPLETION"))), 5)
        self.assertEqual(self.opened(self.line(self.lan_card, "MKT_ENGAGEMENTS")).mapped("value"), [95_000])
        self.assertIn("80", self.line(self.an_card, "SAL_REVENUE").explanation_html)
        with self.assertRaises(AccessError):
            self.line(self.an_card, "SAL_REVENUE").with_user(self.an_user).actual = 5 * BILLION

    # 6. What it is worth.

    def compute_bonuses(self):
        sales_plan = self.make_plan("Thưởng doanh số", self.sales, basis="fixed", amount=5_000_000)
        office_plan = self.make_plan("Thưởng văn phòng", self.office, basis="wage", wage_percent=10)
        for _twice in range(2):
            for plan in (sales_plan, office_plan):
                plan.with_user(self.bonus_officer).action_compute(self.month.id)
        self.statements = self.env["kpi.bonus.statement"].search([("period_id", "=", self.month.id)])
        self.statement = self.statements.grouped("employee_id")
        self.assertEqual(
            {employee: (statement.score, statement.amount) for employee, statement in self.statement.items()},
            {
                self.an: (80, 4_000_000),  # 80 % done earns 80 % of 5,000,000
                self.chi: (67, 3_350_000),
                self.lan: (95, 1_710_000),  # 95 % of 10 % of 18,000,000
            },
        )

    def approve_bonuses(self):
        self.statements.with_user(self.bonus_officer).action_submit()
        with self.assertRaises(AccessError):
            self.statements.with_user(self.bonus_officer).action_approve()
        with self.assertRaises(AccessError):
            self.statement[self.an].with_user(self.an_user).action_approve()
        self.statements.with_user(self.approver).action_approve()
        self.assertEqual(set(self.statements.mapped("state")), {"approved"})
        with self.assertRaises(AccessError):
            self.statement[self.an].with_user(self.bonus_officer).amount = 5_000_000

    # 7. What is paid.

    def pay_an_by_hand(self):
        self.an_slip = self.slip_by_hand(self.an)
        self.an_slip.compute_sheet()
        self.assertEqual(self.paid(self.an_slip), {"BASIC": 20_000_000, "KPI_BONUS": 4_000_000, "NET": 24_000_000})
        inputs = self.an_slip.input_line_ids.filtered(lambda line: line.code == "KPI_BONUS")
        self.assertEqual(inputs.mapped("amount"), [4_000_000])
        self.assertEqual(self.statement[self.an].state, "approved")
        self.an_slip.action_payslip_done()
        self.assertEqual((self.statement[self.an].state, self.statement[self.an].payslip_id), ("paid", self.an_slip))
        self.assertNotIn("KPI_BONUS", self.paid(self.slip_by_hand(self.an)))  # nobody is paid twice

    def pay_the_others_by_batch(self):
        slips = self.slips_by_batch(self.chi | self.lan)
        self.chi_slip, self.lan_slip = slips[self.chi], slips[self.lan]
        self.assertEqual(self.paid(self.chi_slip), {"BASIC": 15_000_000, "KPI_BONUS": 3_350_000, "NET": 18_350_000})
        self.assertEqual(self.paid(self.lan_slip), {"BASIC": 18_000_000, "KPI_BONUS": 1_710_000, "NET": 19_710_000})
        (self.chi_slip | self.lan_slip).action_payslip_done()
        self.assertEqual(set(self.statements.mapped("state")), {"paid"})

    # 8. What is taken back.

    def refund_and_cancel(self):
        self.an_slip.refund_sheet()
        self.assertEqual((self.statement[self.an].state, self.statement[self.an].payslip_id.ids), ("approved", []))
        self.assertEqual(self.paid(self.slip_by_hand(self.an))["KPI_BONUS"], 4_000_000)  # the next slip pays it
        self.env["ir.config_parameter"].set_param("payroll.allow_cancel_payslips", "1")
        self.chi_slip.action_payslip_cancel()
        self.assertEqual((self.statement[self.chi].state, self.statement[self.chi].payslip_id.ids), ("approved", []))
        self.assertEqual(self.statement[self.lan].state, "paid")
        with self.assertRaises(UserError):
            self.statement[self.lan].with_user(self.approver).action_cancel()

    # 9. What is closed stays.

    def close_march(self):
        self.month.with_user(self.officer).action_close()
        self.sell(self.an, 9 * BILLION, "2026-03-20 10:00:00")
        with self.assertRaises(UserError):
            self.month.with_user(self.officer).action_compute()
        self.assertEqual(self.line(self.an_card, "SAL_REVENUE").actual, 4 * BILLION)
        with self.assertRaises(UserError):
            self.enter("social_engagements", self.chi, 1)
