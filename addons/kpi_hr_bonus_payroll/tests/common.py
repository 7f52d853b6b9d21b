from odoo.addons.kpi_hr_bonus.tests.common import BonusCase


class PayslipBonusCase(BonusCase):
    """The bonus company with a salary structure (wage, gross, net) and a payroll manager.

    An earns 20,000,000 a month.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_payroll()

    @classmethod
    def setup_payroll(cls):
        cls.payroll_user = cls.make_user("payroll", "payroll.group_payroll_manager")
        cls.structure = cls.make_structure("Base")
        employees = cls.hang | cls.an | cls.binh | cls.cuong | cls.lan | cls.minh
        employees.version_ids.struct_id = cls.structure

    @classmethod
    def make_structure(cls, name, **vals):
        return cls.env["hr.payroll.structure"].create(
            {
                "name": name,
                "code": name.upper(),
                "company_id": cls.company.id,
                "rule_ids": [
                    (0, 0, cls.prepare_rule("BASIC", 1, "result = contract.wage")),
                    (0, 0, cls.prepare_rule("GROSS", 100, "result = categories.BASIC + categories.ALW")),
                    (0, 0, cls.prepare_rule("NET", 200, "result = categories.BASIC + categories.ALW + categories.DED")),
                ],
                **vals,
            }
        )

    @classmethod
    def prepare_rule(cls, code, sequence, python):
        category = cls.env["hr.salary.rule.category"].create({"name": code, "code": code, "company_id": cls.company.id})
        return {
            "name": code,
            "code": code,
            "sequence": sequence,
            "category_id": category.id,
            "company_id": cls.company.id,
            "amount_select": "code",
            "amount_python_compute": python,
        }

    def make_slip(self, employee=None, date_from="2026-03-01", date_to="2026-03-31", compute=True, **vals):
        """A slip made over the API by the payroll manager."""
        employee = employee or self.an
        slip = (
            self.env["hr.payslip"]
            .with_user(self.payroll_user)
            .create(
                {
                    "employee_id": employee.id,
                    "company_id": self.company.id,
                    "struct_id": self.structure.id,
                    "contract_id": employee.version_id.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    **vals,
                }
            )
        )
        if compute:
            slip.compute_sheet()
        return slip

    def totals(self, slip):
        """{code: [totals of the slip's lines]}"""
        result = {}
        for line in slip.line_ids:
            result.setdefault(line.code, []).append(line.total)
        return result

    def bonus_inputs(self, slip):
        return slip.input_line_ids.filtered(lambda line: line.code == "KPI_BONUS").mapped("amount")

    def assertPays(self, slip, amount):
        """The slip has one input line and one salary line of this amount."""
        self.assertEqual(self.bonus_inputs(slip), [amount])
        self.assertEqual(self.totals(slip)["KPI_BONUS"], [amount])

    def assertPaysNothing(self, slip):
        self.assertEqual(self.bonus_inputs(slip), [])
        self.assertNotIn("KPI_BONUS", self.totals(slip))
