"""A whole is split into parts that add up to it exactly, as on paper."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import (
    EngineError,
    coverage,
    distribute,
    fitting_digits,
    split,
    window_of,
)

TOTALS = st.integers(-(10**15), 10**15)
DIGITS = st.integers(-6, 4)
SHARES = st.lists(st.decimals(0, 10**12, places=3), min_size=1, max_size=40)


def texts(parts):
    return [format(part, "f") for part in parts]


@pytest.mark.parametrize(
    "total, shares, digits, expected",
    [
        # a hundred over three
        (100, [1, 1, 1], 2, ["33.34", "33.33", "33.33"]),
        (100, [1, 1, 1], 0, ["34", "33", "33"]),
        (-100, [1, 1, 1], 2, ["-33.34", "-33.33", "-33.33"]),
        # 120 billion dong: no fraction of a dong
        (120_000_000_000, [1] * 12, 0, ["10000000000"] * 12),
        (1_000_000_000, [3, 3, 1], 0, ["428571429", "428571428", "142857143"]),
        # the largest remainder first: quotas 1.5, 1.25, 1.25
        (4, [Decimal("1.5"), Decimal("1.25"), Decimal("1.25")], 0, ["2", "1", "1"]),
        # quotas 0.9, 2.1: the larger remainder is the smaller part's
        (3, [3, 7], 0, ["1", "2"]),
        # a share of nothing gets nothing
        (10, [0, 1, 0, 1, 1], 0, ["0", "4", "0", "3", "3"]),
        # in millions
        (10_000_000, [1, 1, 1], -6, ["4000000", "3000000", "3000000"]),
        (0, [1, 2], 2, ["0.00", "0.00"]),
        (7, [5], 0, ["7"]),
        (0.3, [1, 1, 1], 1, ["0.1", "0.1", "0.1"]),
    ],
)
def test_a_whole_is_split(total, shares, digits, expected):
    parts = split(total, shares, digits)
    assert [Decimal(text) for text in expected] == list(parts)
    assert sum(parts) == Decimal(str(total))


@pytest.mark.parametrize(
    "total, shares, digits, code",
    [
        (100, [], 2, "split_nothing"),
        (100, [0, 0], 2, "split_nothing"),
        (100, [1, -1, 2], 2, "split_share_negative"),
        ("100.005", [1, 1], 2, "split_digits"),
        (1500, [1, 1], -3, "split_digits"),
        (None, [1], 2, "not_a_number"),
        (100, [1, None], 2, "not_a_number"),
        (100, [1, float("nan")], 2, "not_a_number"),
    ],
)
def test_what_cannot_be_split_is_refused(total, shares, digits, code):
    with pytest.raises(EngineError) as refusal:
        split(total, shares, digits)
    assert refusal.value.code == code


@given(TOTALS, SHARES, DIGITS)
def test_the_parts_add_up_and_each_is_within_a_unit_of_its_proportion(units, shares, digits):
    if not any(shares):
        return
    unit = Decimal(1).scaleb(-digits)
    parts = split(units * unit, shares, digits)
    assert sum(parts) == units * unit
    for part, share in zip(parts, shares, strict=True):
        # multiplied out, so that nothing is rounded in the test
        assert abs(part * sum(shares) - units * unit * share) < unit * sum(shares)
        assert part == part.quantize(unit)
        assert share or not part


@given(TOTALS, SHARES)
def test_a_larger_share_never_gets_less(units, shares):
    if not any(shares):
        return
    parts = split(abs(units), shares, 0)
    ranked = sorted(zip(shares, parts, strict=True))
    assert all(low[1] <= high[1] for low, high in zip(ranked, ranked[1:], strict=False) if low[0] < high[0])


@given(TOTALS, SHARES)
def test_the_opposite_is_split_into_opposites_and_the_scale_of_shares_does_not_matter(units, shares):
    if not any(shares):
        return
    parts = split(units, shares, 0)
    assert split(-units, shares, 0) == tuple(-part for part in parts)
    assert split(units, [share * 7 for share in shares], 0) == parts


@pytest.mark.parametrize(
    "total, shares, fixed, expected",
    [
        (100, [1, 1, 1], {}, ["34", "33", "33"]),
        (100, [1, 1, 1], {0: 40}, ["40", "30", "30"]),
        (100, [1, 1, 1], {1: 33}, ["34", "33", "33"]),
        # nothing is left: the others get nothing, not less than nothing
        (100, [1, 1], {0: 120}, ["120", "0"]),
        (100, [1, 1], {0: 100}, ["100", "0"]),
        # nobody has a share in what is left
        (100, [1, 0], {0: 40}, ["40", "0"]),
        (100, [0, 0], {}, ["0", "0"]),
        (-100, [1, 1], {0: -40}, ["-40", "-60"]),
        (-100, [1, 1], {0: -140}, ["-140", "0"]),
    ],
)
def test_settled_parts_stay(total, shares, fixed, expected):
    assert list(distribute(total, shares, fixed, 0)) == [Decimal(text) for text in expected]


@given(TOTALS, SHARES, st.data())
def test_what_settled_parts_leave_is_given_out_completely(total, shares, data):
    places = data.draw(st.sets(st.integers(0, len(shares) - 1)))
    limit = max(0, abs(total) // max(1, len(places)) - 1)
    fixed = {place: (-1 if total < 0 else 1) * data.draw(st.integers(0, limit)) for place in places}
    parts = distribute(total, shares, fixed, 0)
    assert all(parts[place] == part for place, part in fixed.items())
    if total and any(share for place, share in enumerate(shares) if place not in places):
        assert sum(parts) == total


def test_digits_are_as_many_as_the_numbers_need():
    assert fitting_digits([Decimal("12.50"), 100], 0) == 1
    assert fitting_digits([Decimal(12_000_000)], -6) == -6
    assert fitting_digits([Decimal(12_500_000)], -6) == -5
    assert fitting_digits([0, Decimal("0.0000")], 2) == 2
    assert fitting_digits([], 0) == 0


@pytest.mark.parametrize(
    "total, parts, percent, missing",
    [
        (120, [60, "56.4"], "97.00", "3.6"),
        (100, [], "0.00", "100"),
        (100, [60, 50], "110.00", "-10"),
        (-100, [-50], "50.00", "-50"),
        (3, [1, 1], "66.67", "1"),
        (0, [], "100", "0"),
        (0, [5, -5], "100", "0"),
        (0, [5], "0", "-5"),
    ],
)
def test_coverage(total, parts, percent, missing):
    assert coverage(total, parts) == (Decimal(percent), Decimal(missing))


def test_the_same_window_a_year_earlier():
    february = window_of("month", date(2025, 2, 10)).year_earlier()
    assert (february.start, february.end) == (date(2024, 2, 1), date(2024, 2, 29))
    february = window_of("month", date(2024, 2, 10)).year_earlier()
    assert (february.start, february.end) == (date(2023, 2, 1), date(2023, 2, 28))
    year = window_of("year", date(2024, 12, 31)).year_earlier()
    assert (year.start, year.end) == (date(2023, 1, 1), date(2023, 12, 31))
    week = window_of("week", date(2026, 3, 18)).year_earlier()
    assert (week.start, week.end) == (date(2025, 3, 17), date(2025, 3, 23))


def test_a_window_is_made_of_shorter_ones():
    year = window_of("year", date(2026, 5, 1))
    for kind, count in (("half", 2), ("quarter", 4), ("month", 12)):
        parts = year.parts(kind)
        assert parts == tuple(window_of(kind, part.start) for part in parts)
        assert (len(parts), parts[0].start, parts[-1].end) == (count, year.start, year.end)
    assert [part.start.month for part in window_of("quarter", date(2026, 5, 1)).parts("month")] == [4, 5, 6]
    assert year.parts("year") == year.parts("week") == ()
    assert window_of("month", date(2026, 5, 1)).parts("quarter") == ()
