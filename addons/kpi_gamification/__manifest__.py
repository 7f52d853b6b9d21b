{
    "name": "KPI Management: Badges",
    "summary": "A badge of Odoo along with kudos",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "gamification"],
    "data": [
        "views/kpi_kudos_views.xml",
    ],
    "auto_install": True,
}
