from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_hr_bonus_payroll.tests.common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestVietnameseSlip(PayslipBonusCase):
    """Slips of March 2026, worked out by hand with rates of the test's own, so that a change of law breaks nothing.

    8 %, 1.5 % and 1 %; ceilings 20 × 2,340,000 = 46,800,000 and 20 × 5,000,000 = 100,000,000; deductions 15,500,000 and
    6,200,000; tax 5 % up to 10 million, 10 % up to 30, 20 % beyond.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["kpi.payroll.rate.value"].search([]).unlink()
        for code, value in (
            ("VN_SI", 8),
            ("VN_HI", 1.5),
            ("VN_UI", 1),
            ("VN_REFERENCE_WAGE", 2_340_000),
            ("VN_MIN_WAGE", 5_000_000),
            ("VN_CAP_MULTIPLE", 20),
            ("VN_DEDUCTION_SELF", 15_500_000),
            ("VN_DEDUCTION_DEPENDANT", 6_200_000),
        ):
            cls.set_rate(code, value)
        for amount_from, percent in ((0, 5), (10_000_000, 10), (30_000_000, 20)):
            cls.set_rate("VN_PIT", percent, amount_from=amount_from)
        cls.structure = cls.env.ref("kpi_hr_bonus_payroll_vn.structure_vn").copy({"company_id": cls.company.id})

    @classmethod
    def set_rate(cls, code, value, date_from="2026-01-01", **vals):
        rate = cls.env.ref(f"kpi_hr_bonus_payroll_vn.rate_{code.lower()}")
        return cls.env["kpi.payroll.rate.value"].create(
            {"rate_id": rate.id, "date_from": date_from, "value": value, **vals}
        )

    def assertSlip(self, slip, **amounts):
        totals = {code: sum(values) for code, values in self.totals(slip).items()}
        self.assertEqual({code: totals.get(code) for code in amounts}, amounts)

    def approve(self, plan, employee):
        statement = self.compute(plan)[employee]
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.approver).action_approve()

    def test_wage_bonus_insurance_and_tax(self):
        self.approved_statement()
        self.assertSlip(
            self.make_slip(),
            BASIC=20_000_000,
            KPI_BONUS=4_000_000,
            GROSS=24_000_000,
            # the bonus is not insured: 20,000,000 × 8 %, 1.5 % and 1 %
            VN_INS_BASE=20_000_000,
            VN_SI=-1_600_000,
            VN_HI=-300_000,
            VN_UI=-200_000,
            # but taxed: 24,000,000 − 2,100,000 − 15,500,000, at 5 %
            VN_TAX_BASE=6_400_000,
            VN_PIT=-320_000,
            NET=21_580_000,
        )

    def test_a_regular_allowance_is_insured_and_taxed(self):
        self.make_card(self.an, 80.0)
        self.approve(self.make_plan(in_insurance_base=True), self.an)
        self.assertSlip(
            self.make_slip(),
            KPI_ALLOWANCE=4_000_000,
            GROSS=24_000_000,
            # 24,000,000 × 8 %, 1.5 % and 1 %
            VN_INS_BASE=24_000_000,
            VN_SI=-1_920_000,
            VN_HI=-360_000,
            VN_UI=-240_000,
            # 24,000,000 − 2,520,000 − 15,500,000, at 5 %
            VN_TAX_BASE=5_980_000,
            VN_PIT=-299_000,
            NET=21_181_000,
        )

    def test_ceilings_bands_and_a_dependant(self):
        self.an.version_id.write({"wage": 120_000_000, "children": 1})
        self.assertSlip(
            self.make_slip(),
            VN_INS_BASE=46_800_000,
            VN_UI_BASE=100_000_000,
            # 46,800,000 × 8 % and 1.5 %; 100,000,000 × 1 %
            VN_SI=-3_744_000,
            VN_HI=-702_000,
            VN_UI=-1_000_000,
            # 120,000,000 − 5,446,000 − 15,500,000 − 6,200,000
            VN_TAX_BASE=92_854_000,
            # 10 m × 5 % + 20 m × 10 % + 62,854,000 × 20 %
            VN_PIT=-15_070_800,
            NET=99_483_200,
        )

    def test_a_small_wage_pays_no_tax(self):
        self.an.version_id.wage = 9_000_001
        # 8 % of 9,000,001 is 720,000.08; 1.5 % is 135,000.015
        self.assertSlip(self.make_slip(), VN_SI=-720_000, VN_HI=-135_000, VN_UI=-90_000, VN_TAX_BASE=0, VN_PIT=0)

    def test_two_contracts_in_a_month_have_one_deduction(self):
        self.an.version_id.contract_date_end = "2026-03-15"
        self.an.create_version(
            {
                "date_version": "2026-03-16",
                "contract_date_start": "2026-03-16",
                "contract_date_end": False,
                "wage": 62_000_000,
                "struct_id": self.structure.id,
            }
        )
        self.approved_statement()
        slip = self.make_slip(contract_id=False)
        self.assertSlip(
            slip,
            # 20,000,000 × 15/31 + 62,000,000 × 16/31 = 9,677,419 + 32,000,000
            BASIC=41_677_419,
            GROSS=45_677_419,
            VN_INS_BASE=41_677_419,
            # 3,334,193.52; 625,161.285; 416,774.19
            VN_SI=-3_334_194,
            VN_HI=-625_161,
            VN_UI=-416_774,
            # 45,677,419 − 4,376,129 − 15,500,000
            VN_TAX_BASE=25_801_290,
            # 500,000 + 15,801,290 × 10 %
            VN_PIT=-2_080_129,
            NET=39_221_161,
        )

    def test_the_rate_of_the_slips_last_day(self):
        self.set_rate("VN_SI", 10, "2026-03-31")
        self.set_rate("VN_HI", 3, "2026-04-01")
        self.assertSlip(self.make_slip(), VN_SI=-2_000_000, VN_HI=-300_000)
        self.assertSlip(self.make_slip(date_to="2026-03-30"), VN_SI=-1_600_000)

    def test_a_companys_own_rate_goes_first(self):
        self.set_rate("VN_UI", 0.5, company_id=self.company.id)
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.vnd.id})
        self.set_rate("VN_SI", 9, company_id=other.id)
        self.assertSlip(self.make_slip(), VN_UI=-100_000, VN_SI=-1_600_000)

    @freeze_time("2026-06-15")
    def test_the_list_says_what_is_in_force_today(self):
        for code, value, date_from in (("VN_SI", 8.25, "2026-06-15"), ("VN_SI", 9, "2026-06-16")):
            self.set_rate(code, value, date_from)
        names = ("VN_SI", "VN_REFERENCE_WAGE", "VN_PIT")
        rates = [self.env.ref(f"kpi_hr_bonus_payroll_vn.rate_{name.lower()}") for name in names]
        rates = [rate.with_user(self.payroll_user).with_context(lang="en_US") for rate in rates]
        self.assertEqual([rate.today for rate in rates], ["8.25 %", "2,340,000", "5 – 20 %"])
        self.assertEqual(rates[0].today_from, self.date("2026-06-15"))
        new = self.env["kpi.payroll.rate"].create({"name": "New", "code": "VN_NEW"})
        self.assertEqual((new.today, new.today_from), (False, False))

    def test_a_missing_rate_is_an_error(self):
        self.env.ref("kpi_hr_bonus_payroll_vn.rate_vn_hi").value_ids.unlink()
        with self.assertRaisesRegex(UserError, "No payroll rate VN_HI is in force on 2026-03-31"):
            self.make_slip()

    def test_bad_rates_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "between 0 and 100"):
            self.set_rate("VN_SI", 105, "2027-01-01")
        with self.assertRaisesRegex(ValidationError, "only a progressive table"):
            self.set_rate("VN_SI", 5, "2027-01-01", amount_from=10)
        with self.assertRaisesRegex(ValidationError, "capitals"):
            self.env["kpi.payroll.rate"].create({"name": "x", "code": "vn si"})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.set_rate("VN_SI", 5)

    def test_a_payroll_officer_reads_and_a_manager_changes(self):
        clerk = self.make_user("clerk", "payroll.group_payroll_user")
        rate = self.env.ref("kpi_hr_bonus_payroll_vn.rate_vn_si")
        self.assertEqual(rate.with_user(clerk).value_ids.value, 8)
        self.assertFalse(rate.with_user(clerk).has_access("write"))
        rate.with_user(self.payroll_user).value_ids.value = 8.5
        self.assertFalse(rate.with_user(self.an_user).has_access("read"))


@tagged("post_install", "-at_install")
class TestExampleRates(PayslipBonusCase):
    def test_the_example_is_complete(self):
        """Every rate that a rule of the structure reads has a value, with the law that sets it."""
        structure = self.env.ref("kpi_hr_bonus_payroll_vn.structure_vn")
        rates = self.env["kpi.payroll.rate"]._at(self.date("2026-03-31"), structure.company_id)
        codes = set(self.env["kpi.payroll.rate"].search([("code", "=like", "VN_%")]).mapped("code"))
        self.assertEqual(len(codes), 9)
        for code in codes:
            self.assertGreater(getattr(rates, code), 0, code)
        values = self.env["kpi.payroll.rate.value"].search([])
        self.assertTrue(all(values.mapped("source")))
        for rule in structure.rule_ids:
            for figure in ("0.08", "8", "10", "15", "20", "11000000"):
                self.assertNotIn(f"* {figure}", rule.amount_python_compute or "", "rates are no part of a rule")
