"""Writes a copy of a picture with some parts made unrecognizable, and with nothing hidden in the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from tasmat_check.models import Box
from tasmat_check.pictures import Frame, Picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARGIN = 0.2
"""How much of a box's size is covered around it on each side: hair and ears tell who it is, too."""

_QUALITY = 92
_WRITTEN = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A cleaned copy as the bytes of a file, and how many parts of it are covered."""

    content: bytes
    covered: int


def written_as(suffix: str) -> str | None:
    """Name the format of copies with this suffix; None where none is written so."""
    return _WRITTEN.get(suffix.lower())


def clean(picture: Picture, boxes: Iterable[Box], written: str) -> Copy:
    """Cover parts of a picture's first still, and write it afresh in a format, upright and without hidden data."""
    from PIL import Image

    frame = picture.frames[0]
    pixels = frame.pixels.copy()
    covered = 0
    for box in boxes:
        _cover(pixels, _widened(box, frame))
        covered += 1
    stream = BytesIO()
    options = {"quality": _QUALITY} if written != "PNG" else {}
    Image.fromarray(pixels).save(stream, written, **options)
    return Copy(stream.getvalue(), covered)


def _widened(box: Box, frame: Frame) -> Box:
    across, down = round(box.width * _MARGIN) + 1, round(box.height * _MARGIN) + 1
    return Box(
        max(0, box.left - across),
        max(0, box.top - down),
        min(frame.width, box.right + across),
        min(frame.height, box.bottom + down),
    )


def _cover(pixels: "NDArray[np.uint8]", box: Box) -> None:
    """Fill a part with its mean colour: blocks or a blur can be guessed back into letters, a flat colour cannot."""
    part = pixels[box.top : box.bottom, box.left : box.right]
    part[:] = part.reshape(-1, 3).mean(axis=0)
