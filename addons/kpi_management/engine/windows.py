"""Stretches of days that measures are asked for, and their edges in UTC."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from .errors import EngineError

#: kind → its length in months, for the kinds that are made of months
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
KINDS = ("week", *MONTHS, "ytd", "custom")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, order=True)
class Window:
    """A stretch of days, both ends included.

    A month need not be a calendar month: 26 March to 25 April is one too, and the one before it starts on
    26 February.

    :param kind: ``week``, ``month``, ``quarter``, ``half``, ``year``, ``ytd`` (year to date) or ``custom``
    :raises EngineError: ``window_kind``, ``window_order``
    """

    kind: str
    start: date
    end: date

    def __post_init__(self):
        if self.kind not in KINDS:
            raise EngineError("window_kind", kind=str(self.kind))
        if self.end < self.start:
            raise EngineError("window_order")

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # worked out once: figures are kept by their window, and looked up for every line
        return hash((self.kind, self.start, self.end))

    @property
    def days(self) -> int:
        """Calendar days of the window."""
        return (self.end - self.start).days + 1

    def previous(self) -> "Window":
        """The window of the same kind before this one.

        Year to date: the same days one year earlier (29 February → 28). Custom: as many days right before.

        >>> window_of("month", date(2024, 3, 31)).previous()
        Window(kind='month', start=datetime.date(2024, 2, 1), end=datetime.date(2024, 2, 29))
        """
        if self.kind == "ytd":
            return Window(self.kind, _shifted(self.start, -12), _shifted(self.end, -12))
        if self.kind in MONTHS:
            start = _shifted(self.start, -MONTHS[self.kind])
        else:
            start = self.start - (WEEK if self.kind == "week" else self.days * DAY)
        return Window(self.kind, start, self.start - DAY)

    def year_earlier(self) -> "Window":
        """The window of the same kind a year before this one; of a week the one 52 weeks before.

        >>> window_of("month", date(2025, 2, 1)).year_earlier()
        Window(kind='month', start=datetime.date(2024, 2, 1), end=datetime.date(2024, 2, 29))
        """
        if self.kind not in MONTHS:
            return Window(self.kind, self.start - 52 * WEEK, self.end - 52 * WEEK)
        return Window(self.kind, _shifted(self.start, -12), _shifted(self.end + DAY, -12) - DAY)

    def parts(self, kind: str) -> tuple["Window", ...]:
        """The windows of a shorter kind that make up this one, in order; none where they do not fit.

        >>> [part.start.month for part in window_of("year", date(2025, 1, 1)).parts("quarter")]
        [1, 4, 7, 10]
        """
        if self.kind not in MONTHS or kind not in MONTHS:
            return ()
        length, whole = MONTHS[kind], MONTHS[self.kind]
        if length >= whole or whole % length:
            return ()
        starts = [_shifted(self.start, months) for months in range(0, whole + 1, length)]
        return tuple(Window(kind, start, end - DAY) for start, end in pairwise(starts))

    def year_to_date(self) -> "Window":
        """From 1 January of the year the window ends in to the window's end; of a year its own first day,
        so that a business year from April to March stays whole.

        >>> window_of("month", date(2025, 3, 10)).year_to_date()
        Window(kind='ytd', start=datetime.date(2025, 1, 1), end=datetime.date(2025, 3, 31))
        """
        if self.kind == "ytd":
            return self
        start = self.start if self.kind == "year" else date(self.end.year, 1, 1)
        return Window("ytd", start, self.end)


def window_of(kind: str, day: date) -> Window:
    """The calendar window of a kind that holds a day. Weeks start on Monday; ``ytd`` ends on the day itself.

    :raises EngineError: ``window_kind`` for ``custom``, which no day determines

    >>> window_of("half", date(2025, 8, 1)).start
    datetime.date(2025, 7, 1)
    """
    if kind == "week":
        start = day - day.weekday() * DAY
        return Window(kind, start, start + WEEK - DAY)
    if kind == "ytd":
        return Window(kind, date(day.year, 1, 1), day)
    if kind not in MONTHS:
        raise EngineError("window_kind", kind=str(kind))
    length = MONTHS[kind]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    return Window(kind, date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1]))


def utc_bounds(window: Window, tz_name: str) -> tuple[datetime, datetime]:
    """The window's edges as naive UTC datetimes, half-open: from the first included to the second excluded.

    :param tz_name: the company's time zone, e.g. ``Asia/Ho_Chi_Minh``
    :raises EngineError: ``time_zone_unknown``

    >>> utc_bounds(Window("custom", date(2025, 4, 1), date(2025, 4, 1)), "Asia/Ho_Chi_Minh")
    (datetime.datetime(2025, 3, 31, 17, 0), datetime.datetime(2025, 4, 1, 17, 0))
    """
    try:
        zone = ZoneInfo(tz_name)
    except (KeyError, ValueError, OSError, TypeError):
        raise EngineError("time_zone_unknown", name=str(tz_name)) from None
    return _midnight(window.start, zone), _midnight(window.end + DAY, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # Where clocks jump at midnight, fold=0 takes the first of two midnights, and for a missing one the
    # moment of the jump: the first instant of the day either way.
    local = datetime.combine(day, time.min, tzinfo=zone)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def _shifted(day: date, months: int) -> date:
    """The same day some months away, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
