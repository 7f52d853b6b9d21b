{
    "name": "KPI Bonus: Unpaid Leave",
    "summary": "Days of unpaid leave do not count where a bonus is prorated by days",
    "version": "19.0.1.0.0",
    "category": "Human Resources/KPI",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "depends": ["kpi_hr_bonus", "hr_holidays"],
    "data": ["views/kpi_bonus_plan_views.xml"],
    "auto_install": True,
}
