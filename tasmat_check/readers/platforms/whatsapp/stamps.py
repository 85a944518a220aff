"""Reads the date and time before each message of a chat, in the many forms in which phones write them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

MARKS = "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Letters without width that phones put around names, stamps and notices, for use in a regex's brackets."""

_M = f"[{MARKS}]*"
_STAMP = re.compile(
    rf"{_M}(?P<bracket>\[)?{_M}"
    rf"(?P<one>\d{{1,4}}){_M}(?P<between>[-/.]) ?{_M}(?P<two>\d{{1,4}}){_M}(?P=between) ?{_M}"
    rf"(?P<three>\d{{1,4}})\.?{_M}"
    rf"[,.،]?[\s{MARKS}]+(?:[^\W\d_]{{1,8}}\.?\s)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    rf"(?:[\s{MARKS}]*(?P<half>[ap])\.?\s?m\b\.?)?{_M}"
    r"(?(bracket)\]|(?P<end>\s[-–—,]|:(?=\s)))\s?",
    re.IGNORECASE,
)
_LONGEST = 80

Form = tuple[bool, str, bool, str, int]
"""What all stamps of a chat share: brackets, what parts the date, seconds, what ends the stamp, the year's place."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date and time as written: the numbers of the date without the year, in order, and what follows the stamp."""

    form: Form
    year: int
    days: tuple[int, int]
    time: tuple[int, int, int]
    rest: str = field(repr=False)

    def moment(self, *, month_first: bool) -> datetime | None:
        """Give the local date and time; None for one that is in no calendar."""
        found = self.date(month_first=month_first)
        return None if found is None else datetime(found.year, found.month, found.day, *self.time)

    def date(self, *, month_first: bool) -> date | None:
        """Give the date; a year in front is always followed by the month."""
        month, day = self.days if month_first or self.form[4] == 0 else self.days[::-1]
        try:
            return date(self.year, month, day)
        except ValueError:
            return None


def read_stamp(line: str) -> Stamp | None:
    """Read the stamp at the start of a line; None where there is none."""
    found = _STAMP.match(line, 0, _LONGEST)
    if found is None:
        return None
    numbers = [found["one"], found["two"], found["three"]]
    at = next((place for place, number in enumerate(numbers) if len(number) == 4), 2)
    year = int(numbers.pop(at))
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"] and hour <= 12:
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    if hour > 23 or minute > 59 or second > 59:
        return None
    form = (bool(found["bracket"]), found["between"], bool(found["second"]), (found["end"] or "").strip(), at)
    days = (int(numbers[0]), int(numbers[1]))
    stamp = Stamp(form, year if year > 99 else 2000 + year, days, (hour, minute, second), line[found.end() :])
    return stamp if stamp.date(month_first=True) or stamp.date(month_first=False) else None


def form_of(lines: Iterable[str]) -> Form | None:
    """Tell the form of the stamps that most of these lines have; None where no two agree."""
    forms = Counter(stamp.form for line in lines if (stamp := read_stamp(line)))
    form, count = next(iter(forms.most_common(1)), (None, 0))
    return form if count > 1 else None


@dataclass(slots=True)
class DateOrder:
    """Finds out whether the month stands before the day, from all stamps of a chat; the day does unless this is proved.

    A number above twelve proves it; else that the dates, of which none goes back in a chat, would go back.
    """

    _too_great: list[bool] = field(default_factory=lambda: [False, False])
    _goes_back: list[bool] = field(default_factory=lambda: [False, False])
    _last: list[date] = field(default_factory=lambda: [date.min, date.min])

    def see(self, stamp: Stamp) -> None:
        """Take note of the next stamp."""
        for place, month_first in enumerate((False, True)):
            self._too_great[place] |= stamp.days[place] > 12
            if found := stamp.date(month_first=month_first):
                self._goes_back[place] |= found < self._last[place]
                self._last[place] = found

    @property
    def month_first(self) -> bool:
        """Whether the month is proved to stand first."""
        if any(self._too_great):
            return self._too_great == [False, True]
        return self._goes_back == [True, False]
