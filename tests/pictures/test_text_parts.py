"""Which parts of a picture are searched for text in full."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tasmat_check.models import Box
from tasmat_check.pictures.text_parts import parts

CELL = 16
SURELY, HARDLY, NOT = 0.9, 0.06, 0.04


def heat(*spots: tuple[int, int, int, int, float], width: int = 640, height: int = 480) -> NDArray[np.float32]:
    """A map with spots: left, top, right and bottom in pixels, and how much it shows."""
    shown = np.zeros((height, width), np.float32)
    for left, top, right, bottom, value in spots:
        shown[top:bottom, left:right] = value
    return shown


def test_where_there_is_no_hint_nothing_is_searched() -> None:
    assert parts(heat((100, 100, 200, 120, NOT)), CELL) == []


@pytest.mark.parametrize("value", [SURELY, HARDLY])
def test_a_hint_is_searched_with_what_surrounds_it(value: float) -> None:
    assert parts(heat((100, 100, 200, 120, value)), CELL) == [Box(80, 80, 224, 144)]


def test_hints_far_apart_are_searched_apart() -> None:
    shown = heat((50, 50, 90, 60, SURELY), (500, 400, 560, 420, HARDLY))
    assert parts(shown, CELL) == [Box(32, 32, 112, 80), Box(480, 384, 576, 448)]


def test_the_edge_of_the_map_is_the_edge_of_a_part() -> None:
    assert parts(heat((0, 470, 30, 480, SURELY)), CELL) == [Box(0, 448, 48, 480)]


def test_parts_that_would_overlap_are_one() -> None:
    # A slanting line holds the other's hint in its box, though the two hints are far apart.
    slanting = [(40 + 12 * step, 40 + 12 * step, 60 + 12 * step, 60 + 12 * step, SURELY) for step in range(20)]
    (part,) = parts(heat(*slanting, (250, 60, 262, 70, SURELY)), CELL)
    assert part == Box(16, 16, 304, 304)


def test_a_picture_full_of_text_is_searched_whole() -> None:
    rows = [(40, 20 + 60 * row, 600, 40 + 60 * row, SURELY) for row in range(8)]
    assert parts(heat(*rows), CELL) == [Box(0, 0, 640, 480)]
