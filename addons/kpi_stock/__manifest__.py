{
    "name": "KPI Management: Inventory",
    "summary": "Deliveries on time and the value of the stock",
    "version": "19.0.1.0.0",
    "author": "KPI Management contributors",
    "license": "LGPL-3",
    "category": "Human Resources/KPI",
    "depends": ["kpi_management", "stock_account"],
    "data": [
        "security/ir.model.access.csv",
        "security/kpi_stock_security.xml",
        "views/kpi_delivery_views.xml",
        "views/kpi_inventory_entry_views.xml",
        "data/kpi_measure_data.xml",
        "data/kpi_definition_data.xml",
    ],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
