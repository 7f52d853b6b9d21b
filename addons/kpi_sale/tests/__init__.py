from . import test_sales_access, test_sales_revenue
