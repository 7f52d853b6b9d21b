from . import (
    kpi_journal_entry_mixin,
    kpi_analytic_cost,
    kpi_entry_posting,
    kpi_invoice_payment,
    kpi_invoice_settlement,
    kpi_profit_item,
)
