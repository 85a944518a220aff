"""One report as its part of the page shows it."""

from calendar import month_name
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from textwrap import shorten
from typing import Literal

from tasmat_check.models import Level, Passage, Report, Skipped
from tasmat_check.pack.policy_file import Clause
from tasmat_check.reporters import PackView
from tasmat_check.reporters.concerns import Concern, companions, concerns, tally
from tasmat_check.reporters.html_report.shots import Shot
from tasmat_check.reporters.marking import stretches

Outcome = Literal["breach", "caution", "unchecked", "clear"]
"""A verdict, but what could not be wholly checked is never clear."""

OUTCOMES: tuple[Outcome, ...] = ("breach", "caution", "unchecked", "clear")

_LONGEST_GIST = 140


@dataclass(frozen=True, slots=True)
class Words:
    """A readable part of a post, cut where marks begin and end; `name` is empty for the post's own text."""

    name: str
    pieces: tuple[tuple[str, Level | None], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """All that the page tells of one post; `number` counts the posts of the page from 1."""

    number: int
    id: str
    origin: str
    channel: str
    published: datetime | None
    outcome: Outcome
    gist: str = field(repr=False)
    tally: str
    cited: dict[str, Level]
    words: tuple[Words, ...]
    shots: tuple[Shot, ...]
    concerns: tuple[Concern, ...]
    companions: tuple[Clause, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]


def post(number: int, report: Report, pack: PackView, shots: tuple[Shot, ...]) -> Post:
    """Lay out one report, masked or not."""
    draft = report.draft
    told = tuple(concerns(report, pack))
    return Post(
        number,
        draft.id,
        draft.source,
        draft.channel,
        draft.published,
        outcome(report),
        _gist(report, told),
        tally(told),
        cited(report, pack),
        tuple(_words(report)),
        shots,
        told,
        tuple(companions(report, pack)),
        report.skipped,
        report.notes,
    )


def outcome(report: Report) -> Outcome:
    """Tell how the post came out."""
    return "unchecked" if report.verdict == "clear" and report.skipped else report.verdict


def cited(report: Report, pack: PackView) -> dict[str, Level]:
    """Give the clauses that findings cite and that count, in the policy's order, with the gravest level of each."""
    numbers = {number for finding in report.findings for number in finding.clauses}
    return {
        clause.number: report.clauses[clause.number]
        for clause in pack.policy.clause
        if clause.number in numbers and clause.number in report.clauses
    }


def told_date(when: datetime) -> str:
    """Write a date as people do."""
    return f"{when.day} {month_name[when.month]} {when.year}"


def _gist(report: Report, told: tuple[Concern, ...]) -> str:
    """Give the words that tell one collapsed post from another: its beginning, else what it is about."""
    passages = (Passage(report.draft.text), *report.draft.parts)
    text = next((passage.text for passage in passages if passage.text.strip()), "")
    gist = shorten(text[: 4 * _LONGEST_GIST], _LONGEST_GIST, placeholder=" …")
    return gist or ", ".join(concern.clause.title for concern in told)


def _words(report: Report) -> Iterator[Words]:
    """Give the readable parts of a post; those of pictures are told with the pictures."""
    for passage in (Passage(report.draft.text), *report.draft.parts):
        if passage.text.strip() and not passage.image:
            here = [found for found in report.findings if found.location == passage.location(found.location.span)]
            yield Words(passage.part, tuple(_joined(stretches(passage.text, here))))


def _joined(pieces: Iterable[tuple[str, Level | None]]) -> Iterator[tuple[str, Level | None]]:
    """Join neighbours of one level, so that marks which touch carry their sign once."""
    for level, group in groupby(pieces, key=lambda piece: piece[1]):
        yield "".join(text for text, _ in group), level
