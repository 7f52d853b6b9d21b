{
    "name": "KPI Management: Digest",
    "summary": "KPIs in Odoo's digest mail",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "digest"],
    "data": [
        "data/digest_data.xml",
        "views/digest_views.xml",
    ],
    "auto_install": True,
}
