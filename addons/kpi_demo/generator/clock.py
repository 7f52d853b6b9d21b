"""Time in the demo company: local days and months, and how business goes up and down over a year."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

TIMEZONE = "Asia/Ho_Chi_Minh"
MONTHS_BACK = 12

# How a month compares with an average one: slow after the new year holidays, slow in the seventh
# lunar month, strong before the year ends. Tết is on top of it, see `Clock.season`.
SEASON = {1: 1.04, 2: 0.98, 3: 0.97, 4: 0.99, 5: 1.03, 6: 1.05, 7: 0.96, 8: 0.88, 9: 0.98, 10: 1.04, 11: 1.1, 12: 1.18}

# First day of the lunar year. Customers stop buying in the week before and the week after.
TET = {
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 3),
    2031: date(2031, 1, 23),
    2032: date(2032, 2, 11),
    2033: date(2033, 1, 31),
    2034: date(2034, 2, 19),
    2035: date(2035, 2, 8),
}
TET_BEFORE, TET_AFTER = timedelta(days=7), timedelta(days=8)


@dataclass(frozen=True)
class Month:
    """A calendar month, known by its first day."""

    start: date

    @property
    def end(self):
        """Its last day."""
        return self.start + relativedelta(months=1, days=-1)

    @property
    def key(self):
        """Its name for seeds and look-ups, such as ``2026-10``."""
        return self.start.strftime("%Y-%m")

    def day(self, number):
        """The day with that number, or the month's last day where it is shorter."""
        return min(self.start + timedelta(days=number - 1), self.end)

    def shift(self, months):
        """The month so many months later (earlier when negative)."""
        return Month(self.start + relativedelta(months=months))


class Clock:
    """The demo's time, seen from one day.

    :param datetime.datetime now: the moment up to which there is business, naive UTC
    """

    def __init__(self, now):
        self.now = now.replace(microsecond=0)
        self.zone = ZoneInfo(TIMEZONE)
        self.today = now.replace(tzinfo=timezone.utc).astimezone(self.zone).date()
        self.current = Month(self.today.replace(day=1))
        self.last_full = self.current.shift(-1)
        self.months = [self.current.shift(back) for back in range(-MONTHS_BACK, 1)]
        self.full_months = self.months[:-1]
        # The year of the yearly scorecards and objectives.
        self.business_year = self.last_full.start.year

    def future(self, day, hour=17):
        """A local moment of the company as naive UTC, as Odoo stores it.

        :param datetime.date day: the local day
        :rtype: datetime.datetime
        """
        return self._utc(day, hour, 0)

    def utc(self, day, hour=9, minute=0):
        """The same for what has happened: never later than now."""
        return min(self._utc(day, hour, minute), self.now)

    def _utc(self, day, hour, minute):
        local = datetime.combine(day, time(hour, minute), tzinfo=self.zone)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    def working_days(self, start, end):
        """Days on which the company works: Monday to Friday, Tết off.

        :rtype: list[datetime.date]
        """
        days = (start + timedelta(days=shift) for shift in range((end - start).days + 1))
        return [day for day in days if day.weekday() < 5 and not self.is_tet(day)]

    def month_days(self, month):
        """The working days of a month that are past or today; its first day where there is none yet."""
        return self.working_days(month.start, min(month.end, self.today)) or [month.start]

    def elapsed(self, month):
        """How much of a month has gone by, from 0 to 1, by working days."""
        whole = self.working_days(month.start, month.end)
        return len([day for day in whole if day <= self.today]) / len(whole)

    @staticmethod
    def is_tet(day):
        """Whether the company is closed for the lunar new year that day."""
        tet = TET.get(day.year)
        return bool(tet) and tet - timedelta(days=2) <= day <= tet + timedelta(days=5)

    @staticmethod
    def season(month):
        """How much business a month does, compared with an average month (1.0).

        The days around Tết bring a fifth of what other days bring.
        """
        tet = TET.get(month.start.year, date.min + timedelta(days=30))
        first = max(month.start, tet - TET_BEFORE)
        last = min(month.end, tet + TET_AFTER)
        quiet = max((last - first).days + 1, 0)
        days = (month.end - month.start).days + 1
        return SEASON[month.start.month] * (days - 0.8 * quiet) / days
