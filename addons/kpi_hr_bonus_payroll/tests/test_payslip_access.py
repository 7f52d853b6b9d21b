from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestPayslipAccess(PayslipBonusCase):
    def test_payroll_managers_read_what_they_pay_and_change_nothing(self):
        statement = self.approved_statement()
        self.make_card(self.binh, 80.0)
        draft = self.compute(self.make_plan(name="Other"))[self.binh]
        Statement = self.env["kpi.bonus.statement"].with_user(self.payroll_user)
        self.assertIn(statement, Statement.search([]))
        self.assertNotIn(draft, Statement.search([]))
        with self.assertRaises(AccessError):
            statement.with_user(self.payroll_user).write({"state": "paid"})
        with self.assertRaises(AccessError):
            statement.with_user(self.payroll_user).write({"payslip_id": False})
        with self.assertRaises(AccessError):
            statement.with_user(self.payroll_user).action_cancel()

    def test_slip_and_statement_open_each_other(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        action = slip.action_open_kpi_statements()
        self.assertEqual(self.env["kpi.bonus.statement"].search(action["domain"]), statement)
        self.assertEqual(statement.with_user(self.payroll_user).action_open_payslip()["res_id"], slip.id)

    def test_a_payroll_officer_of_the_department_computes_the_slip(self):
        officer_user = self.make_user("clerk", "payroll.group_payroll_user")
        clerk = self.make_employee("Clerk", self.production, user_id=officer_user.id)
        self.sales.manager_id = clerk
        statement = self.approved_statement()
        slip = self.make_slip(compute=False).with_user(officer_user)
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)
        slip.action_payslip_done()
        self.assertEqual(statement.state, "paid")
        self.assertEqual(statement.with_user(officer_user).amount, 4_000_000)

    def test_employees_see_that_their_own_is_paid(self):
        statement = self.approved_statement()
        self.make_slip().action_payslip_done()
        mine = statement.with_user(self.an_user)
        self.assertEqual(mine.state, "paid")
        self.assertEqual(mine.paid_date, self.date("2026-03-31"))
