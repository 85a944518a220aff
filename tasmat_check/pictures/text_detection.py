"""Finds lines of text with a PP-OCRv6 network.

What comes after the network follows rapidocr 3.10's `DBPostProcess` (Liao and others, "Real-time Scene Text Detection
with Differentiable Binarization", 2020).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasmat_check.models import Box
from tasmat_check.pictures.scaling import resized, scaled
from tasmat_check.pictures.text_networks import Network, Pixels
from tasmat_check.pictures.text_parts import parts

Quad = NDArray[np.float32]
"""Four corners (x, y) of a line of text: upper left, upper right, lower right, lower left, as the text is read."""

_WEIGHTS = "PP-OCRv6_det_small.onnx"

_INK = 0.3
"""Where the detector's map says text. This and the next two are rapidocr's own settings."""

_LINE = 0.5
"""Mean of the map over a line, at least."""

_GROWTH = 1.6
"""The map shows lines without their rim; each side grows by area x this / circumference."""

_SHORTEST_SIDE = 3
"""Lines flatter than this on the map, in pixels, are dirt."""

_STRIDE = 32
"""The detector takes sides that are multiples of this."""

_LEAST_PARTED = 300_000
"""Pixels from which on a picture is first looked at in half its size: a smaller one is searched at once."""


class TextDetector:
    """Finds lines of text."""

    def __init__(self) -> None:
        """Find the network. Raises ImportError where it is not installed."""
        self._network = Network(_WEIGHTS)

    def detect(self, pixels: Pixels, scale: float) -> list[Quad]:
        """Find lines in a picture seen at `scale`; the corners are in pixels of the picture itself."""
        seen = scaled(pixels, scale)
        back = np.array((pixels.shape[1] / seen.shape[1], pixels.shape[0] / seen.shape[0]), np.float32)
        if seen.shape[0] * seen.shape[1] < _LEAST_PARTED:
            seen = _padded(seen, _STRIDE)
            places = [Box(0, 0, seen.shape[1], seen.shape[0])]
        else:
            seen = _padded(seen, 2 * _STRIDE)
            places = self._places(seen)
        return [quad * back for place in places for quad in self._lines(seen, place)]

    def _places(self, seen: Pixels) -> list[Box]:
        """Say where in a picture there may be text, from what the network sees in half its size."""
        heat = self._network.run(resized(seen, seen.shape[1] // 2, seen.shape[0] // 2))[0]
        return [Box(part.left * 2, part.top * 2, part.right * 2, part.bottom * 2) for part in parts(heat, _STRIDE // 2)]

    def _lines(self, seen: Pixels, part: Box) -> Iterator[Quad]:
        """Find the lines in a part of a picture whose sides the network takes."""
        import cv2

        heat = self._network.run(seen[part.top : part.bottom, part.left : part.right])[0]
        mask = cv2.dilate((heat > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            quad = _quad(heat, contour)
            if quad is not None:
                yield quad + np.array((part.left, part.top), np.float32)


def _padded(pixels: Pixels, stride: int) -> Pixels:
    """Lengthen both sides to multiples of the stride; what is stretched instead is read less well."""
    import cv2

    below, beside = (-side % stride for side in pixels.shape[:2])
    return np.asarray(cv2.copyMakeBorder(pixels, 0, below, 0, beside, cv2.BORDER_REPLICATE), np.uint8)


def _quad(heat: NDArray[np.float32], contour: Any) -> Quad | None:
    """Turn a spot of the map into the corners of a line, or None for dirt."""
    import cv2

    centre, (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < _SHORTEST_SIDE or _mean(heat, cv2.boxPoints((centre, (width, height), angle))) < _LINE:
        return None
    rim = width * height * _GROWTH / (width + height)
    return _in_order(cv2.boxPoints((centre, (width + rim, height + rim), angle)))


def _mean(heat: NDArray[np.float32], corners: NDArray[Any]) -> float:
    import cv2

    height, width = heat.shape
    left, top = np.clip(np.floor(corners.min(0)), 0, (width - 1, height - 1)).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(0)), 0, (width - 1, height - 1)).astype(int)
    mask = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(heat[top : bottom + 1, left : right + 1], mask)[0])


def _in_order(corners: NDArray[Any]) -> Quad:
    """Put corners in the order of a Quad, as if the text stood nearest to upright."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    upper_left, lower_left = by_x[:2][np.argsort(by_x[:2, 1])]
    upper_right, lower_right = by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array([upper_left, upper_right, lower_right, lower_left], np.float32)


def sides(quad: Quad) -> tuple[float, float]:
    """Measure a line: its length and its height in pixels."""
    length = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    height = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    return float(length), float(height)
