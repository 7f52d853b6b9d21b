from . import (
    test_customers,
    test_retention,
    test_sales_access,
    test_sales_category,
    test_sales_margin,
    test_sales_quantity,
    test_sales_revenue,
    test_sales_told,
)
