"""Decides whether features of a picture lie as a logo's features would, and where the logo then is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasmat_check.pictures.logo_features import Features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REACH = 4.0
"""Pixels by which a feature may miss the place that the logo's position gives it."""

_CELL = 3
"""Pixels of a square of a reference, or a picture, whose features count as one point."""

_LARGEST_SIDE_RATIO = 2.2
"""Between two opposite sides of a logo, the far and the near one."""

_LEAST_ASPECT, _MOST_ASPECT = 0.4, 2.5
"""Of a logo's width to its height, in those of the reference: a sign seen from the side is narrow."""

_LEAST_SIDE = 12.0
"""Pixels of the shortest side of a logo; smaller ones have no detail left."""


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """n pairs of features that look alike, one of a logo and one of a picture.

    `logo` and `picture` (n × 2) are their places. `growth` (n) is the picture's size in the logo's as a power of two,
    `turn` (n) the degrees clockwise from the logo's direction to the picture's.
    """

    logo: "NDArray[np.float32]"
    picture: "NDArray[np.float32]"
    growth: "NDArray[np.float32]"
    turn: "NDArray[np.float32]"

    @classmethod
    def pair(
        cls, logo: Features, logo_rows: "NDArray[np.intp]", picture: Features, picture_rows: "NDArray[np.intp]"
    ) -> "Matches":
        """Pair rows of a logo's features with rows of a picture's."""
        import numpy as np

        return cls(
            logo.places[logo_rows],
            picture.places[picture_rows],
            np.log2(picture.sizes[picture_rows] / logo.sizes[logo_rows]),
            picture.turns[picture_rows] - logo.turns[logo_rows],
        )

    def __len__(self) -> int:
        return len(self.logo)

    def take(self, which: "NDArray[np.bool_]") -> "Matches":
        """Keep some of the pairs."""
        return Matches(self.logo[which], self.picture[which], self.growth[which], self.turn[which])


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """Where a logo lies: its corners (4 × 2), clockwise from its own upper left, and the points that agree on it.

    `span` is the share of the logo that the points span, 0 to 1: of its width or of its height, whichever is less.
    """

    corners: "NDArray[np.float32]"
    points: int
    span: float


def agreeing(matches: Matches, width: int, height: int) -> "NDArray[np.bool_]":
    """Mark the largest group of pairs that tell about the same middle, size and turn of a logo (Lowe 2004, 7.3).

    A pair's turn and growth, carried from its place to the middle of the logo, say where that lies. A logo in
    perspective has no one size and turn, so the bounds are wide: a quarter of its side, a factor of two, 45 degrees.
    """
    import numpy as np

    scale = 2**matches.growth
    turn = np.deg2rad(matches.turn)
    across, down = ((np.array([width, height]) / 2 - matches.logo) * scale[:, None]).T
    offsets = np.stack([across * np.cos(turn) - down * np.sin(turn), across * np.sin(turn) + down * np.cos(turn)], 1)
    middles = matches.picture + offsets
    near = np.linalg.norm(middles[:, None] - middles, axis=2) < (scale * max(width, height) / 4)[:, None]
    alike = np.abs(matches.growth[:, None] - matches.growth) < 1
    apart = np.abs(matches.turn[:, None] - matches.turn) % 360
    together: NDArray[np.bool_] = near & alike & (np.minimum(apart, 360 - apart) < 45)
    largest: NDArray[np.bool_] = together[together.sum(axis=1).argmax()]
    return largest


def locate(matches: Matches, width: int, height: int) -> "tuple[Position | None, NDArray[np.bool_]]":
    """Fit a plane in perspective through pairs (MAGSAC++, Barath et al. 2020), and mark the pairs that lie on it.

    The position is None where no flat thing, seen from its front, could lie so.
    """
    import cv2
    import numpy as np

    plane, lying = cv2.findHomography(
        matches.logo, matches.picture, cv2.USAC_MAGSAC, _REACH, maxIters=2_000, confidence=0.999
    )
    if plane is None:
        return None, np.zeros(len(matches), np.bool_)
    on_it = lying.ravel().astype(np.bool_)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = cv2.perspectiveTransform(corners[None], plane)[0].astype(np.float32)
    if not is_plausible(seen, width / height):
        return None, on_it
    points = min(_distinct(matches.logo[on_it]), _distinct(matches.picture[on_it]))
    span = float((np.ptp(matches.logo[on_it], axis=0) / (width, height)).min())
    return Position(seen, points, span), on_it


def is_plausible(corners: "NDArray[np.float32]", aspect: float) -> bool:
    """Say whether a quadrilateral can be a flat logo from its front: convex, not mirrored, not stretched."""
    import numpy as np

    sides = np.roll(corners, -1, axis=0) - corners
    following = np.roll(sides, -1, axis=0)
    if not np.isfinite(corners).all() or (sides[:, 0] * following[:, 1] <= sides[:, 1] * following[:, 0]).any():
        return False
    top, right, bottom, left = (float(length) for length in np.linalg.norm(sides, axis=1))
    if min(top, right, bottom, left) < _LEAST_SIDE:
        return False
    if max(top / bottom, bottom / top, right / left, left / right) >= _LARGEST_SIDE_RATIO:
        return False
    return _LEAST_ASPECT < (top + bottom) / (right + left) / aspect < _MOST_ASPECT


def _distinct(places: "NDArray[np.float32]") -> int:
    """Count places, those of one small square as one: SIFT finds several features at one point."""
    import numpy as np

    return len(np.unique(np.floor(places / _CELL), axis=0))
