"""Small copies for reports: faces beyond recovery, nothing hidden, never larger than they need be."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tasmat_check.models import Box
from tasmat_check.pictures import Frame, Picture, drawing
from tasmat_check.pictures.drawing import LONGEST_SIDE, small_copy


def noise(width: int, height: int) -> Picture:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Picture("noise.png", "PNG", (Frame(pixels),), b"")


def opened(content: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize(
    ("size", "shown"), [((100, 50), (100, 50)), ((1280, 320), (640, 160)), ((3, 4000), (1, 640)), ((1, 1), (1, 1))]
)
def test_a_copy_is_small_and_never_enlarged(size: tuple[int, int], shown: tuple[int, int]) -> None:
    copy = small_copy(noise(*size), [])
    assert (copy.width, copy.height) == shown
    assert opened(copy.content).shape == (shown[1], shown[0], 3)
    assert max(shown) <= LONGEST_SIDE


def test_two_faces_of_the_same_colour_become_the_same_blocks() -> None:
    """What stands under a face must not show: only its mean colour may."""
    face = Box(40, 40, 100, 110)
    copies = []
    for seed in (1, 2):
        pixels = np.full((200, 200, 3), 128, np.uint8)
        half = np.random.default_rng(seed).integers(-90, 91, (35, 60, 3))
        pixels[40:75, 40:100] = 128 + half
        pixels[75:110, 40:100] = 128 - half
        copies.append(opened(small_copy(Picture("a", "PNG", (Frame(pixels),), b""), [face]).content))
    assert np.array_equal(copies[0], copies[1])
    assert copies[0][40:110, 40:100].std() > 5, "it should look pixelated"


def test_a_face_is_covered_with_a_margin_and_the_rest_is_left() -> None:
    picture = noise(400, 400)
    copy = opened(small_copy(picture, [Box(100, 100, 200, 200)]).content)
    steps = np.abs(np.diff(copy.astype(int).mean(axis=2), axis=1))
    assert np.median(steps[82:218, 82:218]) < 2
    assert np.median(steps[250:, 250:]) > 15


def test_a_face_at_the_edge_or_outside_does_no_harm() -> None:
    small_copy(noise(30, 30), [Box(25, 25, 30, 30), Box(0, 0, 1, 1), Box(40, 40, 50, 50), Box(10, 10, 10, 10)])


def test_large_pictures_are_covered_at_the_right_place() -> None:
    copy = opened(small_copy(noise(1600, 1600), [Box(800, 800, 1200, 1200)]).content)
    steps = np.abs(np.diff(copy.astype(int).mean(axis=2), axis=1))
    assert np.median(steps[295:505, 295:505]) < 2
    assert np.median(steps[:250, :250]) > 5


def test_faces_that_nobody_looked_for_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_faces", lambda _: [Box(100, 100, 200, 200)])
    picture = noise(400, 400)
    assert small_copy(picture, None).content == small_copy(picture, [Box(100, 100, 200, 200)]).content
    assert small_copy(picture, None).content != small_copy(picture, []).content
