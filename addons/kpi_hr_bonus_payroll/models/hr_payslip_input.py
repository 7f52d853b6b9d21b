from odoo import api, fields, models

from .hr_salary_rule import CODES


class HrPayslipInput(models.Model):
    _inherit = "hr.payslip.input"

    is_kpi_bonus = fields.Boolean(
        string="Is KPI bonus", compute="_compute_is_kpi_bonus", help="Brought by approved bonus statements."
    )

    @api.depends("code")
    def _compute_is_kpi_bonus(self):
        for line in self:
            line.is_kpi_bonus = line.code in CODES
