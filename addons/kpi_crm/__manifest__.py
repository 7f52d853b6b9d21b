{
    "name": "KPI Management: CRM",
    "summary": "Opportunities, pipeline, response time and leads measured from the CRM",
    "version": "19.0.1.1.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_sales_team", "crm"],
    "data": [
        "security/ir.model.access.csv",
        "security/kpi_lead_response_security.xml",
        "views/crm_lead_views.xml",
        "views/kpi_lead_response_views.xml",
        "data/kpi_measure_data.xml",
        "data/kpi_parameter_data.xml",
        "data/kpi_definition_data.xml",
    ],
    "assets": {
        "web.assets_backend": ["kpi_crm/static/src/**/*"],
        "web.assets_tests": ["kpi_crm/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["kpi_crm/static/tests/**/*.test.js"],
    },
    "auto_install": True,
}
