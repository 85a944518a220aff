"""Tells an embedded thumbnail that shows what its picture no longer shows from an honest one.

Both are compared at the thumbnail's size, on a grid of 20 cells along the longer side, in levels of 0 to 255:

- cover: how far a cell's colour is from the one expected after the brightness and contrast of the whole were matched.
  A crop or something put over a part changes it.
- detail: how much of a cell's fine detail the picture has lost. Something blurred beyond recognition keeps its colour.

Measured with thumbnails of 160 pixels. Honest ones of 22 photographs, drawings and pages (point sampled to Lanczos, of
JPEG quality 30 to 90, sharpened, of a picture saved at half the size) reach a cover of 19 and a detail of 4. Noticed in
12 of them: 72 of 72 stickers of 5 % of the width and more; 103 of 108 crops by 5 to 20 %, all but those of a page of
text; of blurred squares of 10 % 7 in 12, of 20 % all; of squares of 20 % pixelated in six 5 in 12; none smaller than
that, which have too few pixels in a thumbnail to show who it was; of 60 pictures made brighter, stronger or grey 7.
"""

import math
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tasmat_check.pictures import Frame
from tasmat_check.pictures.hidden_data.fields import Fields

if TYPE_CHECKING:
    from PIL import Image

COVER_THRESHOLD = 24.0
DETAIL_THRESHOLD = 6.0

_CELLS = 20
_MOST_PIXELS = 4_000_000
_SMALLEST_SIDE = 16
_SHAPE_TOLERANCE = 0.04
"""Thumbnails are whole pixels: 160 × 107 for 3 : 2 is 0.3 % off, and black bars cut to a pixel add 2 %."""

_BLACK = 24
_DETAIL_MARGIN = 1.5


def differing(data: bytes, picture: Frame, orientation: int, fields: Fields) -> Frame | None:
    """Give the thumbnail, upright, if it shows something else than the picture.

    `data` is a JPEG file, `orientation` the EXIF value of the picture, 1 to 8.
    """
    if (small := _decode(data, orientation, fields)) is None or min(small.size) < _SMALLEST_SIDE:
        return None
    return None if shows_the_same(picture, small) else Frame(np.asarray(small))


