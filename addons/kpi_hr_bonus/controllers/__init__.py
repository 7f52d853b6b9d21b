from . import kpi_bonus_plan_cost
