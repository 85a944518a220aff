"""Writes a copy of a picture with some parts made unrecognizable, and with nothing hidden in the file."""

from collections.abc import Iterable
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


def written_as(suffix: str) -> str | None:
    """Name the format of copies with this suffix; None where none is written so."""
    return _WRITTEN.get(suffix.lower())


def clean(picture: Picture, boxes: Iterable[Box], written: str) -> bytes:
    """Cover parts of a picture's first still; gives it as a file of a format, upright and without hidden data."""
    from PIL import Image

    frame = picture.frames[0]
    pixels = frame.pixels.copy()
    for box in boxes:
        _cover(pixels, widened(box, frame))
    stream = BytesIO()
    options = {"quality": _QUALITY} if written != "PNG" else {}
    Image.fromarray(pixels).save(stream, written, **options)
    return stream.getvalue()


def widened(box: Box, frame: Frame) -> Box:
    """Give a box with the margin that must go with it, inside the picture."""
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
