"""Plain pictures and plain parts of pictures: nothing is looked for there, and nothing is lost by that."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tasmat_check.pictures import Frame
from tasmat_check.pictures.plainness import is_plain, lively_part

Pixels = NDArray[np.uint8]


def sky(width: int = 3_000, height: int = 2_000, noise: float = 3) -> Pixels:
    """A sky that grows paler towards the ground, with a camera's noise."""
    shade = np.linspace(90, 200, height)[:, None, None]
    grains = np.random.default_rng(4).normal(0, noise, (height, width, 1))
    return np.clip(np.broadcast_to(shade, (height, width, 3)) + grains, 0, 255).astype(np.uint8)


def written(pixels: Pixels, text: str, ink: int, at: tuple[int, int] = (1_500, 900), size: int = 40) -> Pixels:
    from PIL import ImageFont

    image = Image.fromarray(pixels)
    ImageDraw.Draw(image).text(at, text, fill=(ink, ink, ink), font=ImageFont.load_default(size))
    return np.asarray(image)


@pytest.mark.parametrize(
    "pixels",
    [
        pytest.param(np.full((3_000, 4_000, 3), 255, np.uint8), id="paper"),
        pytest.param(np.zeros((48, 64, 3), np.uint8), id="a small black one"),
        pytest.param(np.zeros((1, 1, 3), np.uint8), id="one pixel"),
        pytest.param(sky(), id="sky"),
        pytest.param(sky(2_999, 1_501, 2), id="sky of odd sides"),
    ],
)
def test_a_picture_of_nothing_is_plain(pixels: Pixels) -> None:
    assert is_plain(Frame(pixels))
    assert lively_part(pixels) is None


@pytest.mark.parametrize(("size", "ink"), [(20, 60), (40, 100), (200, 100)])
def test_words_in_the_sky_are_not_plain(size: int, ink: int) -> None:
    pixels = written(sky(), "8G1", ink, size=size)
    box = lively_part(pixels)
    assert not is_plain(Frame(pixels))
    assert box is not None
    assert box.left <= 1_500 + size // 4
    assert box.right >= 1_500 + size
    assert box.width < 4 * size
    assert box.height < 3 * size


@pytest.mark.parametrize("angle", [0, 7, 45])
@pytest.mark.parametrize("side", [12, 400])
def test_a_sharp_edge_is_not_plain(angle: int, side: int) -> None:
    canvas = np.full((600, 800, 3), 230, np.uint8)
    corners = cv2.boxPoints(((400, 300), (side, side), angle)).astype(np.int32)
    cv2.fillPoly(canvas, [corners], (200, 200, 200))
    box = lively_part(canvas)
    assert not is_plain(Frame(canvas))
    assert box is not None
    assert abs(box.width - np.ptp(corners[:, 0])) <= 6


def test_pale_words_on_paper_are_not_plain() -> None:
    assert not is_plain(Frame(written(np.full((3_000, 4_000, 3), 250, np.uint8), "Register of 8G1", 215, size=30)))


def test_something_large_and_out_of_focus_is_not_plain() -> None:
    canvas = np.full((3_000, 4_000, 3), 120, np.uint8)
    cv2.ellipse(canvas, (2_000, 1_500), (600, 800), 0, 0, 360, (190, 190, 190), -1)
    blurred = cv2.GaussianBlur(canvas, (0, 0), 40).astype(np.uint8)
    assert lively_part(blurred) is None
    assert not is_plain(Frame(blurred))


def test_the_lively_part_lies_in_the_picture_and_holds_all_that_differs() -> None:
    pixels = np.full((701, 333, 3), 200, np.uint8)
    pixels[0, :, :] = 0
    pixels[-1, :, :] = 0
    box = lively_part(pixels)
    assert box is not None
    assert (box.left, box.top, box.right, box.bottom) == (0, 0, 333, 701)
