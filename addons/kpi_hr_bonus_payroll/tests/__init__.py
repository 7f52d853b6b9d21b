from . import (
    test_payslip_access,
    test_payslip_allowance,
    test_payslip_bonus,
    test_payslip_contracts,
    test_payslip_life,
    test_payslip_lock,
    test_payslip_orders,
    test_salary_structure,
)
