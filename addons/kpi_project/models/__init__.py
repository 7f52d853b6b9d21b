from . import kpi_rating, kpi_task, kpi_timesheet
