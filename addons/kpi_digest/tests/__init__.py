from . import test_kpi_digest
