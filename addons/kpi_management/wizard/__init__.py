from . import base_import_import, kpi_figure_entry, kpi_period_generate, kpi_period_reopen
