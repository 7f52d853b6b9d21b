{
    "name": "KPI Management: Email Marketing",
    "summary": "Opens and clicks measured from mailings",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "mass_mailing"],
    "data": [
        "data/kpi_measure_data.xml",
        "data/kpi_definition_data.xml",
    ],
    "auto_install": True,
}
