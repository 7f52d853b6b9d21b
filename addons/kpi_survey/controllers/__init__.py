from . import kpi_review_survey
