from odoo import api, models


class HrPayrollStructure(models.Model):
    _inherit = "hr.payroll.structure"

    @api.model_create_multi
    def create(self, vals_list):
        structures = super().create(vals_list)
        structures._add_kpi_bonus_rule()
        return structures

    def _add_kpi_bonus_rule(self):
        """Let these structures pay KPI bonuses, unless they or their parents have a rule for it.

        Taking the rule out of a structure afterwards is respected: such a structure leaves statements alone.
        """
        rule = self.env.ref("kpi_hr_bonus_payroll.salary_rule_kpi_bonus", raise_if_not_found=False)
        if not rule:
            return
        # parents first: what a parent pays, its children need no rule for
        for structure in self.sorted(lambda structure: len(structure.get_structure_with_parents())):
            if not structure.get_structure_with_parents().get_all_rules()._filtered_kpi_bonus():
                # sudo: a payroll officer may create structures but not read every company's rules
                structure.sudo().rule_ids += rule
