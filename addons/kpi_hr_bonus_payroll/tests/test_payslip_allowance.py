from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestPayslipAllowance(PayslipBonusCase):
    """Pay that varies with results and a regular fixed allowance arrive apart, each as one line.

    An gets a bonus of 4,000,000 (80 % of 5,000,000) and an allowance of 800,000 (80 % of 1,000,000).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bonus = cls.make_plan()
        cls.allowance = cls.make_plan(name="Fixed", amount=1_000_000, in_insurance_base=True)
        cls.rule = cls.env.ref("kpi_hr_bonus_payroll.salary_rule_kpi_allowance")

    def both(self):
        statements = self.approved_statement(plan=self.bonus)
        fixed = self.compute(self.allowance)[self.an]
        fixed.with_user(self.officer).action_submit()
        fixed.with_user(self.approver).action_approve()
        return statements | fixed

    def inputs(self, slip):
        return sorted((line.code, line.amount) for line in slip.input_line_ids)

    def test_two_lines_in_two_categories(self):
        base = self.prepare_rule("INSURED", 150, "result = categories.BASIC + categories.KPI_ALLOWANCE")
        self.structure.rule_ids = [(0, 0, base)]
        statements = self.both()
        slip = self.make_slip()
        self.assertEqual(self.inputs(slip), [("KPI_ALLOWANCE", 800_000), ("KPI_BONUS", 4_000_000)])
        totals = self.totals(slip)
        self.assertEqual(totals["KPI_BONUS"], [4_000_000])
        self.assertEqual(totals["KPI_ALLOWANCE"], [800_000])
        # 20,000,000 wage + both; and without the bonus
        self.assertEqual(totals["GROSS"], [24_800_000])
        self.assertEqual(totals["INSURED"], [20_800_000])
        slip.compute_sheet()
        self.assertEqual(len(slip.input_line_ids), 2)
        slip.action_payslip_done()
        self.assertEqual(set(statements.mapped("state")), {"paid"})
        self.assertEqual(set(statements.mapped("payment_reference")), {slip._kpi_label()})

    def test_the_form_shows_both(self):
        self.both()
        slip = self.make_slip(compute=False)
        slip.onchange_employee()
        self.assertEqual(self.inputs(slip), [("KPI_ALLOWANCE", 800_000), ("KPI_BONUS", 4_000_000)])

    def test_a_structure_without_its_rule_leaves_the_allowance(self):
        self.structure.rule_ids -= self.rule
        statements = self.both()
        slip = self.make_slip()
        self.assertEqual(self.inputs(slip), [("KPI_BONUS", 4_000_000)])
        self.assertEqual((slip.kpi_pending_count, slip.kpi_pending_amount), (1, 800_000))
        slip.action_payslip_done()
        self.assertEqual(statements.mapped("state"), ["paid", "approved"])

    def test_only_the_allowance_goes(self):
        statements = self.both()
        slip = self.make_slip()
        slip.action_payslip_draft()
        statements[1].with_user(self.officer).pay_date = "2026-04-30"
        slip.compute_sheet()
        self.assertEqual(self.inputs(slip), [("KPI_BONUS", 4_000_000)])

    def test_a_plan_changed_later_changes_no_statement(self):
        statements = self.both()
        trusted(self.allowance).in_insurance_base = False
        self.assertEqual(self.inputs(self.make_slip()), [("KPI_ALLOWANCE", 800_000), ("KPI_BONUS", 4_000_000)])
        self.assertEqual(statements.mapped("in_insurance_base"), [False, True])

    def test_lines_are_checked_apart(self):
        self.env["ir.config_parameter"].sudo().set_param("payroll.prevent_compute_on_confirm", "True")
        self.both()
        slip = self.make_slip()
        line = slip.line_ids.filtered(lambda line: line.code == "KPI_ALLOWANCE")
        line.sudo().write({"amount": 900_000})
        slip.line_ids.filtered(lambda line: line.code == "KPI_BONUS").sudo().write({"amount": 3_900_000})
        with self.assertRaisesRegex(UserError, "Compute the sheet again"):
            slip.action_payslip_done()
