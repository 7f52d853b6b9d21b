from . import kpi_delivery, kpi_inventory_entry
