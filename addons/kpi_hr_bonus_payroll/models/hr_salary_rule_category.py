from odoo import api, models


class HrSalaryRuleCategory(models.Model):
    _inherit = "hr.salary.rule.category"

    @api.model
    def _set_up_kpi_categories(self):
        """Put the categories KPI and KPI_ALLOWANCE below an allowance category (code ALW).

        payroll adds up categories by code, so whatever a structure computes from ``categories.ALW``, as GROSS and NET
        do in payroll's own base structure, contains both, while their own codes tell them apart: a contribution that
        leaves variable pay out subtracts ``categories.KPI``. The parent is one that all companies share, because a
        parent of another company could not be read.
        """
        for name in ("salary_rule_category_kpi", "salary_rule_category_kpi_allowance"):
            category = self.env.ref(f"kpi_hr_bonus_payroll.{name}")
            if not category.parent_id:
                parent = self.search([("code", "=", "ALW"), ("company_id", "=", False)], limit=1)
                category.parent_id = parent or self.create({"name": "Allowance", "code": "ALW", "company_id": False})
