"""Drawn faces are left out, photographed ones stay, however bad the photograph."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tasmat_check.models import SURE, Box, Sighting
from tasmat_check.pictures import Frame
from tasmat_check.pictures.drawn_faces import photographed
from tasmat_check.pictures.seeing import PictureReader

Pixels = NDArray[np.uint8]


def drawing(size: int = 120) -> Pixels:
    """A face of clip art: hair, one tone of skin, eyes, brows and a mouth."""
    image = Image.new("RGB", (size * 4, size * 4), "skyblue")
    draw = ImageDraw.Draw(image)

    def shape(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * size * 4, top * size * 4, right * size * 4, bottom * size * 4

    draw.ellipse(shape(0.05, 0.0, 0.95, 0.8), fill=(90, 50, 30))
    draw.ellipse(shape(0.15, 0.12, 0.85, 0.98), fill=(250, 205, 160))
    for left in (0.3, 0.58):
        draw.ellipse(shape(left, 0.44, left + 0.1, 0.54), fill=(40, 30, 30))
        draw.line(shape(left - 0.03, 0.38, left + 0.13, 0.36), fill=(70, 40, 20), width=size // 8)
    draw.line(shape(0.5, 0.5, 0.47, 0.66), fill=(215, 150, 110), width=size // 8)
    draw.chord(shape(0.36, 0.64, 0.64, 0.84), 0, 180, fill=(200, 60, 70))
    return np.asarray(image.resize((size, size), Image.Resampling.LANCZOS))


def photograph(size: int = 120) -> Pixels:
    """The same face lit from one side, with the grain of skin and camera."""
    lit = np.linspace(1.1, 0.55, size)[None, :, None] * np.linspace(1.05, 0.8, size)[:, None, None]
    grain = np.random.default_rng(3).normal(0, 6, (size, size, 3))
    return np.clip(cv2.GaussianBlur(drawing(size), (0, 0), size / 60) * lit + grain, 0, 255).astype(np.uint8)


def left(pixels: Pixels, score: float = 0.9) -> list[float]:
    """Give the scores of what is left of one face that fills a picture."""
    face = Sighting("FACE", Box(0, 0, pixels.shape[1], pixels.shape[0]), score)
    return [kept.score for kept in photographed([face], Frame(pixels))]


@pytest.mark.parametrize("size", [40, 120, 700])
def test_a_drawn_face_is_left_out(size: int) -> None:
    assert left(drawing(size)) == []


@pytest.mark.parametrize(
    "worsened",
    [
        pytest.param(lambda pixels: pixels, id="as it is"),
        pytest.param(lambda pixels: (pixels * 0.12).astype(np.uint8), id="dark"),
        pytest.param(lambda pixels: (200 + pixels * 0.15).astype(np.uint8), id="pale"),
        pytest.param(lambda pixels: cv2.GaussianBlur(pixels, (0, 0), 2), id="blurred"),
        pytest.param(lambda pixels: cv2.resize(pixels, (14, 16), interpolation=cv2.INTER_AREA), id="tiny"),
        pytest.param(lambda pixels: cv2.resize(pixels, (900, 1_000), interpolation=cv2.INTER_CUBIC), id="enlarged"),
    ],
)
def test_a_photographed_face_stays_sure(worsened: Callable[[Pixels], Pixels]) -> None:
    assert left(worsened(photograph())) == [0.9]


def test_a_face_that_may_be_drawn_is_no_longer_sure() -> None:
    halfway = (drawing() * 0.6 + photograph() * 0.4).astype(np.uint8)
    (score,) = left(halfway)
    assert 0.7 < score < SURE
    assert left(halfway, 0.65) == [0.65]


def test_an_overexposed_face_stays() -> None:
    burnt = np.clip(photograph().astype(int) + 150, 0, 255).astype(np.uint8)
    assert left(burnt) == [0.9]
    assert left(np.full((50, 50, 3), 255, np.uint8)) == [0.9]


@pytest.mark.parametrize("box", [Box(0, 0, 1, 1), Box(3, 0, 5, 90), Box(0, 0, 100, 2), Box(99, 79, 100, 80)])
def test_boxes_of_any_shape_are_judged_without_a_complaint(box: Box) -> None:
    frame = Frame(np.random.default_rng(1).integers(0, 256, (80, 100, 3), np.uint8))
    assert len(photographed([Sighting("FACE", box, 0.9)], frame)) <= 1


def test_a_poster_with_clip_art_shows_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poster = np.full((600, 800, 3), 230, np.uint8)
    poster[200:320, 300:420] = drawing()
    poster[200:320, 500:620] = photograph()
    drawn, real = Box(300, 200, 420, 320), Box(500, 200, 620, 320)

    class Finder:
        def find(self, _: Frame) -> list[Sighting]:
            return [Sighting("FACE", drawn, 0.9), Sighting("FACE", real, 0.85)]

    monkeypatch.setattr("tasmat_check.pictures.faces.FaceFinder", Finder)
    monkeypatch.setattr(PictureReader, "_words_of", lambda *_: iter(()))
    Image.fromarray(poster).save(tmp_path / "poster.png")
    seen = PictureReader(frozenset({"FACE"}), None, ()).look("poster.png", (tmp_path / "poster.png").read_bytes())
    assert [sighting.box for sighting in seen.sightings] == [real]
