"""Reads the logos that the trust wants found, and works out once what each is recognised by."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tasmat_check.models import Skipped
from tasmat_check.pack.keeping import Keep, anew
from tasmat_check.pictures import Picture
from tasmat_check.pictures.logo_features import Features, describe, join
from tasmat_check.pictures.opening import PictureError, open_picture
from tasmat_check.pictures.scaling import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_DETAIL = 100
"""Features under which a logo is told to be too plain: flat marks are seldom found (STACK.md, "Pictures")."""

_SIDES = (320, 128)
"""Pixels of a reference's longer side. What is seen of a small logo is not all seen in a large one, and the other way
round: with the small copy, 17 of 24 logos of 51 and 72 pixels were found, without it 15."""

_MOST_FEATURES = 600
"""Features kept of each copy, the strongest ones; the time of a search grows with them."""

_MARGIN = 1 / 16
_FAINT = 24
"""Grey levels by which a pixel differs from the ground to count as part of the logo."""

_FORMATS = frozenset({"PNG", "JPEG", "WebP"})
_NOT_LOGOS = frozenset({".md", ".txt", ".ini", ".db"})
"""Suffixes of what people and Windows lay beside pictures."""


class _RefusedError(Exception):
    """A file is no reference; the message follows its name in a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A logo to be found: its name, its grey levels, and its features."""

    name: str
    luminance: "NDArray[np.uint8]" = field(repr=False)
    features: Features = field(repr=False)

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.luminance.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.luminance.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class References:
    """The logos of a folder, the files that cannot be looked for, and sentences about logos seldom found."""

    logos: tuple[Reference, ...] = ()
    refused: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


def load_references(folder: Path, keep: Keep = anew) -> References:
    """Read every PNG, JPEG and WebP picture of a folder, in order of name; what else lies there is refused.

    A logo's name is its file's, without the suffix. Hidden files and text notes are passed over. A folder that cannot
    be listed is refused whole. `keep` says how to come by what the files come to, which takes long to work out. Raises
    ImportError where OpenCV or Pillow is missing.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return References(refused=(Skipped(folder.name, "this folder of logos cannot be read"),))
    logos = [path for path in paths if not path.name.startswith(".") and path.suffix.lower() not in _NOT_LOGOS]
    return keep("logos", partial(_work_out, logos), _mark(logos)) if logos else References()


def _mark(paths: Sequence[Path]) -> bytes:
    """Mark what the features of logos follow from: the files and the library."""
    import cv2

    mark = sha256(cv2.__version__.encode())
    for path in paths:
        mark.update(repr((path.name, _digest(path))).encode())
    return mark.digest()


def _digest(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").digest()
    except OSError:
        return None


def _work_out(paths: Sequence[Path]) -> References:
    """Read one file after the other, since a folder may hold more than memory does."""
    logos: list[Reference] = []
    refused: list[Skipped] = []
    notes: list[str] = []
    for path in paths:
        try:
            logo, detail = _read(path)
        except _RefusedError as refusal:
            refused.append(Skipped(f"logo {path.name}", str(refusal)))
            continue
        logos.append(logo)
        if detail < LEAST_DETAIL:
            notes.append(f"{path.name}: this logo has too little detail to be found reliably.")
    return References(tuple(logos), tuple(refused), tuple(notes))


def _read(path: Path) -> tuple[Reference, int]:
    """Read one reference, and count the features of its large copy."""
    luminance = _framed(_luminance(path))
    large, small = (scaled(luminance, side / max(luminance.shape)) for side in _SIDES)
    fine, coarse = (describe(copy, _MOST_FEATURES) for copy in (large, small))
    features = join([fine, coarse.moved(max(large.shape) / max(small.shape))])
    return Reference(path.stem, large, features), len(fine)


def _luminance(path: Path) -> "NDArray[np.uint8]":
    """Open a reference as grey levels: on white, or on black when it is drawn in white on nothing."""
    import cv2

    try:
        picture = open_picture(path.read_bytes(), path.name)
    except PictureError as error:
        drawing = path.suffix.lower() in {".svg", ".svgz"} or "SVG" in error.reason
        reason = "an SVG drawing cannot be looked for; export it as PNG, 500 pixels wide" if drawing else error.reason
        raise _RefusedError(reason) from None
    except OSError:
        raise _RefusedError("this file cannot be read") from None
    if picture.format not in _FORMATS:
        raise _RefusedError(f"a logo cannot be a {picture.format} picture; save it as PNG")
    pixels = picture.frames[0].pixels
    if int(pixels.min()) > 255 - _FAINT:
        pixels = _on_black(picture)
    if int(pixels.max()) - int(pixels.min()) <= _FAINT:
        raise _RefusedError("this picture is empty")
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)  # type: ignore[return-value]


def _on_black(picture: Picture) -> "NDArray[np.uint8]":
    import numpy as np
    from PIL import Image

    with Image.open(io.BytesIO(picture.content)) as image:
        layers = image.convert("RGBA")
    ground = Image.new("RGBA", layers.size, "black")
    ground.alpha_composite(layers)
    return np.asarray(ground.convert("RGB"))


def _framed(luminance: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """Give a logo the same narrow margin whatever margin its file has, so that its box is its own."""
    import cv2
    import numpy as np

    ground = int(luminance[0, 0])
    rows, columns = np.nonzero(np.abs(luminance.astype(np.int16) - ground) > _FAINT)
    logo = luminance[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    margin = round(max(logo.shape) * _MARGIN)
    framed = cv2.copyMakeBorder(logo, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(ground,))
    return framed.astype(np.uint8, copy=False)
