from odoo import api, models


class HrSalaryRuleCategory(models.Model):
    _inherit = "hr.salary.rule.category"

    @api.model
    def _set_up_kpi_category(self):
        """Put the category KPI below an allowance category (code ALW).

        payroll adds up categories by code, so whatever a structure computes from ``categories.ALW``, as GROSS and NET
        do in payroll's own base structure, contains the bonus, while ``categories.KPI`` tells it apart: a contribution
        that leaves variable pay out subtracts it. The parent is one that all companies share, because a parent of
        another company could not be read.
        """
        category = self.env.ref("kpi_hr_bonus_payroll.salary_rule_category_kpi")
        if category.parent_id:
            return
        parent = self.search([("code", "=", "ALW"), ("company_id", "=", False)], limit=1)
        category.parent_id = parent or self.create({"name": "Allowance", "code": "ALW", "company_id": False})
