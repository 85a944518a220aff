"""Pictures through the whole checker: what they show is found, told where, and can be covered."""

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest
from PIL import Image, ImageDraw, ImageFont

from tasmat_check import covering, pack
from tasmat_check.engine import Checker
from tasmat_check.errors import UsageError
from tasmat_check.models import Box, Draft, Report, Seen, Sighting, Skipped
from tasmat_check.picture_formats import VIDEOS_NOT_CHECKED
from tasmat_check.pictures.cleaning import clean
from tasmat_check.pictures.opening import open_picture
from tasmat_check.pictures.seeing import PictureReader
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


@pytest.mark.parametrize(
    ("seconds", "rules"),
    [
        pytest.param(43.0, {"place-in-picture", "taken-at-school"}, id="at Torfield School"),
        pytest.param(5.0, {"place-in-picture"}, id="more than a kilometre south of it"),
    ],
)
def test_a_place_at_a_school_is_told_as_the_school(
    seconds: float, rules: set[str], checker: Checker, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 51.0, seconds), 3: "E", 4: (0.0, 35.0, 37.0)})
    Image.new("RGB", (60, 40), "skyblue").save(tmp_path / "sky.jpg", exif=exif)
    report = checked(checker, tmp_path / "sky.jpg")
    assert {finding.rule for finding in report.findings} == rules
    assert ("6.9" in report.clauses) == ("taken-at-school" in rules)


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
    assert any(line.startswith("Kayden Marsh") and line.endswith("sure 5.4 cover it") for line in lines)
    assert any("hidden data sure 6.15" in line for line in lines)


def test_the_terminal_says_how_to_make_a_safe_copy(checker: Checker, sign: Path) -> None:
    spaced = sign.with_name("my sign.jpg")
    spaced.write_bytes(sign.read_bytes())
    out = io.StringIO()
    load("terminal")([checked(checker, spaced)], PACK, out, mask=False, quiet=False)
    words = " ".join(out.getvalue().split())
    assert f'tasmat-check clean "{spaced}" -o safe.jpg does all that.' in words
    assert "5.4 cover it" in words
    assert "6.15 remove it" in words


def test_pictures_are_checked_without_logos_and_that_is_told_once(sign: Path) -> None:
    reports = list(Checker(PACK).check_many([Draft(str(n), "1", "", images=(str(sign),)) for n in range(2)]))
    assert [len(report.notes) for report in reports] == [1, 0]
    assert "--logos" in reports[0].notes[0]
    out = io.StringIO()
    load("json")(reports, PACK, out, mask=False, quiet=False)
    posts = json.loads(out.getvalue())["posts"]
    assert posts[0]["notes"] == list(reports[0].notes)
    assert "notes" not in posts[1]


