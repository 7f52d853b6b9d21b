from . import (
    test_bonus_access,
    test_bonus_carry,
    test_bonus_compute,
    test_bonus_explanation,
    test_bonus_life,
    test_bonus_plan,
    test_bonus_rpc,
)
