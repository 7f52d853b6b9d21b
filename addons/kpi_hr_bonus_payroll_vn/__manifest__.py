{
    "name": "KPI Bonus on Vietnamese Pay Slips (Example)",
    "summary": "An example structure: wage, KPI bonus, insurance on the wage, income tax on both; rates as dated parameters",
    "version": "19.0.1.0.0",
    "category": "Human Resources/KPI",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "depends": ["kpi_hr_bonus_payroll"],
    "data": [
        "security/ir.model.access.csv",
        "security/kpi_payroll_rate_security.xml",
        "views/kpi_payroll_rate_views.xml",
        "data/kpi_payroll_rate.xml",
        "data/kpi_payroll_rate_value.xml",
        "data/hr_salary_rule_category.xml",
        "data/hr_salary_rule.xml",
        "data/hr_payroll_structure.xml",
    ],
}
