"""Reads printed words a second time with other spaces: networks that read pictures lose some and add others.

"Call01632960417now" and "LewesBN71UE" are parted, "office@ example.org" is joined, and a name that is broken over two
lines of a badge becomes one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tasmat_check.folding import Folded
from tasmat_check.models import Entity, Span

_SEAM = re.compile(
    r"(?P<part>(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_]{2})(?=\d{5})|(?<=\d{5})(?=[^\W\d_]{2}))"  # StarOf, Call01632960417now
    r"|(?P<at>(?<=\w)[ \t]*@[ \t]*(?=\w))"
    r"|(?P<dot>(?<=\w)(?:[ \t]\.|\.[ \t])(?=(?:org|com?|uk|gov|sch|net|ac)\b))"
    r"|(?P<line>\n)"
)
_NAMED = frozenset({"SCHOOL", "ORGANIZATION"})
_IN_PLACE_OF = {"part": " ", "at": "@", "dot": ".", "line": " "}


def respaced(text: str) -> Folded:
    """Part what grew together and join what fell apart, keeping for every character where it came from."""
    characters: list[str] = []
    origins: list[int] = []
    start = 0
    for seam in _SEAM.finditer(text):
        characters.extend(text[start : seam.start()])
        origins.extend(range(start, seam.start()))
        characters.append(_IN_PLACE_OF[seam.lastgroup or ""])
        origins.append(seam.start())
        start = seam.end()
    characters.extend(text[start:])
    origins.extend(range(start, len(text) + 1))
    return Folded("".join(characters), origins)


def completed(known: Sequence[Entity], again: Iterable[Entity], text: str, reading: Folded) -> Iterator[Entity]:
    """Add to the entities of a text those that only its respaced reading shows, with their places in the text.

    A listed person's whole name takes the place of its parts. Across a line's end only such names and those of schools
    and councils are trusted: lines of a board say nothing of each other.
    """
    brought = [_moved(entity, text, reading) for entity in again]
    added = [entity for entity in brought if "\n" not in entity.text or entity.person or entity.label in _NAMED]
    whole = [entity.span for entity in added if entity.person]
    yield from added
    for entity in known:
        if entity.label != "PERSON" or not any(_holds(span, entity.span) for span in whole):
            yield entity


def _moved(entity: Entity, text: str, reading: Folded) -> Entity:
    span = reading.original(entity.span.start, entity.span.end)
    return replace(entity, span=span, text=text[span.start : span.end])


def _holds(outer: Span, inner: Span) -> bool:
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end
