from odoo import models

#: Code of the input line, of the salary rule and of the rule's input: tools rely on it.
CODE = "KPI_BONUS"


class HrSalaryRule(models.Model):
    _inherit = "hr.salary.rule"

    def _filtered_kpi_bonus(self):
        """The rules that pay the KPI bonus: by code, by declared input, or by reading it in their code."""
        return self.filtered(
            lambda rule: (
                rule.code == CODE
                or CODE in rule.input_ids.mapped("code")
                or f"inputs.{CODE}" in (rule.amount_python_compute or "")
                or f"inputs.{CODE}" in (rule.amount_percentage_base or "")
            )
        )
