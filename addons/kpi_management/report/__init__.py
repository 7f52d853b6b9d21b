from . import kpi_report_figures
from . import kpi_report_department
from . import kpi_report_xlsx
from . import kpi_report_documents
