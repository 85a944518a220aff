"""Pictures in other sizes."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tasmat_check.pictures.scaling import resized, scaled

Pixels = NDArray[np.uint8]


def waves(width: int, height: int) -> Pixels:
    """Soft stripes in three colours."""
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    colours = [np.sin(across / 37), np.cos(down / 53), np.sin((across + down) / 71)]
    return (127 + 120 * np.stack(colours, axis=2)).astype(np.uint8)


@pytest.mark.parametrize(
    ("width", "height", "to"),
    [(1_200, 900, (400, 300)), (1_201, 903, (300, 225)), (1_000, 700, (999, 699)), (801, 600, (400, 200))],
)
def test_a_smaller_picture_is_the_average_of_the_larger(width: int, height: int, to: tuple[int, int]) -> None:
    pixels = waves(width, height)
    small = resized(pixels, *to)
    wanted = cv2.resize(pixels, to, interpolation=cv2.INTER_AREA)
    assert small.shape == (to[1], to[0], 3)
    assert np.abs(small.astype(int) - wanted).max() <= 8  # up to three rows are left out at the end


def test_fine_stripes_are_averaged_and_not_picked() -> None:
    stripes = np.zeros((800, 800), np.uint8)
    stripes[:, ::2] = 200
    assert set(np.unique(resized(stripes, 150, 150))) <= set(range(95, 106))


def test_a_larger_picture_keeps_its_colours_and_the_same_size_is_the_same() -> None:
    pixels = waves(60, 40)
    assert resized(pixels, 60, 40) is pixels
    large = resized(pixels, 120, 80)
    assert large.shape == (80, 120, 3)
    assert abs(int(large[41, 61, 0]) - int(pixels[20, 30, 0])) <= 3


@pytest.mark.parametrize("scale", [0.0001, 0.5, 1.0, 2.0])
def test_no_side_is_ever_empty(scale: float) -> None:
    small = scaled(np.zeros((3, 500), np.uint8), scale)
    assert small.shape == (max(1, round(3 * scale)), max(1, round(500 * scale)))
