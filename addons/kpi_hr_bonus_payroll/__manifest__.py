{
    "name": "KPI Bonus on Pay Slips",
    "summary": "Approved bonus statements arrive on the pay slip when it is computed, once, and are paid by its salary rule",
    "version": "19.0.1.1.0",
    "category": "Human Resources/KPI",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "depends": ["kpi_hr_bonus", "payroll"],
    "data": [
        "security/kpi_bonus_statement_security.xml",
        "data/hr_salary_rule_data.xml",
        "views/hr_payslip_views.xml",
        "views/kpi_bonus_statement_views.xml",
    ],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
