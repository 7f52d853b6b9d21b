from . import kpi_kudos
from . import kpi_personal_data
