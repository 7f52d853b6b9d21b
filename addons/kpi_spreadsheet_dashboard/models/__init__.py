from . import kpi_scorecard_line
