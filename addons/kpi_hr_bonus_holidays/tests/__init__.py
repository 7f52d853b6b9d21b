from . import test_unpaid_leave
