{
    "name": "KPI Management: Recruitment",
    "summary": "Hires, time to hire and positions to fill measured from recruitment",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "hr_recruitment"],
    "data": [
        "security/ir.model.access.csv",
        "security/kpi_recruitment_position_security.xml",
        "views/kpi_recruitment_position_views.xml",
        "data/kpi_measure_data.xml",
        "data/kpi_definition_data.xml",
    ],
    "auto_install": True,
}
