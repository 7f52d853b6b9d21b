from . import (
    hr_payroll_structure,
    hr_payslip,
    hr_payslip_bonus,
    hr_payslip_input,
    hr_salary_rule,
    hr_salary_rule_category,
    kpi_bonus_statement,
)
