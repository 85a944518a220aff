"""Reads the dates that pages of an export show, in English."""

import re
from datetime import datetime

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
"""Each four letters after the other."""
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<half>[apAP])\.?[mM]\.?)?"
_BETWEEN = r",?\s+(?:at\s+)?"
_DATE = re.compile(
    r"(?:(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?|(?P<day2>\d{1,2})\s+(?P<month2>[A-Za-z]{3,9})\.?,?)\s+"
    rf"(?P<year>\d{{4}}){_BETWEEN}{_TIME}"
)
_BEFORE_A_DATE = re.compile(r"(?:[A-Z][a-z]+ )?")


def date_in(text: str) -> datetime | None:
    """Give the first date with a time in a short text, without a time zone since pages name none."""
    found = _DATE.search(text[:200])
    return _moment(found) if found else None


def is_date(text: str) -> bool:
    """Say whether a text is nothing but a date, maybe after a word ("Updated May 02, 2011 8:12:17 am")."""
    before = _BEFORE_A_DATE.match(text)
    found = [_DATE.fullmatch(text), _DATE.fullmatch(text, before.end() if before else 0)]
    return any(match and _moment(match) for match in found)


def _moment(found: re.Match[str]) -> datetime | None:
    month = _MONTHS.find((found["month"] or found["month2"])[:3].lower()) // 4 + 1
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    try:
        day = int(found["day"] or found["day2"])
        return datetime(int(found["year"]), month, day, hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
