"""Reading QR codes and bar codes that are made here."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tasmat_check.models import Box
from tasmat_check.pictures import Frame, Sighting

zxingcpp = pytest.importorskip("zxingcpp")

from tasmat_check.pictures.codes import CodeReader  # noqa: E402

Pixels = NDArray[np.uint8]
LINK = "https://chat.whatsapp.com/AbCdEf123456"
ISBN = "9780306406157"


def code(text: str, kind: str = "QRCode", scale: int = 4) -> Pixels:
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    return np.asarray(made.to_image(scale=scale), np.uint8)


def on_paper(*placed: tuple[Pixels, int, int]) -> Pixels:
    """Put grey codes at left and top on a sheet of 900 × 600."""
    paper = np.full((600, 900, 3), 255, np.uint8)
    for pixels, left, top in placed:
        paper[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels[..., None]
    return paper


def read(pixels: Pixels) -> list[Sighting]:
    return CodeReader().read(Frame(np.ascontiguousarray(pixels)))


def contains(outer: Box, inner: Box | None) -> bool:
    return inner is not None and (
        outer.left <= inner.left < inner.right <= outer.right and outer.top <= inner.top < inner.bottom <= outer.bottom
    )


def test_a_code_in_a_large_noisy_photo_is_found_where_it_is() -> None:
    noise = np.random.default_rng(1).normal(150, 20, (3000, 4000, 1))
    photo = np.repeat(np.clip(noise, 0, 255).astype(np.uint8), 3, axis=2)
    pixels = code(LINK, scale=8)
    assert pixels.shape[1] < 0.08 * photo.shape[1]
    photo[2000 : 2000 + pixels.shape[0], 3000 : 3000 + pixels.shape[1]] = pixels[..., None]
    (sighting,) = read(photo)
    assert sighting.text == LINK
    assert contains(Box(2998, 1998, 3002 + pixels.shape[1], 2002 + pixels.shape[0]), sighting.box)


@pytest.mark.parametrize("kind", ["DataMatrix", "EAN13", "Aztec", "MicroQRCode", "ITF"])
def test_codes_of_every_kind_are_read_in_a_large_photo(kind: str) -> None:
    photo = np.full((3000, 4000, 3), 150, np.uint8)
    said = ISBN if kind == "EAN13" else "00421312"
    pixels = np.pad(code(said, kind, scale=12), 40, constant_values=255)
    photo[2000 : 2000 + pixels.shape[0], 2000 : 2000 + pixels.shape[1]] = pixels[..., None]
    (sighting,) = read(photo)
    assert sighting.text == said
    assert contains(Box(1996, 1996, 2004 + pixels.shape[1], 2004 + pixels.shape[0]), sighting.box)


@pytest.mark.parametrize(
    "text",
    [
        LINK,
        "WIFI:T:WPA;S:Staff;P:geheim£;;",
        "BEGIN:VCARD\nVERSION:3.0\nN:Müller;Ann\nTEL:+441632960961\nEND:VCARD",
        "老师 👩‍🏫",
    ],
)
def test_a_qr_code_says_what_it_holds(text: str) -> None:
    pixels = code(text)
    (sighting,) = read(on_paper((pixels, 300, 200)))
    assert (sighting.label, sighting.text, sighting.score) == ("QR_CODE", text, 1.0)
    area = Box(300, 200, 300 + pixels.shape[1], 200 + pixels.shape[0])
    assert contains(area, sighting.box)
    assert sighting.box
    assert sighting.box.width > area.width * 0.7


@pytest.mark.parametrize(
    ("kind", "text"),
    [("EAN13", ISBN), ("Code128", "PUPIL-004213"), ("PDF417", "Year 4 register"), ("DataMatrix", "asset 17")],
)
def test_other_codes_are_bar_codes(kind: str, text: str) -> None:
    pixels = code(text, kind)
    (sighting,) = read(on_paper((pixels, 100, 150)))
    assert (sighting.label, sighting.text) == ("BARCODE", text)
    assert contains(Box(100, 150, 101 + pixels.shape[1], 151 + pixels.shape[0]), sighting.box)


def test_several_codes_are_read_from_the_top_down() -> None:
    paper = on_paper((code("lower"), 50, 380), (code("upper"), 600, 20), (code(ISBN, "EAN13"), 300, 200))
    assert [(each.label, each.text) for each in read(paper)] == [
        ("QR_CODE", "upper"),
        ("BARCODE", ISBN),
        ("QR_CODE", "lower"),
    ]


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize(("kind", "text"), [("QRCode", LINK), ("EAN13", ISBN)])
def test_turned_codes_are_read(turns: int, kind: str, text: str) -> None:
    (sighting,) = read(np.rot90(on_paper((code(text, kind), 100, 150)), turns))
    assert sighting.text == text


def test_light_on_dark_is_read() -> None:
    (sighting,) = read(255 - on_paper((code(LINK), 300, 200)))
    assert sighting.text == LINK


def test_colours_are_taken_as_red_green_blue() -> None:
    """In blue ink on a paler blue: grey values are apart only when blue is known to be the darkest colour."""
    grey = code(LINK)[..., None]
    pixels = np.where(grey < 128, np.array((0, 0, 255), np.uint8), np.array((130, 0, 255), np.uint8))
    paper = np.full((400, 400, 3), (130, 0, 255), np.uint8)
    paper[40 : 40 + pixels.shape[0], 40 : 40 + pixels.shape[1]] = pixels
    (sighting,) = read(paper)
    assert sighting.text == LINK


def test_a_spoilt_code_is_left_out() -> None:
    pixels = code(LINK).copy()
    pixels[40:-40, 40:-40] = 128
    assert read(on_paper((pixels, 300, 200))) == []


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 500), (700, 2)])
def test_odd_shapes_hold_no_code(width: int, height: int) -> None:
    assert read(np.zeros((height, width, 3), np.uint8)) == []


def test_nothing_is_read_from_noise_and_stripes() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (400, 500, 3), np.uint8)
    stripes = np.repeat(noise[:1], 400, axis=0)
    blurred = np.asarray(cv2.GaussianBlur(noise, (0, 0), 3), np.uint8)
    assert [read(pixels) for pixels in (noise, stripes, blurred)] == [[], [], []]
