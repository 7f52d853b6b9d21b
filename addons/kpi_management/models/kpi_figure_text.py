"""What people and programs write for a number or a period, read without the database."""

import math
import re
import unicodedata
from datetime import date

from ..engine import window_of

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
GROUPED = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
LARGEST = 10**15  # what numeric(20, 4) holds
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
TYPE_WORDS = {
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "nửa năm": "half",
    "năm": "year",
}
MONTH = r"(?P<month>\d{1,2})"
YEAR = r"(?P<year>\d{4})"
ISO_DAY = r"(?P<day>\d{4}-\d{2}-\d{2})( 00:00(:00)?)?"
IN_YEAR = rf"[ /-](năm )?{YEAR}"
PERIODS = [
    re.compile(pattern)
    for pattern in (
        rf"(year |năm )?{YEAR}",
        rf"{YEAR}[-/]{MONTH}",
        rf"(tháng |thg |t|month )?{MONTH}{IN_YEAR}",
        rf"(?P<month_name>[^\W\d]+)\.?{IN_YEAR}",
        rf"{YEAR}[ /-]?q(?P<quarter>[1-4])",
        rf"(q|quý |quarter )(?P<quarter>[1-4]|i{{1,3}}|iv){IN_YEAR}",
        rf"{YEAR}[ /-]?h(?P<half>[12])",
        rf"(h|half |nửa năm )(?P<half>[12]){IN_YEAR}",
        rf"{YEAR}-?w(?P<week>\d{{1,2}})",
        rf"(w|week |tuần )(?P<week>\d{{1,2}}){IN_YEAR}",
        ISO_DAY,
        rf"(?P<type>{'|'.join(TYPE_WORDS)}) {ISO_DAY}",
    )
]


def plain(text):
    """A text as it is compared: one way to write accents (spreadsheets differ), single blanks, small letters."""
    return " ".join(unicodedata.normalize("NFC", str(text)).split()).casefold()


def read_number(value):
    """A figure as it came in → float.

    :param value: a number, or a text as programs write it: ``1234.5``, ``-3``, ``1e-05``
    :raises ValueError: for anything else, and for what is not finite or too large to be kept
    """
    if isinstance(value, str):
        if not is_number(value):
            raise ValueError(value)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)
    number = float(value)
    if not math.isfinite(number) or abs(number) >= LARGEST:
        raise ValueError(value)
    return number


def is_number(text):
    """Whether a text is a number as programs write it; see ``read_number``."""
    return bool(NUMBER.fullmatch(text.strip()))


def is_misgrouped(text, thousand, decimal):
    """Whether a separator that would be dropped does not part thousands: 12,5 is never 125.

    :param str thousand: separator of thousands, or nothing
    :param str decimal: separator of decimals

    >>> [is_misgrouped(text, ",", ".") for text in ("1,234.5", "12,5")]
    [False, True]
    >>> is_misgrouped("1.200", ".", ".")
    False
    """
    if not thousand or thousand not in text:
        return False
    whole = text.split(decimal)[0] if decimal and decimal != thousand else text
    _first, *groups = whole.split(thousand)
    return thousand in text[len(whole) :] or any(len(re.sub(r"\D", "", group)) != 3 for group in groups)


def two_readings(text):
    """A number whose one dot may part thousands as well as decimals, read both ways; None for any other.

    >>> [two_readings(text) for text in ("1.200", "-12.345 ₫", "0.125", "1.2", "1234.567", "1.200.000", "1,234.500")]
    [('1200', '1.2'), ('12345', '12.345'), None, None, None, None, None]
    """
    number = re.sub(r"[^\d.,]", "", text)
    return (number.replace(".", ""), f"{float(number):g}") if GROUPED.fullmatch(number) else None


def read_period(value, month_names):
    """A period as people write it → (type, first day), or None when it cannot be read.

    A month, quarter, half-year, year or week in the ways of ISO 8601, English and Vietnamese. A single day means its
    month, as spreadsheets turn 03/2026 into 1 March; for another period the type stands before it: ``week 2026-03-16``.

    :param value: text, date or datetime
    :param dict month_names: {name of a month in small letters: number}

    >>> read_period("Q1 2026", {})
    ('quarter', datetime.date(2026, 1, 1))
    """
    if isinstance(value, date):
        return "month", window_of("month", date(value.year, value.month, 1)).start
    text = plain(value)
    for pattern in PERIODS:
        if match := pattern.fullmatch(text):
            try:
                return _read_parts(match.groupdict(), month_names)
            except (ValueError, KeyError):
                return None
    return None


def _read_parts(parts, month_names):
    """:raises ValueError, KeyError: for a month, week or day that the calendar does not have"""
    if parts.get("day"):
        kind, day = TYPE_WORDS[parts.get("type") or "month"], date.fromisoformat(parts["day"])
        return kind, window_of(kind, day).start
    year = int(parts["year"])
    if week := parts.get("week"):
        return "week", date.fromisocalendar(year, int(week), 1)
    if half := parts.get("half"):
        return "half", date(year, 6 * int(half) - 5, 1)
    if quarter := parts.get("quarter"):
        return "quarter", date(year, 3 * (ROMAN.get(quarter) or int(quarter)) - 2, 1)
    if name := parts.get("month_name"):
        return "month", date(year, month_names[name], 1)
    if month := parts.get("month"):
        return "month", date(year, int(month), 1)
    return "year", date(year, 1, 1)
