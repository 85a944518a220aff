"""Finds the points of a grey picture by which it, or a part of it, is recognised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Halves: TypeAlias = tuple[NDArray[np.float32], NDArray[np.float32]]

_STRIP = 640
"""Pixels of the longer side that are looked at together: the detector needs some 230 bytes a pixel. A picture searched
for logos is two even strips, a reference one."""

_OVERLAP = 48
"""Pixels that a strip sees of the next one: what describes a small feature lies in them."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Points of a picture that can be told apart: n points.

    `places` (n × 2) are x and y in pixels, `sizes` (n) diameters in pixels, `turns` (n) degrees clockwise.
    `descriptors` (n × 128) have length 1, so that the product of two says how alike they are. `strengths` (n) say how
    much a point stands out.
    """

    places: "NDArray[np.float32]"
    sizes: "NDArray[np.float32]"
    turns: "NDArray[np.float32]"
    descriptors: "NDArray[np.float32]"
    strengths: "NDArray[np.float32]"

    def __len__(self) -> int:
        return len(self.places)

    def take(self, which: "NDArray[np.bool_] | NDArray[np.intp]") -> "Features":
        """Keep some of the features, by mask or by number."""
        return Features(
            self.places[which], self.sizes[which], self.turns[which], self.descriptors[which], self.strengths[which]
        )

    def moved(self, scale: float = 1, by: tuple[int, int] = (0, 0)) -> "Features":
        """Give the features their places in a picture that is larger by `scale`, or of which theirs is a part."""
        import numpy as np

        places = self.places * np.float32(scale) + np.array(by, np.float32)
        return Features(places, self.sizes * np.float32(scale), self.turns, self.descriptors, self.strengths)

    def inverted(self) -> "Features":
        """Give the features of the same picture with dark and light exchanged.

        Every gradient then points the other way, and so does the turn it is described from: of a descriptor's 4 × 4
        fields of 8 directions the fields are met in reverse.
        """
        descriptors = _fields_in_reverse(self.descriptors)
        return Features(self.places, self.sizes, (self.turns + 180) % 360, descriptors, self.strengths)

    def halves(self) -> "Halves":
        """Give what of the descriptors an inverted picture shares, and what it has with the other sign (n × 64 each).

        The product of two descriptors is the sum of the products of their halves; with one of them inverted, it is
        their difference.
        """
        import numpy as np

        upper = self.descriptors[:, :64]
        lower = _fields_in_reverse(self.descriptors)[:, :64]
        scale = np.float32(0.5**0.5)
        return (upper + lower) * scale, (upper - lower) * scale


def _fields_in_reverse(descriptors: "NDArray[np.float32]") -> "NDArray[np.float32]":
    return descriptors.reshape(-1, 4, 4, 8)[:, ::-1, ::-1].reshape(-1, 128)


def describe(luminance: "NDArray[np.uint8]", most: int) -> Features:
    """Find the `most` strongest features of a grey picture, or somewhat fewer, strongest first.

    They are SIFT's (Lowe 2004), compared as RootSIFT's (Arandjelović and Zisserman 2012).
    """
    import numpy as np

    found = join(list(_strips(luminance, most)))
    return found.take(np.argsort(-found.strengths, kind="stable")[:most])


def likenesses(logo: "Halves", picture: "Halves") -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """Say how alike features of a logo (rows) and of a picture (columns) are, -1 to 1; then for the logo's negative.

    Both come from two small products instead of two large ones.
    """
    import numpy as np

    same, opposite = logo[0] @ picture[0].T, logo[1] @ picture[1].T
    alike = same + opposite
    return alike, np.subtract(same, opposite, out=same)


def join(parts: Sequence[Features]) -> Features:
    """Put features of one picture together."""
    import numpy as np

    return Features(
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.sizes for part in parts]),
        np.concatenate([part.turns for part in parts]),
        np.concatenate([part.descriptors for part in parts]),
        np.concatenate([part.strengths for part in parts]),
    )


def _strips(luminance: "NDArray[np.uint8]", most: int) -> Iterator[Features]:
    """Describe a picture strip by strip, each feature once; no strip may have more than its share of the most."""
    axis = 1 if luminance.shape[1] > luminance.shape[0] else 0
    length = luminance.shape[axis]
    for start in range(0, length, _STRIP):
        end = min(start + _STRIP, length)
        first, last = max(0, start - _OVERLAP), min(length, end + _OVERLAP)
        strip = luminance[:, first:last] if axis else luminance[first:last]
        share = ceil(most * (last - first) / length)
        found = _describe_strip(strip, share).moved(by=(first, 0) if axis else (0, first))
        at = found.places[:, 1 - axis]
        yield found.take((at >= start) & (at < end))


def _describe_strip(luminance: "NDArray[np.uint8]", most: int) -> Features:
    import cv2
    import numpy as np

    # Thresholds far below OpenCV's own (.04 and 10): thread on cloth has little contrast, and lettering is all edges.
    detector = cv2.SIFT.create(most, contrastThreshold=0.01, edgeThreshold=15)
    points, histograms = detector.detectAndCompute(luminance, None)
    if not points:
        histograms = np.zeros((0, 128), np.float32)
    return Features(
        np.array([point.pt for point in points], np.float32).reshape(-1, 2),
        np.array([point.size for point in points], np.float32),
        np.array([point.angle for point in points], np.float32),
        np.sqrt(histograms / np.maximum(histograms.sum(axis=1, keepdims=True), 1), dtype=np.float32),
        np.array([point.response for point in points], np.float32),
    )
