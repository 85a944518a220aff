"""Recognizes the trust, its schools and the council in every spelling; what they are called is the pack's business."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tasmat_check.folding import Folded
from tasmat_check.models import Entity
from tasmat_check.pack.organisation_file import Body, Organisation
from tasmat_check.recognizers.organisation.disguises import NameFinder, Sighting, Spelling
from tasmat_check.recognizers.organisation.hints import Hints
from tasmat_check.recognizers.organisation.marks import Token, mark_finder, token_around
from tasmat_check.recognizers.organisation.school_names import SchoolNames
from tasmat_check.recognizers.organisation.traps import Traps, alternatives
from tasmat_check.wording import Wording

_SCORES: dict[Spelling, float] = {
    "plain": 0.92,
    "hidden": 0.85,
    "spaced": 0.85,
    "joined": 0.85,
    "misspelt": 0.75,
    "masked": 0.7,
    "split": 0.65,
}
_FULL_NAME = 0.98
_JOINED_SCORES = {"domain": 0.95, "tag": 0.92, "handle": 0.9, "path": 0.85, "word": 0.8}
_ANOTHER_SCHOOL = 0.6
_SHORT_ABBREVIATION = 5
_JOINABLE = 6


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    body: int
    full: bool


class _Seen(NamedTuple):
    start: int
    end: int
    score: float
    body: int


class OrganisationRecognizer:
    """Marks SCHOOL (the trust and its schools) and ORGANIZATION (the council at its score, other schools at 0.6)."""

    def __init__(self, organisation: Organisation) -> None:
        """Prepare every search once; takes some milliseconds."""
        words = organisation.words
        self._bodies = organisation.bodies
        self._council = organisation.council
        self._names = [name for number, body in enumerate(self._bodies) for name in _names(number, body)]
        lookalikes = (phrase for trap in organisation.trap for phrase in trap.lookalikes)
        self._finder = NameFinder([name.text for name in self._names], lookalikes)
        self._traps = Traps(organisation)
        school = re.compile(rf"(?<!\w)(?:{alternatives(words.school)})(?!\w)")
        self._marks = [mark_finder(body, school) for body in self._bodies]
        self._hints = [Hints(body, words, self._traps) for body in self._bodies]
        self._institution = re.compile(rf"(?:[\s-]{{1,2}}(?:{alternatives(words.institution)})(?!\w)){{1,3}}")
        self._school_names = SchoolNames(words.not_schools)

    def recognize(self, wording: Wording) -> Iterator[Entity]:
        """Find entities in reading order, none overlapping another."""
        folded = wording.folded
        own = _settle(self._seen(wording.text, folded))
        entities = [self._entity(wording.text, folded, seen) for seen in own]
        for span in self._school_names.find(wording.text):
            if not any(span.overlaps(entity.span) for entity in entities):
                entities.append(
                    Entity("ORGANIZATION", span, wording.text[span.start : span.end], _ANOTHER_SCHOOL),
                )
        yield from sorted(entities, key=lambda entity: entity.span.start)

    def _entity(self, text: str, folded: Folded, seen: _Seen) -> Entity:
        span = folded.original(seen.start, seen.end)
        label = "ORGANIZATION" if self._bodies[seen.body] is self._council else "SCHOOL"
        return Entity(label, span, text[span.start : span.end], seen.score)

    def _seen(self, text: str, folded: Folded) -> Iterator[_Seen]:
        named: set[int] = set()
        seen: _Seen | None = None
        for sighting in sorted(self._finder.find(folded.text), key=lambda s: (s.start, s.start - s.end)):
            if seen and sighting.end <= seen.end:
                continue
            if (judged := self._judge(sighting, text, folded)) is not None:
                seen = judged
                named.add(seen.body)
                yield seen
        for number, marks in enumerate(self._marks):
            for mark in marks(folded.text):
                yield _Seen(*mark, number)
        for number, hints in enumerate(self._hints):
            for mark in hints.find(folded, text, number in named):
                yield _Seen(*mark, number)

    def _judge(self, sighting: Sighting, text: str, folded: Folded) -> _Seen | None:
        """Turn a sighting into what it means, or into nothing where a trap springs."""
        name = self._names[sighting.name]
        start, end = sighting.start, sighting.end
        if _is_short_abbreviation(name.text) and not _written_so(text, folded, sighting):
            return None
        if not name.full and self._traps.spring(name.text, folded, start, end, text):
            return None
        token = token_around(folded.text, start, end)
        if token.kind != "word":
            return self._joined(name, sighting, text, folded, token)
        if sighting.spelling == "joined" and not _is_plural(folded.text, end, token):
            return self._joined(name, sighting, text, folded, token)
        extension = self._institution.match(folded.text, end) if self._bodies[name.body] is not self._council else None
        full = name.full or extension is not None
        score = _FULL_NAME if full and sighting.spelling == "plain" else _SCORES[sighting.spelling]
        return _Seen(start, extension.end() if extension else end, score, name.body)

    def _joined(self, name: _Name, sighting: Sighting, text: str, folded: Folded, token: Token) -> _Seen | None:
        """Take a name joined to other words whole, where its letters cannot be there by chance."""
        if sighting.spelling == "joined" and not _stands_out(text, folded, sighting, token):
            return None
        return _Seen(token.start, token.end, _JOINED_SCORES[token.kind], name.body)


def _names(number: int, body: Body) -> Iterator[_Name]:
    short = set(body.short)
    yield from (_Name(text, number, text not in short) for text in body.names)


def _is_short_abbreviation(name: str) -> bool:
    return name.isupper() and len(name) <= _SHORT_ABBREVIATION


def _written_so(text: str, folded: Folded, sighting: Sighting) -> bool:
    """Say whether an abbreviation stands in capitals, with nothing between them."""
    written = text[folded.origins[sighting.start] : folded.origins[sighting.end - 1] + 1]
    return written.isupper() and written.isalpha()


def _is_plural(text: str, end: int, token: Token) -> bool:
    """Say whether only an s follows the name ("Torfields" for "Torfield's")."""
    return token.end == end + 1 and text[end] == "s"


def _stands_out(text: str, folded: Folded, sighting: Sighting, token: Token) -> bool:
    """Say whether a name within a longer word stands as a part of its own, or is too long for chance."""
    start, end = sighting.start, sighting.end
    opens = start <= token.start + (token.kind in ("tag", "handle")) or _is_seam(text, folded, start)
    closes = end >= token.end or _is_seam(text, folded, end)
    if opens and closes:
        return True
    if end - start < _JOINABLE or " " in folded.text[start:end]:
        return False
    if token.kind == "domain" and end - start == _JOINABLE:
        return opens
    return opens or closes or (token.kind != "word" and end - start > _JOINABLE)


def _is_seam(text: str, folded: Folded, at: int) -> bool:
    """Say whether two words meet here: an underscore, a digit, or a capital after a small letter."""
    before, after = text[folded.origins[at - 1]], text[folded.origins[at]]
    return not (before.isalpha() and after.isalpha()) or (after.isupper() and not before.isupper())


def _settle(seen: Iterable[_Seen]) -> list[_Seen]:
    """Keep the longest of overlapping readings, the surest of equally long ones."""
    kept: list[_Seen] = []
    for one in sorted(seen, key=lambda s: (s.start, s.start - s.end, -s.score)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept
