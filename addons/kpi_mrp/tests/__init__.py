from . import test_defects, test_material, test_production
