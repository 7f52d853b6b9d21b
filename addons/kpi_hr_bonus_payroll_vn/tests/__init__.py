from . import test_vietnamese_slip
