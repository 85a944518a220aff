"""Recognizes lines of text with a PP-OCRv6 network.

What comes after the network follows rapidocr 3.10's `CTCLabelDecode`.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasmat_check.pictures.loading import loaded_once
from tasmat_check.pictures.scaling import scaled
from tasmat_check.pictures.text_detection import Quad, sides
from tasmat_check.pictures.text_networks import Network, Pixels

_WEIGHTS = "PP-OCRv6_rec_small.onnx"

_HEIGHT = 48
"""Pixels that the recognizer takes a line to be high."""

_NARROWEST, _WIDEST = 48, 3200
"""Pixels across that the recognizer is given; a longer line is squeezed."""

_SPACE = 0.1
"""Chance of a space between two characters above which there is one, though a blank is likelier.

Of 45 spaces 0.1 em wide it brings back 8 of the 31 that the likeliest characters lose, of those 0.14 em wide all 5, and
adds none between spaced letters; 0.05 adds some. What is lost nevertheless, recognizers/spacing.py makes good.
"""


class Reading(NamedTuple):
    """One recognized line: its text, where each character's middle lies (0 to 1 along the line) and a mean score.

    `ink` says where between its corners the line has ink: left, top, right, bottom, each from 0 to 1.
    """

    text: str
    middles: tuple[float, ...]
    score: float
    ink: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


class TextRecognizer:
    """Reads one line of text at a time: lines padded to one width, as rapidocr does, lose many of their spaces."""

    def __init__(self) -> None:
        """Find the network. Raises ImportError where it is not installed."""
        self._network = Network(_WEIGHTS)

    def recognize(self, pixels: Pixels, quad: Quad) -> Reading:
        """Read the line between four corners; `quad` may be rolled to have it read turned."""
        strip = _strip(pixels, quad)
        return self._decode(self._network.run(strip))._replace(ink=_ink(strip))

    @loaded_once
    def _characters(self) -> list[str]:
        return ["", *self._network.facts["character"].splitlines(), " "]

    def _decode(self, chances: NDArray[np.float32]) -> Reading:
        """Take the likeliest character of each column, drop repetitions and blanks, put back likely spaces."""
        best = chances.argmax(1)
        fresh = np.flatnonzero((best != 0) & np.r_[True, best[1:] != best[:-1]])
        space = len(self._characters) - 1
        found: list[tuple[str, float]] = []
        before = 0
        scores = []
        for column in fresh:
            gap = chances[before:column, space]
            if best[column] != space and found and found[-1][0] != " " and gap.size and gap.max() > _SPACE:
                found.append((" ", before + float(gap.argmax())))
            found.append((self._characters[best[column]], float(column)))
            scores.append(float(chances[column, best[column]]))
            before = int(column) + 1
        return _reading(found, len(best), scores)


def _reading(found: list[tuple[str, float]], columns: int, scores: list[float]) -> Reading:
    while found and found[0][0].isspace():
        del found[0]
    while found and found[-1][0].isspace():
        del found[-1]
    if not found:
        return Reading("", (), 0.0)
    # A few entries of the character list are not one code point, but each character needs one place.
    text = "".join(character[0] if character else "\ufffd" for character, _ in found)
    middles = tuple((column + 0.5) / columns for _, column in found)
    return Reading(text, middles, float(np.mean(scores)))


def _strip(pixels: Pixels, quad: Quad) -> Pixels:
    """Cut a line out of a picture, straight and as high as the recognizer takes it."""
    import cv2

    length, height = sides(quad)
    across = min(_WIDEST, max(_NARROWEST, round(length * _HEIGHT / max(height, 1))))
    left, top = np.clip(np.floor(quad.min(0)), 0, None).astype(int)
    right, bottom = np.ceil(quad.max(0)).astype(int) + 1
    region: NDArray[Any] = pixels[top:bottom, left:right]
    corners = quad - np.array((left, top), np.float32)
    shrink = min(1.0, _HEIGHT / height)
    if shrink < 1:  # averaged first: a warp to a smaller size would skip pixels
        region = scaled(region, shrink)
        corners *= shrink
    frame = np.array([(0, 0), (across, 0), (across, _HEIGHT), (0, _HEIGHT)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), frame)
    size = (across, _HEIGHT)
    strip = cv2.warpPerspective(region, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.uint8)


def _ink(strip: Pixels) -> tuple[float, float, float, float]:
    """Find where in a strip pixels differ from its rim; left, top, right and bottom as shares."""
    import cv2

    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY).astype(np.int16)
    rim = np.median(np.r_[grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    contrast = np.abs(grey - rim).clip(0, 255).astype(np.uint8)
    _, mask = cv2.threshold(contrast, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    height, width = mask.shape
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size or rows[-1] - rows[0] < height // 3:
        return (0.0, 0.0, 1.0, 1.0)
    return (
        float(columns[0] / width),
        float(rows[0] / height),
        float((columns[-1] + 1) / width),
        float((rows[-1] + 1) / height),
    )
