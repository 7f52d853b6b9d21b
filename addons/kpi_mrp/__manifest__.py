{
    "name": "KPI Management: Manufacturing",
    "summary": "Production volume, defects, cycle time and material measured from manufacturing orders",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/kpi_production_security.xml",
        "views/kpi_production_views.xml",
        "views/kpi_production_scrap_views.xml",
        "data/kpi_measure_data.xml",
        "data/kpi_definition_data.xml",
    ],
    "auto_install": True,
}
