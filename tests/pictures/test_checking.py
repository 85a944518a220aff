"""Pictures through the whole checker: what they show is found, told where, and can be covered."""

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tasmat_check import covering, pack
from tasmat_check.engine import Checker
from tasmat_check.errors import UsageError
from tasmat_check.models import Box, Draft, Report
from tasmat_check.pictures.cleaning import clean
from tasmat_check.pictures.opening import open_picture
from tasmat_check.reporters import load

PACK = pack.load()


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(PACK)


@pytest.fixture
def sign(tmp_path: Path) -> Path:
    """Give a drawn sign with the school's name, with a place in its hidden data."""
    picture = Image.new("RGB", (900, 500), (235, 240, 245))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 60, 840, 200), fill=(20, 60, 120))
    draw.text((100, 100), "Torfield School", font=ImageFont.load_default(60), fill="white")
    draw.text((100, 350), "Star of the Week: Kayden Marsh", font=ImageFont.load_default(40), fill="black")
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (50.0, 51.0, 18.0), 3: "E", 4: (0.0, 34.0, 12.0)})
    path = tmp_path / "sign.jpg"
    picture.save(path, exif=exif, quality=95)
    return path


def checked(checker: Checker, path: Path) -> Report:
    return checker.check(Draft("1", "1", "", images=(str(path),)))


def test_what_a_picture_says_and_hides_is_found_where_it_is(checker: Checker, sign: Path) -> None:
    report = checked(checker, sign)
    found = {finding.rule: finding for finding in report.findings}
    school = found["school-named-in-picture"].location.box
    assert school is not None
    assert 60 <= school.left < school.right <= 840
    assert 60 <= school.top < school.bottom <= 200
    assert found["names-written-in-picture"].evidence == "Kayden Marsh"
    place = found["place-in-picture"]
    assert (place.evidence, place.location.box, bool(place.location.source)) == ("50.855, 0.570", None, True)
    assert not report.skipped


def test_the_json_tells_places_as_the_contract_says(checker: Checker, sign: Path) -> None:
    out = io.StringIO()
    load("json")([checked(checker, sign)], PACK, out, mask=False, quiet=False)
    findings = json.loads(out.getvalue())["posts"][0]["findings"]
    kinds = {finding["rule"]: finding["location"] for finding in findings}
    assert kinds["school-named-in-picture"]["kind"] == "image"
    assert len(kinds["school-named-in-picture"]["box"]) == 4
    assert kinds["place-in-picture"]["kind"] == "metadata"


def test_the_terminal_shows_a_table_of_the_picture(checker: Checker, sign: Path) -> None:
    out = io.StringIO()
    load("terminal")([checked(checker, sign)], PACK, out, mask=False, quiet=False)
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert any(line.startswith("Kayden Marsh") and line.endswith("sure 5.4") for line in lines)
    assert any("hidden data sure 6.15" in line for line in lines)


def test_a_broken_picture_is_told_and_stops_nothing(checker: Checker, sign: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(sign.read_bytes()[:900])
    report = checker.check(Draft("1", "1", "", images=(str(broken), str(sign))))
    assert [gap.what for gap in report.skipped] == [str(broken)]
    assert "school-named-in-picture" in {finding.rule for finding in report.findings}


def test_without_pictures_nothing_is_looked_at(sign: Path) -> None:
    report = checked(Checker(PACK, pictures=False), sign)
    assert (report.findings, report.skipped) == ((), ())


def test_a_cleaned_copy_shows_and_hides_nothing(checker: Checker, sign: Path, tmp_path: Path) -> None:
    before = sign.read_bytes()
    safe = tmp_path / "safe.jpg"
    done, left = covering.cover(sign, safe, checker)
    assert (left.findings, left.skipped, sign.read_bytes()) == ((), (), before)
    assert done[-1] == "2 parts covered"
    with Image.open(safe) as copy:
        assert copy.size == (900, 500)
        assert not copy.getexif()


def test_the_original_is_never_overwritten(checker: Checker, sign: Path) -> None:
    with pytest.raises(UsageError, match="never overwritten"):
        covering.cover(sign, sign, checker)


@pytest.mark.parametrize("name", ["safe.gif", "safe"])
def test_copies_are_written_in_plain_formats(checker: Checker, sign: Path, name: str) -> None:
    with pytest.raises(UsageError, match="copies are written"):
        covering.cover(sign, sign.with_name(name), checker)


def test_covered_parts_are_one_flat_colour(sign: Path) -> None:
    picture = open_picture(sign.read_bytes(), "sign.jpg")
    box = Box(100, 100, 300, 150)
    with Image.open(io.BytesIO(clean(picture, [box], "PNG"))) as copy:
        colours = copy.crop((box.left, box.top, box.right, box.bottom)).getcolors()
    assert colours is not None
    assert len(colours) == 1


@pytest.mark.parametrize("module", ["faces", "logos", "codes", "words"])
def test_a_missing_library_is_told_and_the_rest_still_looked_for(
    module: str, sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"tasmat_check.pictures.{module}", None)
    report = checked(Checker(replace(PACK, logos=sign.parent)), sign)
    assert [gap.what for gap in report.skipped] == [f"{module} in {sign}"]
    assert "place-in-picture" in {finding.rule for finding in report.findings}
