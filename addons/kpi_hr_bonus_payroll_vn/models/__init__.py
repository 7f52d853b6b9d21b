from . import hr_payslip, kpi_payroll_rate, kpi_payroll_rate_value
