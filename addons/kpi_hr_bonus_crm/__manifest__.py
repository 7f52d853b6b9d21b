{
    "name": "KPI Management: Bonus beside the Pipeline",
    "summary": "What winning an opportunity does to the salesperson's bonus",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_crm", "kpi_hr_bonus"],
    "auto_install": True,
}
