from . import kpi_lead_response
