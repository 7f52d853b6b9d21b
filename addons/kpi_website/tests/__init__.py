from . import test_traffic
