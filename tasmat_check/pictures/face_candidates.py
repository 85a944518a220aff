"""Boxes in which a detector sees a face: which show the same one, and how sure each then is."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tasmat_check.models import SURE, Box, around

VERY_SURE = 0.9
"""Score from which on a face needs no second look. It is also the right way up: turned by a quarter or a half the same
faces scored .56 to .87."""

NOT_SURE = SURE - 0.01
"""Score that a face has at most which may be something else."""

_SEEN_FROM, _SEEN_TO = 16, 300
"""Pixels of width in which a face leaves at least a hint in a copy: of 210 faces all did, of six false finds of .81 to
.88 none did in every copy; of 720 that were blurred, tilted or half covered one in twenty did not."""

_SAME_FACE = 0.3
"""Share of the area of two boxes together that lies in both, from which on they show one face."""

_SAME_PART = 0.7
"""Share of the smaller box that lies in the larger one, from which on it shows a part of the same face."""

_REACH = 2.0
"""Widths of a face that surround it on each side where it is looked at more closely."""


class Candidate(NamedTuple):
    """A box in pixels of a picture, or of a copy of it, with the score of the face in it, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float
    score: float

    @property
    def width(self) -> float:
        """Its width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in pixels."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Its area in pixels."""
        return self.width * self.height

    def shared(self, other: "Candidate") -> float:
        """Give the pixels that lie in both boxes."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)

    def matches(self, other: "Candidate") -> bool:
        """Say whether another box lies about where this one does."""
        shared = self.shared(other)
        return shared > 0 and shared >= _SAME_FACE * (self.area + other.area - shared)

    def same_face(self, other: "Candidate") -> bool:
        """Say whether another box shows this face or a part of it."""
        shared = self.shared(other)
        return self.matches(other) or (shared > 0 and shared >= _SAME_PART * min(self.area, other.area))


class Look(NamedTuple):
    """What was seen in a copy of a whole picture: boxes in pixels of the picture, of which a pixel is `scale` there."""

    scale: float
    seen: Sequence[Candidate]


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the surest of candidates that show the same face (non-maximum suppression), surest first."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda each: -each.score):
        if not any(candidate.same_face(other) for other in kept):
            kept.append(candidate)
    return kept


def confirmed(candidates: Iterable[Candidate], looks: Sequence[Look]) -> list[Candidate]:
    """Take a candidate for sure only if each copy in which a face is wide enough shows at least a hint of it.

    A face is one in every size, where scenery looks like one in some.
    """
    return [
        candidate if _is_confirmed(candidate, looks) else candidate._replace(score=NOT_SURE) for candidate in candidates
    ]


def _is_confirmed(candidate: Candidate, looks: Sequence[Look]) -> bool:
    return not SURE <= candidate.score < VERY_SURE or all(
        any(candidate.matches(other) for other in look.seen)
        for look in looks
        if _SEEN_FROM <= candidate.width * look.scale <= _SEEN_TO
    )


def surroundings(candidates: Iterable[Candidate], width: int, height: int) -> list[Box]:
    """Give what surrounds candidates in a picture of this width and height; what overlaps becomes one place.

    A candidate far beyond the edge has no place.
    """
    places: list[Box] = []
    for left, top, right, bottom, _ in candidates:
        reach = _REACH * max(right - left, bottom - top)
        place = Box(
            max(0, round(left - reach)),
            max(0, round(top - reach)),
            min(width, round(right + reach)),
            min(height, round(bottom + reach)),
        )
        if place.width <= 0 or place.height <= 0:
            continue
        while touching := [other for other in places if _overlap(place, other)]:
            places = [other for other in places if other not in touching]
            place = around([place, *touching]) or place
        places.append(place)
    return places


def _overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom
