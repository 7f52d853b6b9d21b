from . import (
    crm_team,
    kpi_cockpit,
    kpi_measure,
    kpi_measurement,
    kpi_scorecard,
    kpi_scorecard_line,
    kpi_subject_mixin,
    res_users,
)
