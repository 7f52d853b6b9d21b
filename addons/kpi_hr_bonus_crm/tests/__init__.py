from . import test_if_won_pay, test_if_won_pay_rpc
