from . import (
    test_accounting_access,
    test_analytic_cost,
    test_cash_collected,
    test_payments_made,
    test_postings,
    test_profit,
    test_reconciliation,
    test_settlements,
)
