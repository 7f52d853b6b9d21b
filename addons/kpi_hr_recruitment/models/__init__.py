from . import kpi_measure, kpi_measure_query, kpi_recruitment_position
