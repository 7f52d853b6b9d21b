{
    "name": "KPI Demo Company",
    "summary": "A Vietnamese furniture company with a year of business, from strategy to a bonus on the pay slip",
    "version": "19.0.1.0.0",
    "category": "Human Resources/KPI",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "depends": [
        "hr_timesheet",
        "kpi_crm",
        "kpi_hr_bonus_payroll",
        "kpi_project",
        "kpi_sale",
        "l10n_vn",
        "sale_crm",
        "sale_management",
    ],
    "post_init_hook": "post_init_hook",
}
