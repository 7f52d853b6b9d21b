from . import test_companies, test_conversion, test_opportunities
