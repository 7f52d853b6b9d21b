from . import test_kudos_badge
