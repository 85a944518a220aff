"""Pictures given to the real command: which clause, and where in the picture."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

ROSTER = "Forename,Surname,Role\nOttoline,Wragg,pupil\nZofia,Wrzesien,pupil\n"
SIGN = ("Welcome to", "Torfield School", "Reception to the left")
BOARD = ("Quiet table", "Ottoline W", "Zofia Wrzesien", "Line up at 3")
SCREEN = ("Messages", "Marcus mum", "Can you ring me about", "Friday? 07700 900417", "Delivered")


def drawn(path: Path, lines: tuple[str, ...], **options: Any) -> Path:
    picture = Image.new("RGB", (900, 120 + 90 * len(lines)), (240, 242, 240))
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((80, 60 + 90 * number), line, font=ImageFont.load_default(48), fill=(20, 40, 90))
    picture.save(path, **options)
    return path


def ran(folder: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", "tasmat_check", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, cwd=folder, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("lines", "rule", "clause", "row"),
    [
        (SIGN, "school-named-in-picture", "6.9", 1),
        (BOARD, "listed-pupil-in-picture", "5.4", 2),
        (SCREEN, "phone-number-in-picture", "6.15", 3),
    ],
    ids=["sign", "whiteboard", "screenshot"],
)
def test_words_give_their_clause_and_their_box(
    lines: tuple[str, ...], rule: str, clause: str, row: int, tmp_path: Path
) -> None:
    drawn(tmp_path / "photo.png", lines)
    (tmp_path / "people.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "post.txt").write_text("Happy Friday", encoding="utf-8")
    (post,) = ran(tmp_path, "post.txt", "photo.png", "--people", "people.csv", "-f", "json")["posts"]
    assert clause in {each["clause"] for each in post["clauses"]}
    boxes = [found["location"]["box"] for found in post["findings"] if found["rule"] == rule]
    top = 60 + 90 * row
    assert any(top - 20 <= upper and lower <= top + 90 for _, upper, _, lower in boxes)


def test_entities_lists_all_that_a_picture_shows_and_hides(tmp_path: Path) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 0.0, 0.0), 3: "W", 4: (1.0, 0.0, 0.0)})
    drawn(tmp_path / "photo.png", (*SIGN, "", "", "", ""))
    with Image.open(tmp_path / "photo.png") as picture:
        code = zxingcpp.create_barcode("https://example.org/open", zxingcpp.BarcodeFormat.QRCode).to_image(scale=6)
        picture.paste(Image.fromarray(code).convert("RGB"), (500, 380))
        picture.save(tmp_path / "photo.jpg", quality=95, exif=exif)
    row = ran(tmp_path, "entities", "photo.jpg")
    places = {entity["label"]: entity["location"] for entity in row["entities"]}
    assert {"SCHOOL", "QR_CODE", "URL", "GPS"} <= set(places)
    assert places["GPS"] == {"kind": "metadata", "image": "photo.jpg", "field": "EXIF GPSLatitude"}
    left, top, right, bottom = places["QR_CODE"]["box"]
    assert 500 <= left < right <= 500 + 6 * 40
    assert 380 <= top < bottom <= 380 + 6 * 40


def test_a_logo_of_a_folder_is_listed(tmp_path: Path) -> None:
    logos = tmp_path / "logos"
    logos.mkdir()
    crest = drawn(logos / "crest.png", ("OAKFORD", "ACADEMY", "learning", "together"))
    with Image.open(crest) as mark:
        page = Image.new("RGB", (1400, 1000), (120, 150, 170))
        page.paste(mark.resize((500, round(500 * mark.height / mark.width))), (600, 300))
    page.save(tmp_path / "photo.png")
    row = ran(tmp_path, "entities", "photo.png", "--logos", "logos")
    assert ("LOGO", "crest") in {(entity["label"], entity["text"]) for entity in row["entities"]}
