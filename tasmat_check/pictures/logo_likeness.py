"""Compares what lies at a place of a picture with the logo that should lie there, part by part."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CELLS = 6
"""Parts across and down."""

_ALIKE = 0.7
"""Correlation from which on two parts are alike."""

_SMALLEST_SIDE, _LARGEST_SIDE = 40.0, 96.0
"""Pixels of the longer side at which both are compared: about as large as it is in the picture, within these."""

_SHIFT = 2
"""Pixels by which a part may lie beside its place: few points place a logo only roughly."""

_LEAST_SPREAD = 12
"""Grey levels by which a part of a logo must vary to be compared; less is empty ground."""


def likeness(logo: "NDArray[np.uint8]", picture: "NDArray[np.uint8]", corners: "NDArray[np.float32]") -> float:
    """Give the share, 0 to 1, of a logo's parts that look the same in the picture, both grey; a negative is the same.

    `corners` (4 × 2) are those of the logo in the picture, clockwise from its own upper left.
    """
    import cv2
    import numpy as np

    longest = float(np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1).max())
    side = min(max(longest, _SMALLEST_SIDE), _LARGEST_SIDE)
    scale = side / max(logo.shape)
    size = max(1, round(logo.shape[1] * scale)), max(1, round(logo.shape[0] * scale))
    wanted = cv2.GaussianBlur(cv2.resize(logo, size, interpolation=cv2.INTER_AREA).astype(np.float32), (0, 0), 1)
    there = cv2.GaussianBlur(_flattened(picture, corners, min(1.0, side / longest), size), (0, 0), 0.7)
    there = cv2.copyMakeBorder(there, _SHIFT, _SHIFT, _SHIFT, _SHIFT, cv2.BORDER_REPLICATE)
    alike = []
    for top, bottom in _parts(size[1]):
        for left, right in _parts(size[0]):
            part = wanted[top:bottom, left:right]
            if part.size and part.std() >= _LEAST_SPREAD:
                place = there[top : bottom + 2 * _SHIFT, left : right + 2 * _SHIFT]
                correlations = np.abs(np.nan_to_num(cv2.matchTemplate(place, part, cv2.TM_CCOEFF_NORMED)))
                # Over an even place OpenCV may give an infinite or huge correlation.
                alike.append(bool((correlations[correlations <= 1.001] >= _ALIKE).any()))
    return sum(alike) / len(alike) if alike else 0.0


def _flattened(
    picture: "NDArray[np.uint8]", corners: "NDArray[np.float32]", scale: float, size: tuple[int, int]
) -> "NDArray[np.float32]":
    """Take the quadrilateral out of the picture as an upright rectangle; shrunk first, so that no pixel is left out."""
    import cv2
    import numpy as np

    high, wide = picture.shape
    left, top = np.clip(np.floor(corners.min(axis=0)), 0, (wide - 1, high - 1)).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(axis=0)) + 1, (left + 1, top + 1), (wide, high)).astype(int)
    part = picture[top:bottom, left:right]
    small_size = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    small = cv2.resize(part, small_size, interpolation=cv2.INTER_AREA)
    own = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    seen = ((corners - np.array([left, top])) * scale).astype(np.float32)
    plane = cv2.getPerspectiveTransform(seen, own)
    return cv2.warpPerspective(small, plane, size, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)


def _parts(length: int) -> list[tuple[int, int]]:
    return [(length * number // _CELLS, length * (number + 1) // _CELLS) for number in range(_CELLS)]
