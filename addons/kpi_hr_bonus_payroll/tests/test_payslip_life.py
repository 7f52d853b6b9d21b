from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestPayslipLife(PayslipBonusCase):
    """The statement follows its slip."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # payroll takes any text for true: only a missing parameter means false
        params = cls.env["ir.config_parameter"].sudo()
        params.search([("key", "in", ("payroll.prevent_compute_on_confirm", "payroll.allow_cancel_payslips"))]).unlink()

    def set_param(self, name):
        self.env["ir.config_parameter"].sudo().set_param(f"payroll.{name}", "True")

    def test_confirming_pays(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        self.assertPays(slip, 4_000_000)
        self.assertRecordValues(
            statement, [{"state": "paid", "payslip_id": slip.id, "paid_date": self.date("2026-03-31")}]
        )
        self.assertIn(slip._kpi_label(), statement.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "is paid"):
            statement.with_user(self.approver).action_cancel()

    def test_confirming_straight_from_draft_computes_and_pays(self):
        statement = self.approved_statement()
        slip = self.make_slip(compute=False)
        slip.action_payslip_done()
        self.assertPays(slip, 4_000_000)
        self.assertEqual(statement.state, "paid")

    def test_confirming_without_recomputation(self):
        self.set_param("prevent_compute_on_confirm")
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        self.assertPays(slip, 4_000_000)
        self.assertEqual(statement.state, "paid")

    def test_several_slips_are_confirmed_at_once(self):
        self.approved_statement()
        slips = self.make_slip() | self.make_slip(self.binh)
        slips.action_payslip_done()
        self.assertEqual(slips.mapped("state"), ["done", "done"])

    def test_the_change_state_wizard_pays_and_releases(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        Wizard = self.env["hr.payslip.change.state"].with_user(self.payroll_user).with_context(active_ids=slip.ids)
        Wizard.create({"state": "cancel"}).change_state_confirm()
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": False}])
        Wizard.create({"state": "draft"}).change_state_confirm()
        Wizard.create({"state": "verify"}).change_state_confirm()
        self.assertPays(slip, 4_000_000)
        Wizard.create({"state": "done"}).change_state_confirm()
        self.assertEqual(statement.state, "paid")

    def test_back_to_draft_releases_and_another_slip_may_take_it(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_draft()
        self.assertFalse(statement.payslip_id)
        other = self.make_slip()
        self.assertPays(other, 4_000_000)
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        self.assertEqual(self.totals(slip)["NET"], [20_000_000])

    def test_a_slip_whose_bonus_another_one_took_cannot_be_confirmed_with_it(self):
        self.set_param("prevent_compute_on_confirm")
        self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_draft()
        self.make_slip()
        with self.assertRaisesRegex(UserError, "Compute the sheet again"):
            slip.action_payslip_done()

    def test_a_confirmed_slip_cancelled_releases(self):
        self.set_param("allow_cancel_payslips")
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        slip.action_payslip_cancel()
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": False, "paid_date": False}])
        again = self.make_slip()
        again.action_payslip_done()
        self.assertRecordValues(statement, [{"state": "paid", "payslip_id": again.id}])

    def test_computing_a_confirmed_slip_reopens_it_with_its_statement(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": slip.id}])
        slip.action_payslip_done()
        self.assertEqual(statement.state, "paid")

    def test_deleting_a_draft_releases(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_draft()
        slip.unlink()
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": False}])

    def test_a_duplicate_does_not_pay_again(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        copy = slip.copy()
        self.assertFalse(copy.kpi_statement_ids)
        self.assertPaysNothing(copy)
        copy.compute_sheet()
        self.assertPaysNothing(copy)
        self.assertEqual(self.totals(copy)["NET"], [20_000_000])
        copy.action_payslip_done()
        self.assertRecordValues(statement, [{"state": "paid", "payslip_id": slip.id}])

    def test_a_duplicate_confirmed_uncomputed_does_not_pay_again(self):
        self.set_param("prevent_compute_on_confirm")
        self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        copy = slip.copy()
        copy.action_payslip_done()
        self.assertPaysNothing(copy)

    def test_refund_gives_the_statement_back_and_the_next_slip_pays_it(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        slip.refund_sheet()
        refund = slip.refunded_id
        self.assertEqual(refund.company_id, self.company)
        self.assertEqual(self.totals(refund)["KPI_BONUS"], [4_000_000], "taken back by the refund")
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": False, "refunded_payslip_id": slip.id}])
        self.assertIn("refunded", statement.message_ids[0].body)
        again = self.make_slip()
        self.assertPays(again, 4_000_000)
        again.action_payslip_done()
        self.assertRecordValues(statement, [{"state": "paid", "payslip_id": again.id}])

    def test_a_refunded_slip_takes_nothing(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        slip.refund_sheet()
        slip.compute_sheet()
        self.assertPaysNothing(slip)
        self.assertFalse(statement.payslip_id)

    def test_a_cancelled_refund_pays_again(self):
        self.set_param("allow_cancel_payslips")
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        slip.refund_sheet()
        slip.refunded_id.action_payslip_cancel()
        self.assertRecordValues(statement, [{"state": "paid", "payslip_id": slip.id, "refunded_payslip_id": False}])
        # and the slip itself can be cancelled then
        slip.action_payslip_cancel()
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": False}])

    def test_a_refund_cannot_be_cancelled_once_the_bonus_was_paid_again(self):
        self.set_param("allow_cancel_payslips")
        statement = self.approved_statement()
        slip = self.make_slip()
        slip.action_payslip_done()
        slip.refund_sheet()
        again = self.make_slip()
        again.action_payslip_done()
        with self.assertRaisesRegex(UserError, "on pay slip .* by now"):
            slip.refunded_id.action_payslip_cancel()
        # refunded a second time: the first slip still must not come back beside what is owed
        again.refund_sheet()
        with self.assertRaisesRegex(UserError, "Compute the sheet again"):
            slip.refunded_id.action_payslip_cancel()
        self.assertEqual(statement.state, "approved")

    def test_a_statement_on_a_slip_cannot_be_cancelled_or_moved(self):
        statement = self.approved_statement()
        slip = self.make_slip()
        with self.assertRaisesRegex(UserError, "is on pay slip"):
            statement.with_user(self.approver).action_cancel()
        with self.assertRaisesRegex(UserError, "is on pay slip"):
            statement.with_user(self.officer).pay_date = "2026-04-30"
        slip.action_payslip_cancel()
        statement.with_user(self.approver).action_cancel()
        self.assertEqual(statement.state, "cancelled")

    def test_a_period_with_paid_bonuses_stays_closed(self):
        self.approved_statement()
        self.make_slip().action_payslip_done()
        self.march.action_close()
        with self.assertRaisesRegex(UserError, "approved or paid"):
            self.march.action_reopen("Late invoice")
