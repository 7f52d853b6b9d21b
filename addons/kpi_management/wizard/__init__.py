from . import kpi_period_generate, kpi_period_reopen
