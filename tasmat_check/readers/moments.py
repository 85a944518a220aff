"""Reads dates and times as files of posts write them, in whatever order and without minding the computer's language."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

_CLOCK = (
    r"(?:(?:\s*[T,]\s*|\s+at\s+|\s+)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?)?"
)
_MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){_CLOCK}",
        rf"{_WEEKDAY}(?P<one>\d{{1,2}})(?P<sign>[-/.])(?P<two>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}}){_CLOCK}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}){_CLOCK}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}}){_CLOCK}\s+(?P<year>\d{{4}})",
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b")
_SECONDS = re.compile(r"\d{9,13}(?:\.\d+)?")
_LONGEST = 64
_EARLIEST, _LATEST = 600_000_000, 4_200_000_000
"""Seconds since 1970 that are taken for a moment (1989 to 2103), so that counts and numbers of posts are not."""


def moment(value: object, clock: object = None, *, month_first: bool = False) -> datetime | None:
    """Read a date with or without a time; None where it is none.

    `clock` is the time where it stands apart. The time zone is only set where it is told, and for seconds or
    milliseconds since 1970. `month_first` says how 03/04/2026 is meant; 25/04/2026 can be meant in one way only.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    found = _read(value, month_first)
    if found and clock and not _has_clock(value):
        return _read(f"{found:%Y-%m-%d} {str(clock).strip()}", month_first) or found
    return found


def is_month_first(values: Iterable[object]) -> bool:
    """Say whether dates of one column put the month first: at least one must, and none can put the day first."""
    found = [(int(match[1]), int(match[2])) for value in values if (match := _NUMERIC.match(str(value)))]
    return any(second > 12 for _, second in found) and all(first <= 12 for first, _ in found)


def _has_clock(value: object) -> bool:
    if isinstance(value, datetime):
        return value.time() != time()
    return isinstance(value, str) and ":" in value


def _read(value: object, month_first: bool) -> datetime | None:
    if isinstance(value, datetime):
        return _to_the_second(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _counted(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = " ".join(value.split())
    if _SECONDS.fullmatch(text):
        return _counted(float(text))
    match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    return _composed(match.groupdict(), month_first) if match else None


def _to_the_second(value: datetime) -> datetime:
    """Round a time, since sheets keep times as fractions of a day."""
    whole = value.replace(microsecond=0)
    return whole + timedelta(seconds=1) if value.microsecond >= 500_000 and whole.year < 9999 else whole


def _counted(number: float) -> datetime | None:
    if _EARLIEST * 1000 <= number <= _LATEST * 1000:
        number /= 1000
    return datetime.fromtimestamp(int(number), UTC) if _EARLIEST <= number <= _LATEST else None


def _composed(found: dict[str, str | None], month_first: bool) -> datetime | None:
    year = int(found["year"] or 0)
    month, day = _month_and_day(found, month_first)
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if half := found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half[0] in "pP")
    try:
        return datetime(
            year if year > 99 else 2000 + year, month, day, hour, minute, second, tzinfo=_zone(found["zone"])
        )
    except ValueError:
        return None


def _month_and_day(found: dict[str, str | None], month_first: bool) -> tuple[int, int]:
    if word := found.get("word"):
        return _MONTHS.index(word.lower()) + 1, int(found["day"] or 0)
    if month := found.get("month"):
        return int(month), int(found["day"] or 0)
    one, two = int(found["one"] or 0), int(found["two"] or 0)
    return (one, two) if two > 12 or (month_first and one <= 12) else (two, one)


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    if name[0] not in "+-":
        return timezone(timedelta(hours=1), "BST") if name.upper() == "BST" else UTC
    offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
    return timezone(-offset if name[0] == "-" else offset)
