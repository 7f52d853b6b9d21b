from . import kpi_bonus_compute, kpi_bonus_contest
