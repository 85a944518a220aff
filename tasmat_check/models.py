"""The values that flow through a check, from the draft to the report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import Literal

Channel = Literal["personal", "official"]
AuthorRole = Literal["staff", "trustee", "governor", "contractor", "trainee"]
FoundIn = Literal["text", "picture", "hidden", "tag", "copyright"]
"""Where words stand: in the post's texts, in a picture, or in its hidden data (captions, people shown, whose it is)."""
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
class Box:
    """A part of an upright picture in pixels, `right` and `bottom` exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top


def around(boxes: Iterable[Box]) -> Box | None:
    """Give the smallest box that holds some boxes; None for none."""
    held = tuple(boxes)
    if not held:
        return None
    return Box(
        min(box.left for box in held),
        min(box.top for box in held),
        max(box.right for box in held),
        max(box.bottom for box in held),
    )


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
    """A readable part of a draft: the post's own text (`part` empty) or a named part such as an alt text.

    Words that come from a picture carry its name as `image`, and either the box of each character (`boxes`) or the
    hidden field they were read from (`source`); `found_in` says which.
    """

    text: str = field(repr=False)
    part: str = ""
    image: str = ""
    boxes: tuple[Box, ...] = field(default=(), repr=False)
    source: str = ""
    found_in: FoundIn = "text"

    def location(self, span: Span) -> "Location":
        """Tell where in the draft a stretch of the passage stands."""
        box = around(self.boxes[span.start : span.end]) if self.boxes else None
        return Location(span, self.part, self.image, box, self.source)


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a draft something stands: a passage's stretch, a part of a picture, or a hidden field of one.

    `part` is empty for the post's own text; `image` names a picture, and `box` tells where in it or `source` in which
    hidden field.
    """

    span: Span
    part: str = ""
    image: str = ""
    box: Box | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be checked. Never dropped: a silent gap reads as a pass."""

    what: str
    reason: str


SURE = 0.8
"""From this score on something seen in a picture is there; below it, it is possible. STACK.md, "Pictures": of faces so
sure recall was .932 of 266, and none was seen in 61 photos without one. Logos are scored to fit: seven points agree."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something seen in a picture: what (an entity label such as FACE), where and how surely (0 to 1).

    `text` is what it says or is called, where it says anything. `source` names the hidden field it was read from; such
    a sighting has no box. `owner` is "school" for what belongs to a school, such as a place beside one.
    """

    label: str
    box: Box | None
    score: float
    text: str = field(default="", repr=False)
    source: str = ""
    owner: str = ""

    @property
    def sure(self) -> bool:
        """Whether it counts for more than a caution."""
        return self.score >= SURE

    def location(self, image: str) -> Location:
        """Tell where in a draft it stands, given the name of its picture."""
        return Location(Span(0, 0), image=image, box=self.box, source=self.source)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one picture file shows: things seen, texts to read, and what could not be looked for.

    `notes` are sentences about the looking that are worth a quiet word. `width` and `height` are those of the
    upright picture in pixels, 0 where it could not be opened. `faces_sought` tells whether faces were looked for, so
    that none among the sightings means none seen.
    """

    image: str
    width: int = 0
    height: int = 0
    sightings: tuple[Sighting, ...] = ()
    passages: tuple[Passage, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    faces_sought: bool = False

    def renamed(self, image: str) -> "Seen":
        """Give what another file shows that is the same byte for byte; what was told of logos is not repeated."""
        passages = tuple(
            replace(passage, image=image, part=passage.part.replace(self.image, image)) for passage in self.passages
        )
        gaps = (gap for gap in self.skipped if self.image in gap.what)
        skipped = tuple(replace(gap, what=gap.what.replace(self.image, image)) for gap in gaps)
        return replace(self, image=image, passages=passages, skipped=skipped, notes=())


@dataclass(frozen=True, slots=True)
class Draft:
    """One post before it goes out.

    `parts` are further readable texts by name, `images` the pictures as they were given, `seen` what was seen in those
    that have been looked at, and `skipped` what could not be read. `published` is when an exported post went out, with
    its time zone where that is known.
    """

    id: str
    source: str
    text: str = field(repr=False)
    channel: Channel = "personal"
    parts: tuple[Passage, ...] = ()
    images: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    seen: tuple[Seen, ...] = ()
    published: datetime | None = None


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

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth a quiet word about how the pictures were looked at."""
        return tuple(note for seen in self.draft.seen for note in seen.notes)


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

    def join(self, other: "Summary") -> None:
        """Add the counts of other reports."""
        self.posts += other.posts
        self.breach += other.breach
        self.caution += other.caution
        self.clear += other.clear
        self.skipped += other.skipped
