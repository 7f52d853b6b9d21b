from . import test_deliveries, test_inventory_value, test_inventory_costing
