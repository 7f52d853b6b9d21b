"""Key results: how far one is from where it began to where it shall be, and how bold its target is."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from .rounding import HUNDRED, ONE, PERCENT_DIGITS, ZERO, arithmetic, required, round_half_up, to_decimal
from .windows import DAY, MONTHS, Window

#: Digits of a grade, which lies between 0 and 1.
GRADE_DIGITS = 2


def key_result_grade(actual, baseline, target) -> Decimal | None:
    """The share of the way from the baseline to the target that is done: 0 to 1, rounded half up to 2 digits.

    It serves both directions: the target may lie below the baseline.

    :param actual: the figure so far; None is no data
    :return: None without data, or where target and baseline are the same and there is no way to go

    >>> key_result_grade(80, 50, 100), key_result_grade(3, 6, 2)
    (Decimal('0.60'), Decimal('0.75'))
    """
    actual, baseline, target = to_decimal(actual), required(baseline), required(target)
    if actual is None or target == baseline:
        return None
    with arithmetic():
        share = (actual - baseline) / (target - baseline)
    return round_half_up(min(max(share, ZERO), ONE), GRADE_DIGITS)


def objective_grade(grades: Iterable) -> Decimal | None:
    """The mean of the grades of key results, rounded half up to 2 digits; those without data have no part in it.

    :return: None when none has data

    >>> objective_grade([1, Decimal("0.5"), None])
    Decimal('0.75')
    """
    known = [to_decimal(grade) for grade in grades if grade is not None]
    if not known:
        return None
    with arithmetic():
        mean = sum(known, ZERO) / len(known)
    return round_half_up(mean, GRADE_DIGITS)


def reach(before, target, lower_is_better: bool = False) -> Decimal | None:
    """How much better than before a target is, in percent of what was reached before; below 0 it is worse.

    :param before: what was reached before; None is no data
    :return: rounded half up to 2 digits; None where there is nothing to compare with

    >>> reach(100, 130), reach(10, 8, lower_is_better=True)
    (Decimal('30.00'), Decimal('20.00'))
    """
    before, target = to_decimal(before), required(target)
    if before is None or before == 0:
        return None
    with arithmetic():
        change = (target - before) / abs(before) * HUNDRED
    return round_half_up(-change if lower_is_better else change, PERCENT_DIGITS)


def window_between(start: date, end: date) -> Window:
    """The window of two days, of the kind whose length it has, so that the one before it is as long.

    >>> window_between(date(2024, 1, 1), date(2024, 12, 31)).previous().start
    datetime.date(2023, 1, 1)
    """
    following = end + DAY
    months = (following.year - start.year) * 12 + following.month - start.month
    kind = next((kind for kind, length in MONTHS.items() if length == months), "custom")
    return Window(kind if following.day == start.day else "custom", start, end)
