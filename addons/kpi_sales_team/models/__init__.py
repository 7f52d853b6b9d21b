from . import kpi_measure, kpi_measurement, kpi_scorecard, kpi_scorecard_line, kpi_subject_mixin
