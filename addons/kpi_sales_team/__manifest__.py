{
    "name": "KPI Management: Sales Teams",
    "summary": "Sales teams as subjects of scorecards",
    "version": "19.0.1.1.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "sales_team"],
    "data": [
        "security/kpi_scorecard_security.xml",
        "data/kpi_parameter_data.xml",
        "views/kpi_scorecard_views.xml",
        "views/kpi_measurement_views.xml",
        "views/kpi_measure_views.xml",
        "views/crm_team_views.xml",
    ],
    "auto_install": True,
}
