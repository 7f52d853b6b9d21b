from . import kpi_bonus_statement_report
