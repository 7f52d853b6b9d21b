from . import test_marketing_cost
