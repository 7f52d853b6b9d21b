from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestPayslipOrders(PayslipBonusCase):
    """Slips made, changed and confirmed in the orders that lose or double such amounts elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north = cls.make_plan(name="North", department_ids=cls.sales_north.ids)

    def open_form(self, employee):
        march = {"default_date_from": "2026-03-01", "default_date_to": "2026-03-31"}
        form = Form(self.env["hr.payslip"].with_user(self.payroll_user).with_context(**march))
        form.employee_id = employee
        return form

    def test_the_employee_is_changed_on_the_form(self):
        self.approved_statement()
        self.approved_statement(self.binh, 50.0, self.north)
        form = self.open_form(self.an)
        form.employee_id = self.binh
        slip = form.save()
        self.assertEqual(slip.contract_id, self.binh.version_id, "the wage of the one who is paid")
        self.assertEqual(self.bonus_inputs(slip), [2_500_000])
        slip.compute_sheet()
        self.assertPays(slip, 2_500_000)

    def test_the_employee_is_changed_on_a_computed_slip(self):
        statement = self.approved_statement()
        other = self.approved_statement(self.binh, 50.0, self.north)
        slip = self.make_slip()
        slip.write({"employee_id": self.binh.id, "contract_id": self.binh.version_id.id})
        slip.compute_sheet()
        self.assertPays(slip, 2_500_000)
        self.assertRecordValues(
            statement | other,
            [
                {"payslip_id": False, "payment_reference": False},
                {"payslip_id": slip.id, "payment_reference": slip._kpi_label()},
            ],
        )

    def test_the_employee_is_changed_and_the_slip_confirmed_uncomputed(self):
        self.env["ir.config_parameter"].sudo().set_param("payroll.prevent_compute_on_confirm", "True")
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.write({"employee_id": self.binh.id, "contract_id": self.binh.version_id.id})
        with self.assertRaisesRegex(UserError, "Compute the sheet again"):
            slip.action_payslip_done()
        self.assertEqual(statement.state, "approved")

    def test_the_dates_are_changed_on_the_form(self):
        statement = self.approved_statement()
        slip = self.open_form(self.an).save()
        slip.write({"date_from": "2026-04-01", "date_to": "2026-04-30"})
        slip.onchange_employee()  # what the form calls
        self.assertFalse(self.bonus_inputs(slip))
        slip.write({"date_from": "2026-03-01", "date_to": "2026-03-31"})
        slip.onchange_employee()
        self.assertEqual(self.bonus_inputs(slip), [4_000_000])
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)
        slip.write({"date_from": "2026-04-01", "date_to": "2026-04-30"})
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        self.assertRecordValues(statement, [{"payslip_id": False, "payment_reference": False, "state": "approved"}])

    def test_the_structure_is_changed(self):
        statement = self.approved_statement()
        bare = self.make_structure("Bare")
        bare.rule_ids = bare.rule_ids.filtered(lambda rule: not rule.code.startswith("KPI"))
        slip = self.make_slip()
        slip.struct_id = bare
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        self.assertFalse(statement.payslip_id)
        slip.struct_id = self.structure
        slip.onchange_struct_id()  # what the form calls
        self.assertEqual(self.bonus_inputs(slip), [4_000_000])
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)

    def test_a_statement_cancelled_while_a_slip_only_shows_it(self):
        statement = self.approved_statement()
        slip = self.open_form(self.an).save()
        self.assertEqual(self.bonus_inputs(slip), [4_000_000])
        statement.with_user(self.approver).action_cancel()
        slip.action_payslip_done()
        self.assertPaysNothing(slip)

    def test_shown_only_cancelled_and_confirmed_uncomputed(self):
        self.env["ir.config_parameter"].sudo().set_param("payroll.prevent_compute_on_confirm", "True")
        statement = self.approved_statement()
        slip = self.open_form(self.an).save()
        statement.with_user(self.approver).action_cancel()
        slip.action_payslip_done()
        self.assertNotIn("KPI_BONUS", self.totals(slip), "a line that was never computed pays nothing")
        self.assertEqual(statement.state, "cancelled")

    def test_approved_after_the_slip_was_confirmed(self):
        slip = self.make_slip()
        slip.action_payslip_done()
        statement = self.approved_statement()
        slip.invalidate_recordset()
        self.assertEqual((slip.kpi_pending_count, slip.kpi_pending_amount), (1, 4_000_000))
        missed = self.env["kpi.bonus.statement"].search([("pay_date", "<", "2026-04-01"), ("state", "=", "approved")])
        self.assertEqual(missed, statement)
        statement.with_user(self.officer).pay_date = "2026-04-30"
        slip.invalidate_recordset()
        self.assertEqual(slip.kpi_pending_count, 0)
        self.assertPays(self.make_slip(date_from="2026-04-01", date_to="2026-04-30"), 4_000_000)

    def test_two_slips_computed_together_pay_once(self):
        self.approved_statement()
        slips = self.make_slip(compute=False) | self.make_slip(compute=False)
        slips.compute_sheet()
        self.assertPays(slips[0], 4_000_000)
        self.assertPaysNothing(slips[1])
        slips.action_payslip_done()
        self.assertPaysNothing(slips[1])

    def test_a_person_employed_by_two_companies(self):
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.vnd.id})
        self.payroll_user.company_ids |= other
        twin = self.env["hr.employee"].create(
            {
                "name": "An",
                "company_id": other.id,
                "user_id": self.an_user.id,
                "date_version": "2025-01-01",
                "contract_date_start": "2025-01-01",
                "wage": 10_000_000,
            }
        )
        statement = self.approved_statement()
        both = (self.company | other).ids
        self.env = self.env(context={**self.env.context, "allowed_company_ids": both})
        slip = self.make_slip(twin, compute=False, company_id=other.id)
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        # not even when somebody puts the wrong company on the slip
        slip.company_id = self.company
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        self.assertFalse(statement.payslip_id)
        self.assertPays(self.make_slip(), 4_000_000)

    def test_another_payment_and_a_slip_keep_out_of_each_other(self):
        statement = self.approved_statement().with_user(self.officer)
        statement.payment_reserve("RUN-3")
        slip = self.make_slip()
        self.assertPaysNothing(slip)
        self.assertEqual(slip.kpi_pending_count, 0, "another payment has it")
        statement.payment_release("Paid in Odoo")
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)
        self.assertEqual(statement.payment_due(), [])
        for call in (
            lambda: statement.payment_confirm("2026-03-31", slip._kpi_label()),
            lambda: statement.payment_reserve(slip._kpi_label()),
            lambda: statement.payment_release("Mine"),
        ):
            with self.assertRaisesRegex(UserError, "is on pay slip"):
                call()
        slip.action_payslip_done()
        with self.assertRaisesRegex(UserError, "is on pay slip"):
            statement.payment_release("Mine")
        self.assertEqual(statement.state, "paid")

    def test_a_slip_turned_into_a_refund_gives_the_bonus_back(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.credit_note = True
        self.assertRecordValues(statement, [{"payslip_id": False, "payment_reference": False, "state": "approved"}])
        slip.action_payslip_done()
        self.assertEqual(statement.state, "approved")

    def test_nobody_puts_statements_on_a_slip_by_hand(self):
        statement = self.approved_statement()
        slip = self.make_slip(compute=False)
        commands = ((4, statement.id), (6, 0, statement.ids), (1, statement.id, {"amount": 1}), (2, statement.id))
        for command in commands:
            for records in (slip, slip.sudo()):
                with self.subTest(command), self.assertRaises(UserError):
                    records.kpi_statement_ids = [command]
        slip.compute_sheet()
        for command in ((3, statement.id), (5,), (2, statement.id)):
            with self.subTest(command), self.assertRaises(UserError):
                slip.sudo().kpi_statement_ids = [command]
        self.assertRecordValues(statement, [{"payslip_id": slip.id, "amount": 4_000_000, "state": "approved"}])
