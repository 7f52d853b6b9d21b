from . import kpi_target_split
