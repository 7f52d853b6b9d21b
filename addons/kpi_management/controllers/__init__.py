from . import kpi_review_feedback
