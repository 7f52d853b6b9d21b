from odoo.tests import tagged

from .common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestPayslipContracts(PayslipBonusCase):
    """payroll evaluates each rule once per contract: a bonus is paid once per person all the same."""

    def test_two_versions_of_one_contract(self):
        self.an.create_version({"date_version": "2026-03-16", "wage": 24_000_000})
        self.approved_statement()
        slip = self.make_slip(contract_id=False)
        self.assertPays(slip, 4_000_000)
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)

    def make_second_contract(self):
        self.an.version_id.contract_date_end = "2026-03-15"
        return self.an.create_version(
            {
                "date_version": "2026-03-16",
                "contract_date_start": "2026-03-16",
                "contract_date_end": False,
                "wage": 24_000_000,
                "struct_id": self.structure.id,
            }
        )

    def test_two_contracts_on_one_slip(self):
        self.make_second_contract()
        statement = self.approved_statement()
        slip = self.make_slip(contract_id=False)
        self.assertEqual(len(slip._get_employee_contracts()), 2)
        self.assertEqual(len(self.totals(slip)["BASIC"]), 2, "the wage is evaluated for both contracts")
        self.assertPays(slip, 4_000_000)
        slip.action_payslip_done()
        self.assertPays(slip, 4_000_000)
        self.assertRecordValues(statement, [{"state": "paid", "amount": 4_000_000}])

    def test_two_contracts_in_the_form_show_one_line(self):
        self.make_second_contract()
        self.approved_statement()
        slip = self.make_slip(contract_id=False, compute=False)
        slip.onchange_struct_id()
        self.assertEqual(self.bonus_inputs(slip), [4_000_000])
        slip.compute_sheet()
        self.assertPays(slip, 4_000_000)

    def test_one_slip_per_contract(self):
        first = self.an.version_id
        second = self.make_second_contract()
        self.approved_statement()
        slips = [self.make_slip(contract_id=contract.id) for contract in (first, second)]
        self.assertPays(slips[0], 4_000_000)
        self.assertPaysNothing(slips[1])

    def test_without_a_contract_the_statement_waits(self):
        statement = self.approved_statement()
        self.an.version_id.contract_date_start = "2026-05-01"
        slip = self.make_slip()
        self.assertFalse(slip.line_ids)
        self.assertFalse(slip.input_line_ids)
        self.assertFalse(statement.payslip_id)
