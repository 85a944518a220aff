"""Opens a picture file of any usual format as upright frames of plain pixels, or says why not."""

import io
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NoReturn

from tasmat_check.picture_formats import (
    HEAD,
    VIDEOS_NOT_CHECKED,
    looks_like_drawing,
    looks_like_video,
    picture_format,
)
from tasmat_check.pictures import Frame, Picture
from tasmat_check.pictures.hidden_data import heif
from tasmat_check.pictures.pixels import plain_pixels
from tasmat_check.pictures.quiet import quiet_libtiff, quiet_pillow
from tasmat_check.pictures.stills import TooLongError, frame_count, sampled

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MOST_PIXELS = 64 * 1024 * 1024
"""Pixels of the largest picture that is opened, over all its stills: 64 megapixels."""

LONGEST_SIDE = 32_767
"""Pixels of the longest side: OpenCV counts them in 16 bits."""

EMPTY = "the file is empty"
DAMAGED = "it is damaged, or was not saved or sent completely"
DRAWING = "an SVG drawing is not checked; export it as PNG and check that"
UNKNOWN = "it is not a picture of a kind that can be checked; save it as JPEG or PNG"
NOT_HERE = "cannot be opened on this computer; save it as JPEG or PNG"
TOO_LARGE = "it is larger than 64 megapixels; save a smaller copy and check that"
TOO_LONG = "it would take too long to open; shorten the animation, or save a copy as a plain picture"

_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""Pillow's number of the turn or mirroring that undoes each EXIF orientation."""


class PictureError(Exception):
    """A picture cannot be opened: `name` says which, `reason` why, in one line for the report's `skipped`."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class _RefusedError(Exception):
    """A picture is refused for the reason it carries."""


def open_picture(content: bytes, name: str) -> Picture:
    """Open a picture file held in memory; its format is told by its content, whatever `name` says.

    Safe to call from several threads at once. Raises PictureError for what is empty, damaged, cut short, too large, too
    long, a video, a drawing or no picture at all.
    """
    format_ = picture_format(content[:HEAD])
    try:
        if not format_:
            _refuse_other(content[:HEAD])
        quiet_pillow()
        stills = _heic_stills(content) if format_ == "HEIC" else _stills(content, format_)
        with quiet_libtiff() if format_ == "TIFF" else nullcontext():
            frames = tuple(Frame(plain_pixels(still), number) for number, still in stills)
    except _RefusedError as refusal:
        raise PictureError(name, str(refusal)) from None
    except TooLongError:
        raise PictureError(name, TOO_LONG) from None
    except ImportError as problem:
        raise PictureError(name, f"{format_} pictures {NOT_HERE}") from problem
    except Exception as problem:  # the decoders meet a damaged file with errors of nearly any kind
        raise PictureError(name, DAMAGED) from problem
    return Picture(name, format_, frames, content)


def _refuse_other(head: bytes) -> NoReturn:
    if not head:
        raise _RefusedError(EMPTY)
    if looks_like_video(head):
        raise _RefusedError(VIDEOS_NOT_CHECKED)
    raise _RefusedError(DRAWING if looks_like_drawing(head) else UNKNOWN)


def _stills(content: bytes, format_: str) -> "Iterator[tuple[int, Image]]":
    """Decode the sampled stills, each only once its declared size is known to be bearable."""
    from PIL import Image, features

    if format_ in ("WebP", "AVIF") and not features.check_module(format_.lower()):
        raise ImportError(format_)
    try:
        with Image.open(io.BytesIO(content), formats=(format_,)) as image:
            yield from _sampled_stills(image, content, format_)
    except Image.DecompressionBombError:
        raise _RefusedError(TOO_LARGE) from None


def _sampled_stills(image: "ImageFile", content: bytes, format_: str) -> "Iterator[tuple[int, Image]]":
    pixels = 0
    for number in sampled(frame_count(image, format_, content)):
        image.seek(number)
        pixels = _allowed(image.size, pixels)
        yield number, _upright(image)


def _upright(image: "Image") -> "Image":
    """Turn or mirror a picture as its EXIF says (Exif 2.32, tag 0x0112); of a TIFF Pillow has done so.

    Pillow's own way writes the EXIF anew, which many a camera's slip forbids. A broken one leaves the picture as it is.
    """
    from PIL.Image import Transpose

    image.load()
    try:
        orientation = image.getexif().get(0x0112)
        return image.transpose(Transpose(_TURNS[orientation])) if orientation in _TURNS else image
    except Exception:
        return image


def _heic_stills(content: bytes) -> "Iterator[tuple[int, Image]]":
    """Decode the main picture of a HEIC file; the decoder turns it upright, so EXIF must not turn it again."""
    import pi_heif

    # The decoder crashes the whole process where an item's content type is no text, and leaves tiles out without a word
    # when their bytes are missing: read the boxes ourselves first.
    heif.items(content)
    file: Any = pi_heif.open_heif(io.BytesIO(content))
    _allowed(file.size)
    yield 0, file.to_pillow()


def _allowed(size: tuple[int, int], others: int = 0) -> int:
    """Add a still's pixels to those of the others, or refuse it."""
    pixels = size[0] * size[1] + others
    if pixels > MOST_PIXELS or max(size) > LONGEST_SIDE:
        raise _RefusedError(TOO_LARGE)
    return pixels
