from odoo import models

#: Codes of the input lines, of the salary rules and of the rules' inputs: tools rely on them.
BONUS = "KPI_BONUS"
ALLOWANCE = "KPI_ALLOWANCE"
#: {code: whether its statements are in the base of social insurance}
CODES = {BONUS: False, ALLOWANCE: True}


class HrSalaryRule(models.Model):
    _inherit = "hr.salary.rule"

    def _filtered_kpi(self, code):
        """The rules that pay a KPI input: by code, by declared input, or by reading it in their code.

        :param str code: one of ``CODES``
        """
        return self.filtered(
            lambda rule: (
                rule.code == code
                or code in rule.input_ids.mapped("code")
                or f"inputs.{code}" in (rule.amount_python_compute or "")
                or f"inputs.{code}" in (rule.amount_percentage_base or "")
            )
        )

    def _kpi_codes(self):
        """Which KPI inputs these rules pay."""
        return {code for code in CODES if self._filtered_kpi(code)}