def test_a_logo_that_cannot_be_looked_for_is_told_loudly(sign: Path, tmp_path: Path) -> None:
    logos = tmp_path / "logos"
    logos.mkdir()
    (logos / "crest.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    Image.new("RGB", (300, 300), "white").save(logos / "plain.png")
    report = checked(Checker(replace(PACK, logos=logos)), sign)
    assert [gap.what for gap in report.skipped] == ["logo crest.svg", "logo plain.png"]
    assert report.notes == ()


def test_pictures_of_many_posts_are_told_in_their_order(sign: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.png"
    Image.new("RGB", (300, 200), "white").save(plain)
    names = [str(plain), str(sign), str(plain), str(tmp_path / "gone.jpg"), str(sign)]
    drafts = (Draft(str(n), "1", "", images=(name,)) for n, name in enumerate(names * 3))
    reports = list(Checker(PACK).check_many(drafts))
    assert [report.verdict for report in reports] == ["clear", "breach", "clear", "clear", "breach"] * 3
    assert [bool(report.skipped) for report in reports] == [False, False, False, True, False] * 3


def test_two_pictures_are_looked_at_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(2)

    def look(_reader: PictureReader, name: str, _content: bytes) -> Seen:
        if name != "first.jpg":
            together.wait(30)
        return Seen(name)

    monkeypatch.setattr(PictureReader, "look", look)
    monkeypatch.setattr("tasmat_check.readers.load_picture", str.encode)
    report = Checker(PACK).check(Draft("1", "1", "", images=("first.jpg", "second.jpg", "third.jpg")))
    assert [seen.image for seen in report.draft.seen] == ["first.jpg", "second.jpg", "third.jpg"]


def test_the_same_picture_is_looked_at_once_and_told_under_each_name(sign: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.jpg"
    again.write_bytes(sign.read_bytes())
    checker = Checker(PACK)
    first = checked(checker, sign)
    checker._pictures.look = None  # type: ignore[method-assign, assignment]
    second = checked(checker, again)
    told = [(finding.rule, finding.evidence, finding.location.box) for finding in second.findings]
    assert told == [(finding.rule, finding.evidence, finding.location.box) for finding in first.findings]
    assert {finding.location.image for finding in second.findings} == {str(again)}
    assert not any(str(sign) in part.part + part.image for part in second.draft.parts)


def test_the_first_report_does_not_wait_for_every_picture(sign: Path) -> None:
    taken = []

    def drafts() -> Iterator[Draft]:
        for number in range(60):
            taken.append(number)
            yield Draft(str(number), "1", "", images=(str(sign),))

    next(Checker(PACK).check_many(drafts()))
    assert len(taken) < 20


def test_a_video_is_told_with_the_clause_that_it_may_breach() -> None:
    video = Draft("1", "1", "", skipped=(Skipped("clip.mp4", VIDEOS_NOT_CHECKED),))
    (gap,) = Checker(PACK).check(video).skipped
    assert gap.reason == f"{VIDEOS_NOT_CHECKED}. Clause 6.9: {PACK.clause('6.9').advice}"
    (official,) = Checker(PACK).check(replace(video, channel="official")).skipped
    assert official.reason == f"{VIDEOS_NOT_CHECKED}. Clause 7.4: {PACK.clause('7.4').advice}"


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


def test_a_detector_that_fails_is_told_and_the_rest_still_looked_for(
    sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Kayden Marsh")

    monkeypatch.setattr("tasmat_check.pictures.words.WordReader.read", fail)
    report = checked(Checker(PACK), sign)
    assert [(gap.what, gap.reason) for gap in report.skipped] == [
        (f"words in {sign}", "could not be looked for: RuntimeError")
    ]
    assert "place-in-picture" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("module", ["faces", "logos", "codes", "words"])
def test_a_missing_library_is_told_and_the_rest_still_looked_for(
    module: str, sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"tasmat_check.pictures.{module}", None)
    report = checked(Checker(replace(PACK, logos=sign.parent)), sign)
    assert [gap.what for gap in report.skipped] == [f"{module} in {sign}"]
    assert "place-in-picture" in {finding.rule for finding in report.findings}


def test_a_picture_tells_whether_faces_were_looked_for(sign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[Sighting]:
        raise ImportError

    monkeypatch.setattr(PictureReader, "_words_of", lambda *_: iter(()))
    content = sign.read_bytes()
    looking = PictureReader(frozenset({"FACE"}), None, ())
    assert looking.look("sign.jpg", content).faces_sought
    assert not PictureReader(frozenset(), None, ()).look("sign.jpg", content).faces_sought
    monkeypatch.setattr(PictureReader, "_find_faces", fail)
    assert not looking.look("sign.jpg", content).faces_sought


def test_in_a_plain_picture_nothing_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        pytest.fail("something is looked for")

    for detector in ("_codes", "_faces", "_logos", "_words"):
        monkeypatch.setattr(PictureReader, detector, property(refuse))
    reader = PictureReader(frozenset({"FACE", "LOGO"}), Path("logos"), ())
    saved = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(saved, "PNG")
    seen = reader.look("paper.png", saved.getvalue())
    assert (seen.sightings, seen.passages, seen.skipped) == ((), (), ())
    assert seen.faces_sought


def test_a_detector_is_loaded_once_for_pictures_side_by_side(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    loaded: list[str] = []
    together = Barrier(2)

    class Reader:
        def __init__(self) -> None:
            loaded.append("words")
            sleep(0.2)

        def read(self, _: object) -> list[object]:
            together.wait(5)
            return []

    monkeypatch.setattr("tasmat_check.pictures.words.WordReader", Reader)
    Image.new("RGB", (64, 48)).save(tmp_path / "plain.png")
    names = ["plain.png"]
    for shade in (90, 200):
        image = Image.new("RGB", (64, 48), "white")
        ImageDraw.Draw(image).rectangle((10, 10, 40, 30), fill=(shade, 0, 0))
        image.save(tmp_path / f"{shade}.png")
        names.append(f"{shade}.png")
    draft = Draft("1", "1", "", images=tuple(str(tmp_path / name) for name in names))
    report = Checker(PACK, meaning=False).check(draft)
    assert (report.skipped, loaded) == ((), ["words"])
