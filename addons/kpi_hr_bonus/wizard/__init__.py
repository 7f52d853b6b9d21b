from . import (
    kpi_bonus_adjust,
    kpi_bonus_contest_talk,
    kpi_bonus_paper,
    kpi_bonus_payment_export,
    kpi_bonus_payment_import,
    kpi_bonus_payment_mark,
)
