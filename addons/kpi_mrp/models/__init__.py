from . import kpi_production, kpi_production_scrap
