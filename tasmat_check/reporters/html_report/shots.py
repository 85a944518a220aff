"""Small copies of the pictures in which something was found, with what was found marked and numbered."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasmat_check import files
from tasmat_check.models import Box, Level, Report, Seen
from tasmat_check.reporters.picture_table import Row, row, things_found

MOST_COPIED = 48_000_000
"""Bytes of all copies in one page: some 1,000 pictures. A browser opens more only with trouble."""

_LARGEST_FILE = 64_000_000

_FULL = "It is not shown here, to keep this page small enough to open. Check this post by itself to see it."
_GONE = "It is not shown here, because the file cannot be opened any more: {}."
_CHANGED = "It is not shown here, because the file has changed since it was checked."
_NO_FACES = "It is not shown here, because faces in it could not be looked for and covered."


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing found in a picture: its number there, what the table tells of it, and its box in the picture."""

    number: int
    level: Level
    row: Row
    box: Box | None


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture with findings; `source` is its small copy as a data address, or empty, and `instead` says why.

    The size is that of the picture, which boxes count in; `shown_width` is the copy's. All in pixels.
    """

    name: str
    things: tuple[Thing, ...]
    width: int = 0
    height: int = 0
    shown_width: int = 0
    source: str = field(default="", repr=False)
    instead: str = ""

    @property
    def unit(self) -> float:
        """Pixels of the picture to one of the copy, so that numbers look alike on every picture."""
        return self.width / self.shown_width if self.shown_width else 1.0


class Shots:
    """Makes the copies for one page, as long as there is room for them."""

    def __init__(self) -> None:
        self._room = MOST_COPIED

    def of(self, report: Report, *, mask: bool) -> Iterator[Shot]:
        """Give the pictures of a report in which something was found; with `mask` none is opened."""
        for seen in report.draft.seen:
            things = tuple(_things(report, seen))
            if things and mask:
                yield Shot(seen.image, things)
            elif things:
                yield self._shot(seen, things)

    def _shot(self, seen: Seen, things: tuple[Thing, ...]) -> Shot:
        if self._room <= 0:
            return Shot(seen.image, things, instead=_FULL)
        from tasmat_check.pictures.drawing import small_copy
        from tasmat_check.pictures.opening import PictureError, open_picture

        try:
            picture = open_picture(files.load(seen.image, _LARGEST_FILE), seen.image)
        except (files.UnreadableError, PictureError) as problem:
            return Shot(seen.image, things, instead=_GONE.format(problem.reason))
        frame = picture.frames[0]
        if (frame.width, frame.height) != (seen.width, seen.height):
            return Shot(seen.image, things, instead=_CHANGED)
        try:
            copy = small_copy(picture, _faces(seen))
        except Exception:  # a library that is missing, or fails at one picture, must not cost the whole page
            return Shot(seen.image, things, instead=_NO_FACES)
        self._room -= len(copy.content)
        source = "data:image/jpeg;base64," + b64encode(copy.content).decode()
        return Shot(seen.image, things, frame.width, frame.height, copy.width, source)


def _faces(seen: Seen) -> list[Box] | None:
    """Give every face that was seen, however unsure; None where nobody looked."""
    if not seen.faces_sought:
        return None
    return [sighting.box for sighting in seen.sightings if sighting.label == "FACE" and sighting.box is not None]


def _things(report: Report, seen: Seen) -> Iterator[Thing]:
    for number, found in enumerate(things_found(report, seen.image), 1):
        level = max(finding.level for finding in found)
        yield Thing(number, level, row(found, seen), found[0].location.box)
