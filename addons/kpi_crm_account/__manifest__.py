{
    "name": "KPI Management: Cost of Leads",
    "summary": "Cost per lead: marketing cost from the books over leads from the CRM",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_crm", "kpi_account"],
    "data": [
        "data/kpi_measure_data.xml",
        "data/kpi_parameter_data.xml",
        "data/kpi_definition_data.xml",
    ],
    "auto_install": True,
}
