"""Finds the parts of a picture that may hold text on a map of half its size, so that only they are searched in full."""

import numpy as np
from numpy.typing import NDArray

from tasmat_check.models import Box

_HINT = 0.05
"""Where the map of the half-size picture shows this much, there may be text: 1,415 of 1,418 lines, clean to hardly
legible, show more (benchmarks/word_scenes.py), and a textured photo shows as much in some spots only."""

_RIM = 1
"""Cells around a hint that belong to its part: the network looks at what surrounds a letter."""

_MOST = 0.7
"""Share of a picture from which on its parts are not worth taking apart."""


def parts(heat: NDArray[np.float32], cell: int) -> list[Box]:
    """Give boxes in pixels of the map that hold every hint of text; they do not overlap.

    Their sides lie on multiples of `cell` pixels, as the map's own do.
    """
    import cv2

    high, wide = heat.shape[0] // cell, heat.shape[1] // cell
    hints = heat.reshape(high, cell, wide, cell).max(axis=(1, 3)) > _HINT
    side = 2 * _RIM + 1
    near = np.asarray(cv2.dilate(hints.astype(np.uint8), np.ones((side, side), np.uint8)), np.uint8)
    boxes = _boxes(near)
    if sum(box.width * box.height for box in boxes) > _MOST * high * wide:
        boxes = [Box(0, 0, wide, high)]
    return [Box(box.left * cell, box.top * cell, box.right * cell, box.bottom * cell) for box in boxes]


def _boxes(cells: NDArray[np.uint8]) -> list[Box]:
    """Put marked cells that touch into a box, and boxes that touch into one."""
    import cv2

    while True:
        _, _, measures, _ = cv2.connectedComponentsWithStats(cells)
        boxes = [Box(left, top, left + width, top + height) for left, top, width, height, _ in measures[1:].tolist()]
        filled = np.zeros_like(cells)
        for box in boxes:
            filled[box.top : box.bottom, box.left : box.right] = 1
        if (filled == cells).all():
            return boxes
        cells = filled
