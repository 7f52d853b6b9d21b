from odoo.tests import tagged

from .common import PayslipBonusCase


@tagged("post_install", "-at_install")
class TestSalaryStructure(PayslipBonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env.ref("kpi_hr_bonus_payroll.salary_rule_kpi_bonus")

    def test_new_structures_pay_bonuses(self):
        self.assertIn(self.rule, self.structure.rule_ids)

    def test_a_child_of_a_paying_structure_needs_no_rule(self):
        child = self.make_structure("Child", parent_id=self.structure.id)
        self.assertNotIn(self.rule, child.rule_ids)

    def test_a_company_with_a_rule_of_its_own_keeps_it_alone(self):
        own = self.prepare_rule("SALES_KPI", 50, "result = inputs.KPI_BONUS and inputs.KPI_BONUS.amount or 0.0")
        structure = self.make_structure("Own", rule_ids=[(0, 0, own)])
        self.assertNotIn(self.rule, structure.rule_ids)
        statement = self.approved_statement()
        slip = self.make_slip(struct_id=structure.id)
        self.assertEqual(self.totals(slip), {"SALES_KPI": [4_000_000]})
        slip.action_payslip_done()
        self.assertEqual(statement.state, "paid")

    def test_a_structure_without_the_rule_leaves_statements_alone_and_says_so(self):
        self.structure.rule_ids -= self.rule
        statement = self.approved_statement()
        slip = self.make_slip()
        self.assertPaysNothing(slip)
        self.assertEqual(slip.kpi_pending_amount, 4_000_000)
        slip.action_payslip_done()
        self.assertRecordValues(statement, [{"state": "approved", "payslip_id": False}])
        self.structure.rule_ids += self.rule
        self.assertPays(self.make_slip(), 4_000_000)

    def test_installing_gives_existing_structures_the_rule(self):
        child = self.make_structure("Child", parent_id=self.structure.id)
        (self.structure | child).write({"rule_ids": [(3, self.rule.id)]})
        (child | self.structure)._add_kpi_rules()
        self.assertIn(self.rule, self.structure.rule_ids)
        self.assertNotIn(self.rule, child.rule_ids)

    def test_the_category_is_apart_and_within_gross_pay(self):
        category = self.rule.category_id
        self.assertEqual((category.code, category.parent_id.code), ("KPI", "ALW"))
        self.assertFalse((category | category.parent_id).company_id, "read by every company")
        rule = self.prepare_rule("INSURED", 150, "result = categories.GROSS - categories.KPI")
        self.structure.rule_ids = [(0, 0, rule)]
        self.approved_statement()
        # contributions are computed from 24,000,000 − 4,000,000
        self.assertEqual(self.totals(self.make_slip())["INSURED"], [20_000_000])
