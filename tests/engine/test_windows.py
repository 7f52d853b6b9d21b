"""Windows: calendar, what lies before, the year to date, and their edges in UTC."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import EngineError, Window, utc_bounds, window_of


def window(kind, start, end):
    return Window(kind, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "kind, day, start, end",
    [
        ("week", "2025-03-05", "2025-03-03", "2025-03-09"),
        ("week", "2025-03-03", "2025-03-03", "2025-03-09"),
        ("week", "2025-03-09", "2025-03-03", "2025-03-09"),
        ("week", "2025-01-01", "2024-12-30", "2025-01-05"),
        ("month", "2025-02-10", "2025-02-01", "2025-02-28"),
        ("month", "2024-02-29", "2024-02-01", "2024-02-29"),
        ("quarter", "2025-05-31", "2025-04-01", "2025-06-30"),
        ("half", "2025-06-30", "2025-01-01", "2025-06-30"),
        ("half", "2025-07-01", "2025-07-01", "2025-12-31"),
        ("year", "2025-07-01", "2025-01-01", "2025-12-31"),
        ("ytd", "2025-07-15", "2025-01-01", "2025-07-15"),
    ],
)
def test_window_of_a_day(kind, day, start, end):
    assert window_of(kind, date.fromisoformat(day)) == window(kind, start, end)


@pytest.mark.parametrize(
    "kind, start, end, previous_start, previous_end",
    [
        ("week", "2025-01-06", "2025-01-12", "2024-12-30", "2025-01-05"),
        ("month", "2025-03-01", "2025-03-31", "2025-02-01", "2025-02-28"),
        ("month", "2024-03-01", "2024-03-31", "2024-02-01", "2024-02-29"),
        ("month", "2025-01-01", "2025-01-31", "2024-12-01", "2024-12-31"),
        ("month", "2025-03-26", "2025-04-25", "2025-02-26", "2025-03-25"),
        ("quarter", "2025-01-01", "2025-03-31", "2024-10-01", "2024-12-31"),
        ("half", "2025-07-01", "2025-12-31", "2025-01-01", "2025-06-30"),
        ("year", "2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31"),
        ("year", "2025-04-01", "2026-03-31", "2024-04-01", "2025-03-31"),
        ("ytd", "2025-01-01", "2025-05-31", "2024-01-01", "2024-05-31"),
        ("ytd", "2024-01-01", "2024-02-29", "2023-01-01", "2023-02-28"),
        ("custom", "2025-03-10", "2025-03-16", "2025-03-03", "2025-03-09"),
        ("custom", "2025-03-01", "2025-03-01", "2025-02-28", "2025-02-28"),
    ],
)
def test_previous(kind, start, end, previous_start, previous_end):
    assert window(kind, start, end).previous() == window(kind, previous_start, previous_end)


@pytest.mark.parametrize(
    "kind, start, end, expected_start",
    [
        ("month", "2025-03-01", "2025-03-31", "2025-01-01"),
        ("quarter", "2025-10-01", "2025-12-31", "2025-01-01"),
        ("week", "2024-12-30", "2025-01-05", "2025-01-01"),
        ("year", "2025-01-01", "2025-12-31", "2025-01-01"),
        ("year", "2025-04-01", "2026-03-31", "2025-04-01"),
        ("custom", "2025-03-10", "2025-03-12", "2025-01-01"),
    ],
)
def test_year_to_date(kind, start, end, expected_start):
    assert window(kind, start, end).year_to_date() == window("ytd", expected_start, end)


def test_year_to_date_of_itself_is_itself():
    there = window("ytd", "2025-01-01", "2025-03-31")

    assert there.year_to_date() is there


def test_days_count_both_ends():
    assert window("month", "2024-02-01", "2024-02-29").days == 29
    assert window("custom", "2025-03-01", "2025-03-01").days == 1


def test_what_is_no_window_is_refused():
    with pytest.raises(EngineError) as refused:
        window("month", "2025-03-31", "2025-03-01")
    assert refused.value.code == "window_order"
    for kind in ("decade", "custom"):
        with pytest.raises(EngineError) as refused:
            window_of(kind, date(2025, 1, 1))
        assert refused.value.code == "window_kind"
    with pytest.raises(EngineError) as refused:
        window("decade", "2021-01-01", "2030-12-31")
    assert refused.value.code == "window_kind"


@pytest.mark.parametrize(
    "zone, start, end, low, high",
    [
        ("Asia/Ho_Chi_Minh", "2025-04-01", "2025-04-30", "2025-03-31T17:00", "2025-04-30T17:00"),
        ("America/Los_Angeles", "2025-01-01", "2025-01-31", "2025-01-01T08:00", "2025-02-01T08:00"),
        # the clocks go forward on 9 March: the month is an hour short
        ("America/Los_Angeles", "2025-03-01", "2025-03-31", "2025-03-01T08:00", "2025-04-01T07:00"),
        # and back on 26 October: the month is an hour long
        ("Europe/Berlin", "2025-10-01", "2025-10-31", "2025-09-30T22:00", "2025-10-31T23:00"),
        # no midnight on 4 November 2018: the day starts at 01:00 local, which is 03:00 UTC
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04", "2018-11-04T03:00", "2018-11-05T02:00"),
        ("UTC", "2024-02-29", "2024-02-29", "2024-02-29T00:00", "2024-03-01T00:00"),
    ],
)
def test_utc_bounds(zone, start, end, low, high):
    expected = (datetime.fromisoformat(low), datetime.fromisoformat(high))

    assert utc_bounds(window("custom", start, end), zone) == expected


def test_order_confirmed_half_an_hour_into_april_in_ho_chi_minh_city_counts_in_april():
    confirmed = datetime(2025, 3, 31, 17, 30)
    low, high = utc_bounds(window_of("month", date(2025, 4, 10)), "Asia/Ho_Chi_Minh")

    assert low <= confirmed < high


@pytest.mark.parametrize("name", ["Mars/Olympus", "", None, "America", "../etc/localtime"])
def test_unknown_time_zone(name):
    with pytest.raises(EngineError) as refused:
        utc_bounds(window_of("month", date(2025, 4, 10)), name)
    assert refused.value.code == "time_zone_unknown"


kinds = st.sampled_from(["week", "month", "quarter", "half", "year"])
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(kinds, days)
def test_windows_of_a_kind_tile_the_calendar(kind, day):
    here = window_of(kind, day)

    assert here.start <= day <= here.end
    assert here.previous() == window_of(kind, here.start - timedelta(days=1))


@given(kinds, days, st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia"]))
def test_windows_meet_in_utc_without_gap_or_overlap(kind, day, zone):
    here = window_of(kind, day)

    assert utc_bounds(here.previous(), zone)[1] == utc_bounds(here, zone)[0]
