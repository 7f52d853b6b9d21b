from . import (
    test_choices,
    test_companies,
    test_conversion,
    test_leads,
    test_opportunities,
    test_pipeline,
    test_responses,
)
