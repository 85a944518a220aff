"""Tells the plain parts of a picture, where nothing can be seen, from the lively ones."""

from typing import TYPE_CHECKING

from tasmat_check.models import Box
from tasmat_check.pictures import Frame
from tasmat_check.pictures.scaling import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FINE, _COARSE = 2_000, 320
"""Pixels of the longer side at which neighbours are compared: print shows in the one, a large blurred face in both."""

_EDGE = 12
"""Least step between grey neighbours (of 255) that is not plain: a camera's noise in a clear sky has less, once the
picture is made smaller."""

_SPECK = 16
"""Pixels of the smallest spot that is more than noise: in a noisy sky there were some of six."""

_FEW = 0.01
"""Share of all pixels up to which specks matter: a picture with more steps is full of things anyway."""


def is_plain(frame: Frame) -> bool:
    """Say whether a picture shows nothing at all: paper, a wall, a clear sky."""
    return frame.lively is None and not _steps(_shrunk(_grey(frame.pixels), _COARSE)).any()


def lively_part(pixels: "NDArray[np.uint8]") -> Box | None:
    """Find the part of a picture in which neighbouring pixels differ; None when all of it is plain."""
    import numpy as np

    height, width = pixels.shape[:2]
    steps = _steps(_grey(pixels))
    rows, columns = np.flatnonzero(steps.any(1)), np.flatnonzero(steps.any(0))
    if not rows.size:
        return None
    across, down = width / steps.shape[1], height / steps.shape[0]
    return Box(
        int(columns[0] * across),
        int(rows[0] * down),
        min(width, round((columns[-1] + 1) * across)),
        min(height, round((rows[-1] + 1) * down)),
    )


def _grey(pixels: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(_shrunk(pixels, _FINE), cv2.COLOR_RGB2GRAY), np.uint8)


def _shrunk(pixels: "NDArray[np.uint8]", side: int) -> "NDArray[np.uint8]":
    return scaled(pixels, min(1.0, side / max(pixels.shape)))


def _steps(grey: "NDArray[np.uint8]") -> "NDArray[np.bool_]":
    """Mark the pixels whose neighbours differ; where there are few, specks of noise among them are left out."""
    import cv2
    import numpy as np

    steps = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > _EDGE, np.bool_)
    if steps.mean() > _FEW:
        return steps
    _, spots, measures, _ = cv2.connectedComponentsWithStats(steps.astype(np.uint8))
    large = measures[:, cv2.CC_STAT_AREA] >= _SPECK
    return np.asarray(steps & large[spots], np.bool_)
