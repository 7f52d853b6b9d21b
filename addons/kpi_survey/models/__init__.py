from . import (
    kpi_personal_data,
    kpi_review_cycle,
    kpi_review_draft,
    kpi_review_feedback,
    kpi_review_template,
    survey_question,
    survey_question_review,
    survey_survey,
    survey_user_input,
    survey_user_input_line,
)
