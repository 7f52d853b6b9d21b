from . import (
    kpi_bonus_plan,
    kpi_bonus_plan_compute,
    kpi_bonus_plan_facts,
    kpi_bonus_curve_point,
    kpi_bonus_gate,
    kpi_bonus_statement,
    kpi_bonus_statement_life,
    kpi_bonus_statement_line,
    kpi_bonus_explanation,
    kpi_period,
)
