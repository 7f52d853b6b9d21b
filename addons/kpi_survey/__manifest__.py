{
    "name": "KPI Management: Surveys",
    "summary": "Satisfaction and awareness measured from surveys",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "survey"],
    "data": [
        "data/kpi_measure_data.xml",
        "data/kpi_parameter_data.xml",
        "data/kpi_definition_data.xml",
    ],
    "auto_install": True,
}
