from . import kpi_action_task, kpi_rating, kpi_task, kpi_timesheet
