from . import (
    test_kpi_review_survey,
    test_kpi_review_survey_crowd,
    test_kpi_review_survey_pages,
    test_kpi_review_survey_questions,
    test_kpi_review_survey_secret,
    test_survey_score,
)
