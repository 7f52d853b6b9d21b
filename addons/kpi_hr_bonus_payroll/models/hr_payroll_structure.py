from odoo import api, models

from .hr_salary_rule import CODES


class HrPayrollStructure(models.Model):
    _inherit = "hr.payroll.structure"

    @api.model_create_multi
    def create(self, vals_list):
        structures = super().create(vals_list)
        structures._add_kpi_rules()
        return structures

    def _add_kpi_rules(self):
        """Let these structures pay KPI bonuses and allowances, unless they or their parents have rules for them.

        Taking a rule out of a structure afterwards is respected: such a structure leaves statements alone.
        """
        # parents first: what a parent pays, its children need no rule for
        for structure in self.sorted(lambda structure: len(structure.get_structure_with_parents())):
            paid = structure.get_structure_with_parents().get_all_rules()._kpi_codes()
            for code in CODES.keys() - paid:
                rule = self.env.ref(f"kpi_hr_bonus_payroll.salary_rule_{code.lower()}", raise_if_not_found=False)
                if rule:
                    # sudo: a payroll officer may create structures but not read every company's rules
                    structure.sudo().rule_ids += rule
