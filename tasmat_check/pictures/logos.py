"""Finds the trust's own logos in a picture: large or small, turned, in perspective, in one colour, half covered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from tasmat_check.models import SURE, Box
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.logo_features import Features, describe, likenesses
from tasmat_check.pictures.logo_geometry import Matches, Position, agreeing, locate
from tasmat_check.pictures.logo_likeness import likeness
from tasmat_check.pictures.logo_references import Reference, References, load_references
from tasmat_check.pictures.scaling import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["POSSIBLE", "LogoFinder", "References", "load_references"]

POSSIBLE = 0.6
"""Perhaps a logo: five points agree. Fewer are chance."""

_SIDE = 1_280
"""Pixels of the longer side at which a picture is searched. Of 27 logos 4 % as wide as the picture 12 are found so, 6
at 1,080 pixels, and of those 7 % wide and more all but one either way; at 1,600 a search costs twice as much."""

_MOST_FEATURES = 6_000
"""Features kept of a picture: of 405 pasted logos 8,000 find as many (358), 5,000 two and 4,000 five fewer
(benchmarks/logos.py)."""

_LARGEST_ENLARGEMENT = 2.0
_LEAST_POINTS = 5
_SURE_POINTS = 7
_MANY_POINTS = 20
_LEAST_LIKENESS = 0.41
"""Share of a logo's parts that must look like the reference where few points agree: of 82 such logos one had .39 and
the others .45 and more, of 57 places on pasted logos of another name the likest .38 (benchmarks/logos.py)."""

_LEAST_LIKENESS_OF_MANY = 0.2
"""The same where many points agree, as they may on a half covered logo: the least like of 144 had .26."""

_LEAST_SPAN = 0.22
"""Share of a logo's width and of its height that the points span, at least: those of 193 pasted logos did. One line of
its lettering is in any text of that typeface: of 100 texts 37 were taken for a logo, 34 of them by less."""

_RATIO = 0.85
"""Most that the distance to the likest feature may be of that to the next (Lowe 2004, 7.1, takes 0.8)."""

_MOST_COPIES = 4
"""Copies of a logo, alike to the pixel, that do not hide each other from the test of the ratio."""

_MOST_PAIRS = 800
"""Pairs that are compared with each other, the clearest first: a photograph gives some hundred."""

_MOST_FINDS = 8
"""Places of one logo that are told in one picture."""

_MOST_ATTEMPTS = 4
"""Groups of agreeing features that are looked at before a logo is given up."""

_SAME_PLACE = 0.5
"""Share of the smaller box that lies in the larger one, from which on they show one mark."""


@dataclass(frozen=True, slots=True, eq=False)
class _Find:
    name: str
    position: Position
    box: Box


class LogoFinder:
    """Looks for the logos of the references; what they are recognised by has been worked out at their loading.

    The negative of a logo finds it stitched or printed light on dark.
    """

    def __init__(self, references: References) -> None:
        """Take the references. Raises ImportError where OpenCV is missing."""
        import cv2  # noqa: F401

        self._logos = [(logo, logo.features.inverted(), logo.features.halves()) for logo in references.logos]

    def find(self, frame: Frame) -> list[Sighting]:
        """Return each logo once for each place it is at, surest first: label LOGO and the reference's name as its text.

        The box lies inside the picture. The score is SURE or more where the logo is found, POSSIBLE or more where it
        may be. Of references that show the same mark, the one that fits best is told.
        """
        if not self._logos:
            return []
        luminance, scale = _scaled(frame)
        features = describe(luminance, _MOST_FEATURES)
        if len(features) <= _MOST_COPIES:
            return []
        halves = features.halves()
        finds = [
            _Find(logo.name, position, _box(position, scale, frame))
            for logo, negative, logo_halves in self._logos
            for printed, alike in zip((logo.features, negative), likenesses(logo_halves, halves), strict=True)
            for position in _Search(logo, printed, luminance, features, alike).positions()
        ]
        return [Sighting("LOGO", find.box, _score(find.position.points), find.name) for find in _settled(finds)]


class _Search:
    """The search for one logo, as it is or as a negative, among the features of a picture."""

    def __init__(
        self,
        logo: Reference,
        printed: Features,
        luminance: "NDArray[np.uint8]",
        picture: Features,
        alike: "NDArray[np.float32]",
    ) -> None:
        self._logo = logo
        self._luminance = luminance
        self._printed = printed
        self._picture = picture
        # Written to: -1 takes a column out.
        self._likeness = alike

    def positions(self) -> Iterator[Position]:
        """Find the logo, take out the features that lie in it, and search again."""
        for _ in range(_MOST_FINDS):
            position = self._next()
            if position is None:
                return
            yield position
            self._likeness[:, _inside(self._picture.places, position)] = -1

    def _next(self) -> Position | None:
        columns, distances = self._likest(_MOST_COPIES + 1)
        # Copies of a logo hide each other from the strict test; the laxer one must then show the more.
        return self._best(columns, distances, 1) or self._best(columns, distances, _MOST_COPIES)

    def _likest(self, count: int) -> "tuple[NDArray[np.intp], NDArray[np.float32]]":
        """Give the features of the picture likest to each of the logo, and their distances, likest first."""
        import numpy as np

        rows = np.arange(len(self._likeness))
        columns = np.empty((len(rows), count), np.intp)
        likeness = np.empty((len(rows), count), np.float32)
        for rank in range(count):
            columns[:, rank] = self._likeness.argmax(axis=1)
            likeness[:, rank] = self._likeness[rows, columns[:, rank]]
            self._likeness[rows, columns[:, rank]] = -1
        # Backwards: where nothing is left, a column that was taken first is taken again.
        for rank in reversed(range(count)):
            self._likeness[rows, columns[:, rank]] = likeness[:, rank]
        return columns, np.sqrt(np.maximum(2 - 2 * likeness, 0))

    def _matches(self, columns: "NDArray[np.intp]", distances: "NDArray[np.float32]", copies: int) -> Matches:
        """Pair each feature of the logo with the `copies` likest ones, as far as the next is clearly less like."""
        import numpy as np

        ratios = distances[:, :copies] / np.maximum(distances[:, copies, None], 1e-6)
        rows, ranks = np.nonzero(ratios < _RATIO)
        best = np.argsort(ratios[rows, ranks], kind="stable")[:_MOST_PAIRS]
        rows, ranks = rows[best], ranks[best]
        return Matches.pair(self._printed, rows, self._picture, columns[rows, ranks])

    def _best(self, columns: "NDArray[np.intp]", distances: "NDArray[np.float32]", copies: int) -> Position | None:
        """Look at the largest groups of agreeing pairs until one is a logo."""
        matches = self._matches(columns, distances, copies)
        for _ in range(_MOST_ATTEMPTS):
            if len(matches) < _LEAST_POINTS:
                return None
            group = agreeing(matches, self._logo.width, self._logo.height)
            if group.sum() < _LEAST_POINTS:
                return None
            position, lying = locate(matches.take(group), self._logo.width, self._logo.height)
            if position is not None and self._is_logo(position, copies):
                return position
            group[group] = lying if lying.any() else True
            matches = matches.take(~group)
        return None

    def _is_logo(self, position: Position, copies: int) -> bool:
        """Say whether enough points agree, over more of the logo than a line of it, and what is there looks like it.

        The lax test lets through so many pairs that twenty may agree by chance.
        """
        if position.points < (_LEAST_POINTS if copies == 1 else _SURE_POINTS) or position.span < _LEAST_SPAN:
            return False
        many = copies == 1 and position.points >= _MANY_POINTS
        least = _LEAST_LIKENESS_OF_MANY if many else _LEAST_LIKENESS
        return likeness(self._logo.luminance, self._luminance, position.corners) >= least


def _scaled(frame: Frame) -> "tuple[NDArray[np.uint8], float]":
    """Give the picture in grey at the size that is searched, and its scale."""
    import cv2
    import numpy as np

    scale = min(_SIDE / max(frame.width, frame.height), _LARGEST_ENLARGEMENT)
    return scaled(np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_RGB2GRAY), np.uint8), scale), scale


def _inside(places: "NDArray[np.float32]", position: Position) -> "NDArray[np.bool_]":
    """Mark the places in a convex quadrilateral whose corners go clockwise."""
    import numpy as np

    inside = np.ones(len(places), np.bool_)
    for corner, following in zip(position.corners, np.roll(position.corners, -1, axis=0), strict=True):
        side, way = following - corner, places - corner
        inside &= side[0] * way[:, 1] >= side[1] * way[:, 0]
    return inside


def _box(position: Position, scale: float, frame: Frame) -> Box:
    """Give the upright box round a logo, in pixels of the whole picture."""
    left, top = (floor(value / scale) for value in position.corners.min(axis=0))
    right, bottom = (ceil(value / scale) for value in position.corners.max(axis=0))
    return Box(max(0, left), max(0, top), min(frame.width, right), min(frame.height, bottom))


def _settled(finds: Iterable[_Find]) -> list[_Find]:
    """Keep the find with the most points of those that lie at one place."""
    kept: list[_Find] = []
    for find in sorted(finds, key=lambda find: (-find.position.points, find.name)):
        if not any(_same_place(find.box, other.box) for other in kept):
            kept.append(find)
    return kept


def _same_place(one: Box, other: Box) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return width > 0 and height > 0 and width * height >= _SAME_PLACE * smaller


def _score(points: int) -> float:
    """Score 5 points .6, 6 points .7, 7 points .8, and more by a hundredth each up to .99."""
    if points < _SURE_POINTS:
        return POSSIBLE + (points - _LEAST_POINTS) * (SURE - POSSIBLE) / (_SURE_POINTS - _LEAST_POINTS)
    return min(SURE + (points - _SURE_POINTS) / 100, 0.99)
