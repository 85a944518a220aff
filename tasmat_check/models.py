"""The values that flow through a check, from the draft to the report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

Channel = Literal["personal", "official"]
AuthorRole = Literal["staff", "trustee", "governor", "contractor", "trainee"]
Verdict = Literal["breach", "caution", "clear"]


class Level(IntEnum):
    """How grave a finding is; a greater value is graver."""

    NOTE = 1
    CAUTION = 2
    BREACH = 3

    @property
    def label(self) -> str:
        """The level's name as packs and reports write it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text in code points, `end` exclusive."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two stretches share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a people list. Like every value that holds personal data, it keeps it out of its repr."""

    forename: str = field(repr=False)
    surname: str = field(repr=False)
    preferred: str = field(default="", repr=False)
    year: str = ""
    group: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something a recognizer saw at `span` of a passage.

    `label` is one of the names in DESIGN.md (PERSON, PHONE_NUMBER, SCHOOL …), `score` lies in 0–1, and
    `person` is set when the people list knows who it is.
    """

    label: str
    span: Span
    text: str = field(repr=False)
    score: float
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A readable part of a draft: the post's own text (`part` empty) or a named part such as an alt text."""

    text: str = field(repr=False)
    part: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a draft a passage's stretch stands; `part` is empty for the post's own text."""

    span: Span
    part: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be checked. Never dropped: a silent gap reads as a pass."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One post before it goes out.

    `parts` are further readable texts by name, `skipped` is what its reader could not read.
    """

    id: str
    source: str
    text: str = field(repr=False)
    channel: Channel = "personal"
    parts: tuple[Passage, ...] = ()
    images: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence in one place, and the clauses it bears on (the primary one first)."""

    rule: str
    clauses: tuple[str, ...]
    level: Level
    message: str = field(repr=False)
    fix: str
    evidence: str = field(repr=False)
    confidence: float
    location: Location


@dataclass(frozen=True, slots=True)
class Report:
    """What the check of one draft found, and what it could not check."""

    draft: Draft
    findings: tuple[Finding, ...] = ()
    clauses: Mapping[str, Level] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The gravest level found; notes alone leave a post clear."""
        level = max(self.clauses.values(), default=Level.NOTE)
        if level is Level.BREACH:
            return "breach"
        return "caution" if level is Level.CAUTION else "clear"


@dataclass(slots=True)
class Summary:
    """Counts over many reports, kept while they stream past; what was not wholly checked is never clear."""

    posts: int = 0
    breach: int = 0
    caution: int = 0
    clear: int = 0
    skipped: int = 0

    def add(self, report: Report) -> None:
        """Count one report."""
        self.posts += 1
        self.skipped += len(report.skipped)
        if report.verdict == "breach":
            self.breach += 1
        elif report.verdict == "caution":
            self.caution += 1
        elif not report.skipped:
            self.clear += 1

    @classmethod
    def of(cls, reports: Iterable[Report]) -> "Summary":
        """Count all reports."""
        summary = cls()
        for report in reports:
            summary.add(report)
        return summary