def shows_the_same(picture: Frame, thumbnail: "Image.Image") -> bool:
    """Say whether the thumbnail shows nothing but the picture.

    It may be turned, be framed by black bars, or be cut from the picture's middle.
    """
    from PIL import Image

    large = Image.fromarray(picture.pixels)
    large = large.reduce(max(1, max(large.size) // 640))
    for small in _turned(thumbnail):
        if _looks_alike(_middle(large, small.width / small.height), small):
            return True
        for shift in (0, 1):
            inner = _middle(small, large.width / large.height, shift)
            if _has_bars(small, inner) and _looks_alike(large, inner):
                return True
    return False


def _decode(data: bytes, orientation: int, fields: Fields) -> "Image.Image | None":
    from PIL import Image

    try:
        image = Image.open(BytesIO(data), formats=("JPEG",))
        if image.width * image.height > _MOST_PIXELS:
            raise ValueError
        small = image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        fields.note("The embedded thumbnail is damaged or too large, and was not compared with the picture.")
        return None
    turn = dict(enumerate(_turns(), 2)).get(orientation)
    return small if turn is None else small.transpose(turn)


def _turns() -> "tuple[Image.Transpose, ...]":
    """Give the turns that set a picture of EXIF orientation 2 to 8 upright, in this order."""
    from PIL.Image import Transpose

    return (
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )


def _turned(thumbnail: "Image.Image") -> "Iterator[Image.Image]":
    """Give the thumbnail in every orientation: programs turn the picture and forget to turn the thumbnail."""
    yield thumbnail
    for turn in _turns():
        yield thumbnail.transpose(turn)


def _has_bars(thumbnail: "Image.Image", inner: "Image.Image") -> bool:
    """Say whether all around the inner part is black: so cameras fill a thumbnail of 4 : 3."""
    outside = thumbnail.width * thumbnail.height - inner.width * inner.height
    if outside == 0 or min(inner.size) < _SMALLEST_SIDE:
        return False
    light = float(
        np.asarray(thumbnail.convert("L"), np.float32).sum() - np.asarray(inner.convert("L"), np.float32).sum()
    )
    return light / outside <= _BLACK


def _middle(picture: "Image.Image", shape: float, shift: int = 0) -> "Image.Image":
    """Cut a picture's middle to a shape (width by height), unless it has it.

    `shift` is 0 or 1: where an odd number of pixels is cut off, 1 cuts more at the left and the top.
    """
    own = picture.width / picture.height
    if abs(math.log(own / shape)) <= _SHAPE_TOLERANCE:
        return picture
    width = max(1, round(min(picture.width, picture.height * shape)))
    height = max(1, round(min(picture.height, picture.width / shape)))
    left, top = (picture.width - width + shift) // 2, (picture.height - height + shift) // 2
    return picture.crop((left, top, left + width, top + height))


def _looks_alike(picture: "Image.Image", thumbnail: "Image.Image") -> bool:
    from PIL.Image import Resampling

    picture = picture.resize(thumbnail.size, Resampling.BOX)
    return _cover(picture, thumbnail) <= COVER_THRESHOLD and _detail(picture, thumbnail) <= DETAIL_THRESHOLD


def _cover(picture: "Image.Image", thumbnail: "Image.Image") -> float:
    grids = [_grid(np.asarray(image, np.float32)) for image in (picture, thumbnail)]
    misses = [_misses(*(grid[..., band].ravel() for grid in grids)) for band in range(3)]
    return float(np.max(np.mean(misses, axis=0)))


def _misses(cells: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far `others` are from the straight line through most of the pairs (the four fifths that fit best)."""
    kept = np.ones(len(cells), bool)
    misses = np.abs(others - cells)
    for _ in range(4):
        slope = 1.0
        if (spread := float(cells[kept].var())) > 1:
            slope = float(np.mean((cells[kept] - cells[kept].mean()) * (others[kept] - others[kept].mean()))) / spread
        slope = slope if 0.4 < slope < 2.5 else 1.0
        misses = np.abs(others - slope * cells - np.median((others - slope * cells)[kept]))
        kept = misses <= np.quantile(misses, 0.8)
    return np.asarray(misses, np.float32)


def _detail(picture: "Image.Image", thumbnail: "Image.Image") -> float:
    ours, theirs = _fine_detail(picture), _fine_detail(thumbnail)
    clear = ours > 2
    # Point sampling and sharpening give the whole thumbnail more detail.
    sharper = float(np.clip(np.median(theirs[clear] / ours[clear]), 1, 2.5)) if clear.any() else 1.0
    return float(np.max(theirs - _DETAIL_MARGIN * sharper * ours))


def _fine_detail(image: "Image.Image") -> NDArray[np.float32]:
    """Root mean square of what lies between two blurs, of 0.7 and 2 pixels, over squares of two by two cells."""
    from PIL import ImageFilter

    grey = image.convert("L")
    fine, coarse = (np.asarray(grey.filter(ImageFilter.GaussianBlur(radius)), np.float32) for radius in (0.7, 2))
    power: NDArray[Any] = _grid(((fine - coarse) ** 2)[..., np.newaxis])[..., 0]
    if min(power.shape) > 1:
        power = (power[:-1, :-1] + power[1:, :-1] + power[:-1, 1:] + power[1:, 1:]) / 4
    return np.asarray(np.sqrt(power), np.float32)


def _grid(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of each cell: cells down × cells across × bands."""
    height, width, bands = pixels.shape
    side = max(width, height) / _CELLS
    rows, columns = (_edges(size, max(1, round(size / side))) for size in (height, width))
    sums = np.add.reduceat(np.add.reduceat(pixels, rows, axis=0), columns, axis=1)
    sizes = np.outer(np.diff(rows, append=height), np.diff(columns, append=width))
    return np.asarray(sums / sizes[..., np.newaxis], np.float32).reshape(len(rows), len(columns), bands)


def _edges(size: int, cells: int) -> NDArray[np.int64]:
    return np.arange(cells) * size // cells
