"""Reads the words in a picture, each character with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from tasmat_check.models import Box, around
from tasmat_check.pictures import Frame
from tasmat_check.pictures.text_detection import Quad, TextDetector, sides
from tasmat_check.pictures.text_layout import Piece, arrange
from tasmat_check.pictures.text_networks import Pixels
from tasmat_check.pictures.text_recognition import Reading, TextRecognizer

_SURE = 0.7
"""Least mean score of a line: right lines of blurred, pale e-mails score from .80 up; a fence read "AAGAAA" .61."""

_SURE_SHORT = 0.98
"""Least score of a line of one or two characters: things look like O, S or 个 at up to .97; print scores 1."""

_CLEAR, _NO_TEXT = 0.9, 0.4
"""Above the one a line needs no reading upside down; below the other it is no text: that still scores about .7."""

_MOST_PIXELS = 1_100_000
"""Pixels on which lines are looked for (0.5 s and 330 MB); they are read at the picture's own size."""

_LONGEST_SIDE = 4096
"""Pixels of the longer side of that."""

_LARGEST_ENLARGEMENT = 2.0
"""Small pictures are enlarged this much, so that letters of 8 pixels are found."""

_RIM = 48
"""Pixels kept around what is not plain."""

_MOST_LINES = 120
"""Pieces that are read, the largest first: a picture full of print must end."""

_UPRIGHT, _STANDING = 1.5, 2.5
"""Up to the one ratio of height to width a line lies, from the other it stands; between them it may be one letter."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words: its text, the place of each character in pixels of the upright frame, and a score (0 to 1)."""

    text: str = field(repr=False)
    boxes: tuple[Box, ...] = field(repr=False)
    score: float


class Transcript:
    """The lines of a picture as one text, which rules can search, with the way back to places."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self.text = "\n".join(line.text for line in self.lines)
        """The lines, joined by newlines."""
        self.boxes = tuple(_joined(self.lines))
        """The place of each character of the text; a newline is where its line's last character is."""

    def box(self, start: int, end: int) -> Box:
        """Give the box around the characters from `start` to before `end`, over as many lines as they are.

        Raises ValueError where there is no character.
        """
        box = around(self.boxes[start:end])
        if box is None:
            raise ValueError("no characters there")
        return box


class WordReader:
    """Reads printed words."""

    def __init__(self) -> None:
        """Find the networks. Raises ImportError where rapidocr, onnxruntime or OpenCV is not installed."""
        import cv2  # noqa: F401

        self._detector = TextDetector()
        self._recognizer = TextRecognizer()

    def read(self, frame: Frame) -> list[Line]:
        """Read a frame's words as lines, in reading order."""
        pixels = frame.pixels
        quads = self._find(frame)
        quads.sort(key=lambda quad: -sides(quad)[1])
        pieces = [piece for quad in quads[:_MOST_LINES] if (piece := self._recognize(pixels, quad))]
        return [_line(row, frame) for row in arrange(pieces)]

    def _find(self, frame: Frame) -> list[Quad]:
        """Find lines in the part of a picture that is not plain: much plain paper blinds the network to few words."""
        lively = frame.lively
        if lively is None:
            return []
        part = Box(
            max(0, lively.left - _RIM),
            max(0, lively.top - _RIM),
            min(frame.width, lively.right + _RIM),
            min(frame.height, lively.bottom + _RIM),
        )
        region = frame.pixels[part.top : part.bottom, part.left : part.right]
        corner = np.array((part.left, part.top), np.float32)
        return [quad + corner for quad in self._detector.detect(region, _scale(part))]

    def _recognize(self, pixels: Pixels, quad: Quad) -> Piece | None:
        best = Reading("", (), 0.0)
        turned = quad
        for turn in _turns(quad):
            candidate = np.roll(quad, turn, axis=0)
            reading = self._recognizer.recognize(pixels, candidate)
            if reading.score * len(reading.text) > best.score * len(best.text):
                best, turned = reading, candidate
            if _is_settled(reading, turn):
                break
        floor = _SURE if len(best.text) > 2 else _SURE_SHORT
        return Piece(best, turned) if best.score >= floor else None


def _joined(lines: Sequence[Line]) -> Iterator[Box]:
    for number, line in enumerate(lines):
        if number:
            yield lines[number - 1].boxes[-1]
        yield from line.boxes


def _turns(quad: Quad) -> tuple[int, ...]:
    """Say in which quarter turns a line is worth reading."""
    width, height = sides(quad)
    if height < _UPRIGHT * width:
        return (0, 2)
    if height < _STANDING * width:
        return (0, 1, 3)
    return (1, 3)


def _is_settled(reading: Reading, turn: int) -> bool:
    """Say whether another turn can tell nothing new: this is surely text, or not even text upside down."""
    if reading.score < _NO_TEXT:
        return turn == 0
    # "No" is a word upside down as well, and letters that lie on their side look like Chinese ones.
    return reading.score > _CLEAR and (len(reading.text) > 2 or (turn == 0 and reading.text.isascii()))


def _scale(part: Box) -> float:
    area, longest = part.width * part.height, max(part.width, part.height)
    return min(_LARGEST_ENLARGEMENT, sqrt(_MOST_PIXELS / area), _LONGEST_SIDE / longest)


def _line(pieces: list[Piece], frame: Frame) -> Line:
    text = ""
    boxes: list[Box] = []
    for piece in pieces:
        found = _boxes(piece, frame)
        if text:
            text += " "
            boxes.append(_between(boxes[-1], found[0]))
        text += piece.reading.text
        boxes += found
    return Line(text, tuple(boxes), min(piece.reading.score for piece in pieces))


def _boxes(piece: Piece, frame: Frame) -> list[Box]:
    left, top, right, bottom = piece.reading.ink
    edges = _edges(piece.reading.middles, left, right)
    upper_left, upper_right, lower_right, lower_left = piece.quad
    upper = upper_left + np.outer(edges, upper_right - upper_left)
    lower = lower_left + np.outer(edges, lower_right - lower_left)
    upper, lower = upper + top * (lower - upper), upper + bottom * (lower - upper)
    return [
        _box(np.concatenate([upper[number : number + 2], lower[number : number + 2]]), frame)
        for number in range(len(edges) - 1)
    ]


def _edges(middles: Sequence[float], left: float, right: float) -> NDArray[np.float64]:
    """Part a line at the middles between its characters' middles, from where its ink starts to where it ends."""
    centres = np.array(middles)
    between = (centres[1:] + centres[:-1]) / 2
    return np.concatenate([[min(left, centres[0])], between, [max(right, centres[-1])]])


def _box(corners: NDArray[np.float64], frame: Frame) -> Box:
    left, top = np.floor(corners.min(0)).astype(int)
    right, bottom = np.ceil(corners.max(0)).astype(int)
    left, top = min(max(left, 0), frame.width - 1), min(max(top, 0), frame.height - 1)
    right, bottom = max(left + 1, min(right, frame.width)), max(top + 1, min(bottom, frame.height))
    return Box(int(left), int(top), int(right), int(bottom))


def _between(first: Box, second: Box) -> Box:
    left, right = min(first.right, second.left), max(first.right, second.left)
    return Box(left, min(first.top, second.top), max(right, left + 1), max(first.bottom, second.bottom))
