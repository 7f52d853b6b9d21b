from odoo.tests import Form, tagged

from .common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestPayslipBonus(PayslipBonusCase):
    """How an approved statement gets onto a slip."""

    def test_slip_over_the_api(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        self.assertPays(slip, 4_000_000)
        # 20,000,000 wage + 4,000,000 bonus
        self.assertEqual(self.totals(slip)["GROSS"], [24_000_000])
        self.assertEqual(self.totals(slip)["NET"], [24_000_000])
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": slip.id}])
        self.assertEqual(slip.kpi_statement_count, 1)

    def test_slip_in_the_form(self):
        self.approved_statement()
        march = {"default_date_from": "2026-03-01", "default_date_to": "2026-03-31"}
        form = Form(self.env["hr.payslip"].with_user(self.payroll_user).with_context(**march))
        form.employee_id = self.an
        slip = form.save()
        self.assertEqual(self.bonus_inputs(slip), [4_000_000], "shown before the sheet is computed")
        self.assertEqual(slip.kpi_pending_amount, 4_000_000)
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)
        self.assertEqual(slip.kpi_pending_amount, 0)

    def test_slips_by_the_batch_wizard(self):
        statements = self.approved_statement(self.an, 80.0) | self.approved_statement(
            self.binh, 50.0, self.make_plan(name="North", department_ids=self.sales_north.ids)
        )
        run = (
            self.env["hr.payslip.run"]
            .with_user(self.payroll_user)
            .create(
                {
                    "name": "March",
                    "company_id": self.company.id,
                    "date_start": "2026-03-01",
                    "date_end": "2026-03-31",
                }
            )
        )
        wizard = self.env["hr.payslip.employees"].with_user(self.payroll_user).with_context(active_id=run.id)
        wizard.create({"employee_ids": [(6, 0, (self.an | self.binh | self.hang).ids)]}).compute_sheet()
        slips = run.slip_ids.grouped("employee_id")
        self.assertPays(slips[self.an], 4_000_000)
        self.assertPays(slips[self.binh], 2_500_000)
        self.assertPaysNothing(slips[self.hang])
        run.slip_ids.action_payslip_done()
        self.assertEqual(statements.mapped("state"), ["paid", "paid"])

    def test_computing_again_never_doubles(self):
        self.approved_statement()
        slip = self.make_slip()
        for _time in range(3):
            slip.compute_sheet()
            self.assertPays(slip, 4_000_000)
        self.assertEqual(self.totals(slip)["NET"], [24_000_000])

    def test_two_plans_arrive_as_one_line(self):
        # 80 % of 5,000,000 and 80 % of 1,000,000
        first = self.make_plan()
        second = self.make_plan(name="Extra", amount=1_000_000)
        self.approved_statement(plan=first)
        extra = self.compute(second)[self.an]
        extra.with_user(self.officer).action_submit()
        extra.with_user(self.approver).action_approve()
        slip = self.make_slip()
        self.assertPays(slip, 4_800_000)
        self.assertEqual(slip.kpi_statement_count, 2)

    def test_a_statement_approved_later_comes_with_the_next_computation(self):
        slip = self.make_slip()
        self.assertPaysNothing(slip)
        self.approved_statement()
        slip.invalidate_recordset()
        self.assertEqual(slip.kpi_pending_amount, 4_000_000)
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)

    def test_only_approved_statements_that_fall_due_within_the_slip(self):
        self.make_card(self.an, 80.0)
        statement = self.compute(self.make_plan())[self.an]
        slip = self.make_slip()
        self.assertPaysNothing(slip)
        statement.with_user(self.officer).action_submit()
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        statement.with_user(self.approver).action_approve()
        statement.with_user(self.officer).pay_date = "2026-04-30"
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        self.assertPays(self.make_slip(date_from="2026-04-01", date_to="2026-04-30"), 4_000_000)

    def test_half_months_pay_once(self):
        self.approved_statement()
        self.assertPaysNothing(self.make_slip(date_to="2026-03-15"))
        self.assertPays(self.make_slip(date_from="2026-03-16"), 4_000_000)

    def test_typed_amounts_do_not_count(self):
        slip = self.make_slip(compute=False)
        vals = {"name": "KPI", "code": "KPI_BONUS", "amount": 9_000_000, "contract_id": self.an.version_id.id}
        slip.input_line_ids = [(0, 0, vals)]
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        self.approved_statement()
        slip.input_line_ids = [(0, 0, vals), (0, 0, vals)]
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)

    def test_refetching_the_slip_keeps_the_bonus(self):
        self.approved_statement()
        slip = self.make_slip()
        slip.onchange_employee()
        self.assertEqual(self.bonus_inputs(slip), [4_000_000])
        slip.onchange_struct_id()
        slip.onchange_contract()
        self.assertEqual(self.bonus_inputs(slip), [4_000_000])
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)

    def test_other_inputs_are_left_alone(self):
        self.approved_statement()
        slip = self.make_slip(compute=False)
        slip.input_line_ids = [
            (0, 0, {"name": "Overtime", "code": "OT", "amount": 3, "contract_id": self.an.version_id.id})
        ]
        slip.compute_sheet()
        self.assertEqual(
            sorted((line.code, line.amount) for line in slip.input_line_ids), [("KPI_BONUS", 4_000_000), ("OT", 3)]
        )

    def test_another_currency_is_converted_at_the_pay_date(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            [
                {"name": "2026-01-01", "company_id": self.company.id, "currency_id": self.vnd.id, "rate": 1},
                {"name": "2026-01-01", "company_id": self.company.id, "currency_id": usd.id, "rate": 1 / 25_000},
                {"name": "2026-04-01", "company_id": self.company.id, "currency_id": usd.id, "rate": 1 / 26_000},
            ]
        )
        # 80 % of 100 USD = 80 USD at 25,000
        statement = self.approved_statement(plan=self.make_plan(currency_id=usd.id, amount=100))
        self.assertEqual(statement.amount, 80)
        self.assertPays(self.make_slip(), 2_000_000)

    def test_a_slip_of_another_company_never_takes_it(self):
        statement = self.approved_statement()
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.vnd.id})
        slip = self.make_slip(compute=False)
        slip.sudo().company_id = other
        slip.sudo().compute_sheet()
        self.assertPaysNothing(slip.sudo())
        self.assertFalse(statement.payslip_id)

    def test_nothing_is_paid_without_a_score(self):
        statement = self.approved_statement(score=None)
        slip = self.make_slip()
        self.assertNotIn("KPI_BONUS", self.totals(slip))
        slip.action_payslip_done()
        self.assertEqual(statement.state, "paid", "a bonus of nothing is settled by the slip all the same")
