"""Puts pieces of text found in a picture together to lines, and the lines into the order in which they are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

import numpy as np
from numpy.typing import NDArray

from tasmat_check.pictures.text_detection import Quad, sides
from tasmat_check.pictures.text_recognition import Reading

_JOINING_GAP = 1.0
"""Pieces of a row this many heights apart, at most, are one line: wider than a space, narrower than a table's gap."""

_ALIKE = 0.6
"""Least ratio of heights within a line; a heading beside small print stays a line of its own."""

_SAME_DIRECTION = 0.97
"""Least cosine between the directions of two pieces of a line (14 degrees)."""

_PROSE_LINES, _PROSE_LENGTH, _PROSE_FULL = 3, 5.0, 0.6
"""A column of prose has this many lines, typically this many heights long, this share of them nearly full."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A recognized piece of a line, and the corners it was read between."""

    reading: Reading = field(repr=False)
    quad: Quad = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Row:
    """Pieces of one line, left to right, with their extent once the picture's text is level."""

    pieces: tuple[Piece, ...]
    left: float
    top: float
    right: float
    bottom: float
    height: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def arrange(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Give the lines in reading order, each as its pieces from left to right.

    Columns of prose are read one after the other; cells of a table row by row, each a line of its own.
    """
    if not pieces:
        return []
    level = _levelling(pieces)
    corners = [piece.quad @ level for piece in pieces]
    rows = [_row([pieces[number] for number in group], level) for group in _groups(corners)]
    return [list(row.pieces) for row in _in_order(rows)]


def _levelling(pieces: Sequence[Piece]) -> NDArray[np.float64]:
    """Make the rotation (applied from the right) that brings most of the text level."""
    across, down = (float(sum(piece.quad[1, axis] - piece.quad[0, axis] for piece in pieces)) for axis in (0, 1))
    length = hypot(across, down)
    cosine, sine = (across / length, down / length) if length > 1 else (1.0, 0.0)
    return np.array([(cosine, -sine), (sine, cosine)])


def _groups(corners: Sequence[NDArray[np.float64]]) -> list[list[int]]:
    """Chain pieces that follow one another on one row; gives their numbers."""
    order = sorted(range(len(corners)), key=lambda number: float(corners[number][:, 0].min()))
    groups: list[list[int]] = []
    for number in order:
        fitting = [group for group in groups if _follows(corners[group[-1]], corners[number])]
        if fitting:
            min(fitting, key=lambda group: abs(_gap(corners[group[-1]], corners[number]))).append(number)
        else:
            groups.append([number])
    return groups


def _gap(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    return float(np.mean(second[[0, 3], 0]) - np.mean(first[[1, 2], 0]))


def _follows(first: NDArray[np.float64], second: NDArray[np.float64]) -> bool:
    """Say whether the second piece goes on where the first ends."""
    one, two = sides(first.astype(np.float32)), sides(second.astype(np.float32))
    smaller, larger = sorted((one[1], two[1]))
    if smaller < _ALIKE * larger:
        return False
    directions = (first[1] - first[0]) / one[0], (second[1] - second[0]) / two[0]
    if float(directions[0] @ directions[1]) < _SAME_DIRECTION:
        return False
    step = second[[0, 3]].mean(0) - first[[1, 2]].mean(0)
    return abs(float(step[1])) < smaller / 2 and -larger < float(step[0]) < _JOINING_GAP * larger


def _row(pieces: list[Piece], level: NDArray[np.float64]) -> _Row:
    points = np.concatenate([piece.quad @ level for piece in pieces])
    (left, top), (right, bottom) = points.min(0), points.max(0)
    height = float(np.median([sides(piece.quad)[1] for piece in pieces]))
    return _Row(tuple(pieces), float(left), float(top), float(right), float(bottom), height)


def _in_order(rows: list[_Row]) -> list[_Row]:
    gutter = _gutter(rows)
    if gutter is None:
        return _by_row(rows)
    ordered: list[_Row] = []
    across = sorted((row for row in rows if row.left < gutter < row.right), key=lambda row: row.middle)
    top = -np.inf
    for row in (*across, None):
        bottom = row.middle if row else np.inf
        section = [other for other in rows if top < other.middle < bottom and other not in across]
        ordered += _in_order([other for other in section if other.right <= gutter])
        ordered += _in_order([other for other in section if other.left >= gutter])
        ordered += [row] if row else []
        top = bottom
    return ordered


def _gutter(rows: list[_Row]) -> float | None:
    """Find where the emptiest strip between two columns of prose lies, if there are such columns."""
    best, fewest = None, len(rows) // 2
    for edge in sorted(row.right for row in rows):
        left = [row for row in rows if row.right <= edge]
        right = [row for row in rows if row.left > edge]
        crossing = len(rows) - len(left) - len(right)
        if crossing < fewest and _is_prose(left) and _is_prose(right):
            best, fewest = (edge + min(row.left for row in right)) / 2, crossing
    return best


def _is_prose(rows: list[_Row]) -> bool:
    """Tell running text, whose lines are long and mostly full, from the cells of a table."""
    if len(rows) < _PROSE_LINES:
        return False
    widths = np.array([row.right - row.left for row in rows])
    long = float(np.median(widths)) >= _PROSE_LENGTH * float(np.median([row.height for row in rows]))
    return long and float(np.mean(widths >= 0.75 * widths.max())) >= _PROSE_FULL


def _by_row(rows: list[_Row]) -> list[_Row]:
    """Order from top to bottom, and from left to right what stands side by side."""
    ordered: list[_Row] = []
    abreast: list[_Row] = []
    for row in sorted(rows, key=lambda row: row.middle):
        if abreast and row.middle - abreast[0].middle > min(row.height, abreast[0].height) / 2:
            ordered += sorted(abreast, key=lambda one: one.left)
            abreast = []
        abreast.append(row)
    return ordered + sorted(abreast, key=lambda one: one.left)
