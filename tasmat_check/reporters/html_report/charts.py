"""The lengths and places of the charts' bars; every number also stands in a table beside them."""

from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tasmat_check.models import Level
from tasmat_check.pack.policy_file import Clause, Policy
from tasmat_check.reporters.html_report.counts import ClauseCount, Counts

MOST_CLAUSES = 10
"""Clauses drawn at once; the others unfold."""

MOST_MONTHS = 36
"""Months drawn one by one; a longer time is drawn by years."""

COLUMN = 34
"""Pixels from one column to the next."""

HEIGHT = 150
"""Pixels of the highest column."""

_MOST_YEARS = 40
_GRAVEST_FIRST = sorted(Level, reverse=True)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar in one colour: where it begins and how long it is, in percent of the longest bar."""

    kind: str
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class ClauseBar:
    """How often one clause is cited."""

    clause: Clause
    count: ClauseCount
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LevelBar:
    """How many findings are of one level."""

    level: Level
    findings: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One month or year: its labels, counts, and the places of its two parts in pixels from the top."""

    name: str
    label: str
    under: str
    posts: int
    breach: int
    caution: int
    left: int
    breach_top: float
    caution_top: float


def clause_bars(counts: Counts, policy: Policy) -> list[ClauseBar]:
    """Give the cited clauses, the most often breached first."""
    cited = [(clause, counts.clauses[clause.number]) for clause in policy.clause if clause.number in counts.clauses]
    cited.sort(key=lambda each: [-each[1].posts[level] for level in _GRAVEST_FIRST])
    longest = max((count.posts.total() for _, count in cited), default=1)
    return [ClauseBar(clause, count, tuple(_segments(_labelled(count.posts), longest))) for clause, count in cited]


def level_bars(counts: Counts) -> list[LevelBar]:
    """Give how many findings there are of each level, gravest first."""
    longest = max(counts.findings.values(), default=1)
    found = {level: counts.findings[level] for level in _GRAVEST_FIRST}
    return [LevelBar(level, count, tuple(_segments({level.label: count}, longest))) for level, count in found.items()]


def columns(months: Mapping[str, Counter[str]]) -> list[Column]:
    """Give the time from the first dated post to the last, by months if they are few, else by years."""
    if not months:
        return []
    drawn = list(_months_between(min(months), max(months)))
    if len(drawn) <= MOST_MONTHS:
        return list(_columns((name, *_month_labels(name, drawn[0]), months.get(name, Counter())) for name in drawn))
    years: dict[str, Counter[str]] = {}
    for name, count in sorted(months.items()):
        years.setdefault(name[:4], Counter()).update(count)
    return list(_columns((year, year, "", count) for year, count in list(years.items())[-_MOST_YEARS:]))


def told_month(name: str) -> str:
    """Write a month such as 2025-03 as people do; a year stays as it is."""
    return f"{month_name[int(name[5:7])]} {name[:4]}" if "-" in name else name


def _columns(periods: Iterable[tuple[str, str, str, Counter[str]]]) -> Iterator[Column]:
    drawn = list(periods)
    highest = max(count["breach"] + count["caution"] for *_, count in drawn) or 1
    for place, (name, label, under, count) in enumerate(drawn):
        breach, caution = count["breach"], count["caution"]
        breach_top = HEIGHT - HEIGHT * breach / highest
        caution_top = breach_top - HEIGHT * caution / highest
        yield Column(
            name,
            label,
            under,
            count.total(),
            breach,
            caution,
            place * COLUMN,
            round(breach_top, 1),
            round(caution_top, 1),
        )


def _labelled(levels: Counter[Level]) -> dict[str, int]:
    return {level.label: levels[level] for level in _GRAVEST_FIRST}


def _segments(lengths: Mapping[str, int], longest: int) -> Iterator[Segment]:
    start = 0.0
    for kind, length in lengths.items():
        if length:
            share = 100 * length / longest
            yield Segment(kind, round(start, 2), round(share, 2))
            start += share


def _months_between(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _month_labels(name: str, first: str) -> tuple[str, str]:
    month = int(name[5:7])
    return month_abbr[month], name[:4] if month == 1 or name == first else ""
