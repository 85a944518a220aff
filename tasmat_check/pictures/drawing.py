"""Makes the small copy of a picture that a report shows: faces unrecognizable, nothing hidden in the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from math import ceil, floor
from typing import TYPE_CHECKING

from tasmat_check.models import Box
from tasmat_check.pictures import Frame, Picture
from tasmat_check.pictures.cleaning import widened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tasmat_check.pictures.faces import FaceFinder

LONGEST_SIDE = 640
"""Pixels of a copy's longer side, at most."""

_QUALITY = 80
_BLOCKS = 6
"""Blocks across the longer side of a pixelated face."""

_SHADES = (0, 22, -14, 9, -24, 16, -5)
"""How much lighter or darker each block is than the face's mean colour, over and over."""


@dataclass(frozen=True, slots=True)
class SmallCopy:
    """A JPEG file, and its size in pixels."""

    content: bytes = field(repr=False)
    width: int
    height: int


def small_copy(picture: Picture, faces: Iterable[Box] | None) -> SmallCopy:
    """Copy a picture's first still, never enlarged, with the faces pixelated.

    `faces` are boxes in pixels of the picture; None says that nobody has looked for faces, so they are looked for here.
    Raises ImportError where they cannot be.
    """
    import numpy as np
    from PIL import Image

    frame = picture.frames[0]
    boxes = _faces(frame) if faces is None else list(faces)
    scale = min(1.0, LONGEST_SIDE / max(frame.width, frame.height))
    size = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    pixels = np.array(Image.fromarray(frame.pixels).resize(size, Image.Resampling.LANCZOS))
    small = Frame(pixels)
    for box in boxes:
        _pixelate(pixels, widened(_scaled(box, scale), small))
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return SmallCopy(stream.getvalue(), *size)


def _faces(frame: Frame) -> list[Box]:
    return [face.box for face in _face_finder().find(frame) if face.box is not None]


@cache
def _face_finder() -> "FaceFinder":
    from tasmat_check.pictures.faces import FaceFinder

    return FaceFinder()


def _scaled(box: Box, scale: float) -> Box:
    return Box(floor(box.left * scale), floor(box.top * scale), ceil(box.right * scale), ceil(box.bottom * scale))


def _pixelate(pixels: "NDArray[np.uint8]", box: Box) -> None:
    """Lay blocks over a part whose shades follow a fixed pattern: they look pixelated, but hold only its mean colour.

    True blocks, each with the mean of what it hides, can be told apart by a program that knows whose face it might be.
    """
    import numpy as np

    part = pixels[box.top : box.bottom, box.left : box.right]
    if not part.size:
        return
    side = max(2, ceil(max(part.shape[:2]) / _BLOCKS))
    down, across = np.indices(part.shape[:2]) // side
    shades = np.array(_SHADES)[(3 * down + 5 * across + down * across) % len(_SHADES)]
    mean = part.reshape(-1, 3).mean(axis=0)
    part[:] = np.clip(mean + shades[:, :, np.newaxis], 0, 255).astype(np.uint8)
