from . import (
    crm_lead,
    kpi_if_won,
    kpi_lead_response,
    kpi_pipeline_strip,
    kpi_pipeline_strip_figures,
    res_users_settings,
)
