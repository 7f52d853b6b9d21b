from . import crm_lead, kpi_scorecard
