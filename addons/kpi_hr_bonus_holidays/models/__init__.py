from . import hr_leave, kpi_bonus_plan
