from . import test_access, test_done, test_hours, test_kpi_action_task, test_ratings, test_tasks, test_timesheets
