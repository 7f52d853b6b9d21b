from . import kpi_sale_origin_mixin
from . import kpi_new_customer
from . import kpi_sale_line
from . import sale_order
