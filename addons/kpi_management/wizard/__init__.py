from . import base_import_import, kpi_figure_entry, kpi_objective_answer, kpi_period_generate, kpi_period_reopen
from . import kpi_target_split, kpi_target_split_parts, kpi_target_split_apply, kpi_target_split_undo
from . import kpi_period_close
from . import kpi_target_change_request
from . import kpi_target_change_refuse
from . import kpi_scorecard_counter
from . import kpi_review_wizards
from . import kpi_anonymize
from . import kpi_download_mixin
from . import kpi_personal_export
from . import kpi_report_request
