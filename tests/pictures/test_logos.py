"""Finding logos: crests drawn here, on scenes drawn here."""

import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tasmat_check.models import SURE, Box, Sighting
from tasmat_check.pack.keeping import kept
from tasmat_check.pictures import Frame
from tasmat_check.pictures.logo_features import Features, describe, likenesses
from tasmat_check.pictures.logo_geometry import Matches, Position, is_plausible, locate
from tasmat_check.pictures.logo_references import References
from tasmat_check.pictures.logos import POSSIBLE, LogoFinder, load_references

NAVY, GOLD, RED, GREEN = (16, 24, 90), (220, 170, 40), (160, 20, 30), (10, 90, 50)
WIDTH, HEIGHT = 1000, 750
Pixels = NDArray[np.uint8]


@cache
def crest(seed: int, words: tuple[str, ...], colour: tuple[int, int, int] = NAVY) -> Image.Image:
    """An invented school's crest, 400 × 440: a shield, a ring or a lozenge full of figures, words above and below."""
    random = np.random.default_rng(seed)
    image = Image.new("RGBA", (400, 440), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(42)
    for word, top in zip(words, (0, 385), strict=True):
        draw.text((200, top), word, colour, font, anchor="ma")
    if seed % 3 == 1:
        draw.polygon([(60, 60), (340, 60), (340, 250), (200, 375), (60, 250)], "white", colour, 6)
    elif seed % 3 == 2:
        draw.ellipse((50, 60, 350, 370), "white", colour, 10)
    else:
        draw.polygon([(200, 55), (360, 215), (200, 375), (40, 215)], "white", colour, 14)
    for _ in range(36):
        x, y = (int(value) for value in random.integers((75, 75), (310, 280)))
        size = int(random.integers(8, 26))
        shape = random.integers(3)
        if shape == 0:
            draw.ellipse((x, y, x + size, y + size), colour)
        elif shape == 1:
            draw.regular_polygon((x, y, size / 1.5), int(random.integers(3, 7)), int(random.integers(90)), colour)
        else:
            draw.rectangle((x, y, x + size, y + size / 2), "white", colour, 3)
    return image


def ash() -> Image.Image:
    return crest(1, ("ASHWELL MERE", "PRIMARY"))


def oak() -> Image.Image:
    return crest(2, ("OAKFORD", "ACADEMY"), RED)


def elm() -> Image.Image:
    return crest(3, ("ELMSTOW", "COLLEGE"), GREEN)


@cache
def scene() -> Pixels:
    """A busy photograph: blots of every size and colour, a wall of bricks, and noise."""
    random = np.random.default_rng(9)
    image = Image.new("RGB", (WIDTH, HEIGHT), (150, 160, 170))
    draw = ImageDraw.Draw(image)
    for _ in range(250):
        x, y = (int(value) for value in random.integers((-50, -50), (WIDTH, HEIGHT)))
        across, down = (int(value) for value in random.integers(10, 120, 2))
        draw.ellipse((x, y, x + across, y + down), tuple(int(value) for value in random.integers(60, 230, 3)))
    for row in range(500, HEIGHT, 24):
        for column in range(row // 24 % 2 * 30, WIDTH, 60):
            draw.rectangle((column, row, column + 56, row + 20), (150 + int(random.integers(40)), 90, 70))
    pixels = np.asarray(image) + random.normal(0, 5, (HEIGHT, WIDTH, 3))
    return np.clip(pixels, 0, 255).astype(np.uint8)


def hung(
    logo: Image.Image, width: int, corner: tuple[int, int] = (300, 200), turn: float = 0, slant: float = 0
) -> Image.Image:
    """The scene with a logo on white paper: `width` pixels wide, turned by degrees, its right side `slant` shorter."""
    paper = Image.new("RGBA", (logo.width + 60, logo.height + 60), "white")
    paper.alpha_composite(logo, (30, 30))
    if slant:
        high, drop = paper.height, paper.height * slant
        # The four corners of the paper as seen: where each lay on it is solved for.
        seen = [(0, 0), (paper.width, drop / 2), (paper.width, high - drop / 2), (0, high)]
        lay = [(0, 0), (paper.width, 0), (paper.width, high), (0, high)]
        paper = paper.transform(paper.size, Image.Transform.PERSPECTIVE, plane(seen, lay), Image.Resampling.BICUBIC)
    scale = width / logo.width
    paper = paper.resize((round(paper.width * scale), round(paper.height * scale)), Image.Resampling.LANCZOS)
    paper = paper.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    picture = Image.fromarray(scene())
    picture.paste(paper, corner, paper)
    return picture


def plane(seen: Sequence[tuple[float, float]], lay: Sequence[tuple[float, float]]) -> list[float]:
    """Eight numbers that take each seen corner to where it lay."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, lay, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(values))]


def stitched(logo: Image.Image, thread: tuple[int, int, int], cloth: tuple[int, int, int]) -> Image.Image:
    """A logo embroidered in thread of one colour on cloth."""
    random = np.random.default_rng(4)
    ground = Image.new("RGBA", logo.size, "white")
    ground.alpha_composite(logo)
    ink = 1 - np.asarray(ground.convert("L"), np.float64)[..., None] / 255
    rows, columns = np.mgrid[: logo.height, : logo.width]
    relief = 1 + 0.15 * np.sin((rows + columns) * 0.9)[..., None] + random.normal(0, 0.05, ink.shape)
    pixels = (ink * thread + (1 - ink) * cloth) * relief
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).convert("RGBA")


def frame(picture: Image.Image) -> Frame:
    return Frame(np.asarray(picture.convert("RGB")))


def near(picture: Image.Image) -> Frame:
    """The part of the scene where a logo hangs: quicker to search."""
    return frame(picture.crop((260, 160, 640, 540)))


def folder_of(folder: Path, **logos: Image.Image) -> Path:
    for name, logo in logos.items():
        logo.save(folder / f"{name}.png")
    return folder


def named(sightings: list[Sighting]) -> list[str]:
    return [sighting.text for sighting in sightings if sighting.score >= SURE]


def assert_near(box: Box | None, expected: tuple[int, int, int, int], tolerance: int) -> None:
    assert box is not None
    edges = (box.left, box.top, box.right, box.bottom)
    assert all(abs(edge - wanted) <= tolerance for edge, wanted in zip(edges, expected, strict=True)), edges


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> References:
    return load_references(folder_of(tmp_path_factory.mktemp("logos"), ash=ash(), oak=oak()))


@pytest.fixture(scope="module")
def finder(references: References) -> LogoFinder:
    return LogoFinder(references)


def test_a_logo_is_found_by_its_name_at_its_place(finder: LogoFinder) -> None:
    seen = finder.find(frame(hung(ash(), 200)))
    assert [(sighting.label, sighting.text) for sighting in seen] == [("LOGO", "ash")]
    assert seen[0].score >= SURE
    assert_near(seen[0].box, (315, 215, 515, 435), 25)


def test_nothing_is_found_where_no_logo_is(finder: LogoFinder) -> None:
    assert finder.find(Frame(scene())) == []


def test_another_school_s_crest_is_not_found(finder: LogoFinder) -> None:
    assert finder.find(near(hung(elm(), 200))) == []


def test_lettering_alone_is_no_logo(tmp_path: Path) -> None:
    font = ImageFont.load_default(96)
    logo = Image.new("RGBA", (600, 400), "white")
    small = oak().resize((180, 198), Image.Resampling.LANCZOS)
    logo.alpha_composite(small, (20, 10))
    ImageDraw.Draw(logo).text((20, 250), "for Education", "black", font)
    text = Image.new("RGB", (1000, 700), "white")
    for number, line in enumerate(("Application", "Our notes for", "Education Week", "information")):
        ImageDraw.Draw(text).text((40, 20 + number * 160), line, "black", font)
    finder = LogoFinder(load_references(folder_of(tmp_path, department=logo)))
    assert finder.find(frame(text)) == []
    assert named(finder.find(near(hung(logo, 250)))) == ["department"]


@pytest.mark.parametrize("width", [60, 400])
def test_a_logo_is_found_small_and_large(finder: LogoFinder, width: int) -> None:
    assert named(finder.find(frame(hung(oak(), width)))) == ["oak"]


@pytest.mark.parametrize("turn", [35, 180, 250])
def test_a_logo_is_found_turned(finder: LogoFinder, turn: int) -> None:
    assert named(finder.find(near(hung(oak(), 150, turn=turn)))) == ["oak"]


def test_a_logo_is_found_in_perspective(finder: LogoFinder) -> None:
    assert named(finder.find(near(hung(ash(), 200, slant=0.35)))) == ["ash"]


@pytest.mark.parametrize(("thread", "cloth"), [(GOLD, NAVY), (NAVY, (200, 200, 205))])
def test_a_logo_is_found_embroidered_in_one_colour(
    finder: LogoFinder, thread: tuple[int, int, int], cloth: tuple[int, int, int]
) -> None:
    picture = Image.fromarray(scene())
    patch = stitched(oak(), thread, cloth).resize((140, 154), Image.Resampling.LANCZOS)
    picture.paste(patch, (380, 260))
    assert named(finder.find(near(picture))) == ["oak"]


@pytest.mark.parametrize("covered", [(280, 190, 420, 500), (280, 190, 540, 330)])
def test_a_half_covered_logo_is_found_whole(finder: LogoFinder, covered: tuple[int, int, int, int]) -> None:
    picture = hung(ash(), 200)
    picture.paste((90, 70, 60), covered)
    seen = finder.find(near(picture))
    assert named(seen) == ["ash"]
    assert_near(seen[0].box, (55, 55, 255, 275), 35)


def test_the_box_of_a_logo_cut_off_by_the_edge_lies_inside_the_picture(finder: LogoFinder) -> None:
    box = finder.find(frame(hung(ash(), 300, corner=(WIDTH - 240, -100))))[0].box
    assert box is not None
    assert (box.top, box.right) == (0, WIDTH)
    assert box.left > WIDTH - 260
    assert box.bottom < 270


def test_several_logos_and_copies_are_found_each_once(finder: LogoFinder) -> None:
    picture = hung(ash(), 160, corner=(60, 60))
    sheet = picture.crop((60, 60, 250, 260))
    picture.paste(sheet, (600, 80))
    picture.paste(sheet, (330, 480))
    picture.paste(hung(oak(), 160, corner=(60, 60)).crop((60, 60, 250, 260)), (700, 480))
    seen = finder.find(frame(picture))
    assert sorted(named(seen)) == ["ash", "ash", "ash", "oak"]
    lefts = sorted(sighting.box.left for sighting in seen if sighting.text == "ash" and sighting.box)
    assert all(abs(left - wanted) < 25 for left, wanted in zip(lefts, (72, 342, 612), strict=True))


def test_two_references_of_one_mark_report_it_once(tmp_path: Path) -> None:
    grey = Image.merge("LA", (ash().convert("L"), ash().getchannel("A"))).resize((300, 330)).convert("RGBA")
    finder = LogoFinder(
        load_references(folder_of(tmp_path, full=ash(), grey=grey, shield=ash().crop((50, 50, 350, 380))))
    )
    seen = finder.find(near(hung(ash(), 220)))
    assert len(seen) == 1


def test_a_small_logo_is_found_in_twelve_megapixels_and_boxed_in_them(finder: LogoFinder) -> None:
    picture = Image.fromarray(scene()).resize((4000, 3000))
    sign = Image.new("RGB", (200, 220), "white")
    small = ash().resize((170, 187), Image.Resampling.LANCZOS)
    sign.paste(small, (15, 16), small)
    picture.paste(sign, (3000, 800))
    seen = finder.find(frame(picture))
    assert named(seen) == ["ash"]
    assert_near(seen[0].box, (3015, 816, 3185, 1003), 25)


def let_agree(points: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every position that is found stand on so many points."""

    def locate_with(*arguments: Any) -> tuple[Position | None, NDArray[np.bool_]]:
        position, lying = locate(*arguments)
        return position and replace(position, points=points), lying

    monkeypatch.setattr("tasmat_check.pictures.logos.locate", locate_with)


@pytest.mark.parametrize(("points", "score"), [(5, 0.6), (6, 0.7), (7, 0.8), (400, 0.99)])
def test_few_agreeing_points_make_a_logo_possible_and_more_make_it_found(
    finder: LogoFinder, monkeypatch: pytest.MonkeyPatch, points: int, score: float
) -> None:
    let_agree(points, monkeypatch)
    seen = finder.find(near(hung(oak(), 150)))
    assert seen[0].score == pytest.approx(score)
    assert (seen[0].score >= SURE) == (points >= 7)
    assert seen[0].score >= POSSIBLE


def test_four_agreeing_points_are_chance(finder: LogoFinder, monkeypatch: pytest.MonkeyPatch) -> None:
    let_agree(4, monkeypatch)
    assert finder.find(near(hung(oak(), 150))) == []


@pytest.mark.parametrize(
    ("points", "alike", "found"), [(19, 0.38, False), (19, 0.45, True), (20, 0.23, True), (20, 0.15, False)]
)
def test_the_fewer_points_agree_the_liker_a_logo_must_look(
    finder: LogoFinder, monkeypatch: pytest.MonkeyPatch, points: int, alike: float, found: bool
) -> None:
    let_agree(points, monkeypatch)
    monkeypatch.setattr("tasmat_check.pictures.logos.likeness", lambda *_: alike)
    assert bool(finder.find(near(hung(oak(), 150)))) == found


SQUARE = ((0, 0), (100, 0), (100, 100), (0, 100))


@pytest.mark.parametrize(
    ("corners", "possible"),
    [
        (((50, 20), (140, 40), (130, 130), (40, 110)), True),
        (((100, 0), (0, 0), (0, 100), (100, 100)), False),  # mirrored
        (((0, 0), (100, 0), (30, 30), (0, 100)), False),  # hollow
        (((0, 0), (38, 0), (38, 100), (0, 100)), False),  # squeezed
        (((0, 0), (100, 0), (70, 100), (30, 100)), False),  # one side too short for its opposite
        (((0, 0), (9, 0), (9, 9), (0, 9)), False),  # too small
        (((0, 0), (np.inf, 0), (90, 90), (0, 90)), False),  # beyond the horizon
    ],
)
def test_only_what_a_flat_logo_can_look_like_is_plausible(
    corners: tuple[tuple[float, float], ...], possible: bool
) -> None:
    assert is_plausible(np.array(corners, np.float32), 1) == possible


def test_agreeing_points_give_the_corners_and_strays_are_left_out() -> None:
    steps = np.linspace(2, 98, 6)
    logo = np.array([(x, y) for x in steps for y in steps], np.float32)
    corners = ((50, 20), (140, 40), (130, 130), (40, 110))
    onto = np.array([*plane(SQUARE, corners), 1]).reshape(3, 3)
    seen = np.column_stack([logo, np.ones(len(logo))]) @ onto.T
    picture = (seen[:, :2] / seen[:, 2:]).astype(np.float32)
    picture[::9] += 30
    zeros = np.zeros(len(logo), np.float32)
    position, lying = locate(Matches(logo, picture, zeros, zeros), 100, 100)
    assert position is not None
    assert position.points == 32
    assert position.span == pytest.approx(0.96)
    assert position.corners == pytest.approx(np.array(corners), abs=1)
    assert np.flatnonzero(~lying).tolist() == [0, 9, 18, 27]


def test_a_picture_described_in_strips_has_each_feature_once() -> None:
    luminance = np.random.default_rng(3).integers(0, 255, (40, 1000), np.uint8)
    features = describe(luminance, 100_000)
    whole = np.column_stack([features.places, features.sizes, features.turns]).round(1)
    assert len(np.unique(whole, axis=0)) == len(whole)
    assert 750 < features.places[:, 0].max() < 1000
    few = describe(luminance, 50)
    assert 40 < len(few) <= 50
    assert {tuple(place) for place in few.places} <= {tuple(place) for place in features.places}
    assert (few.places[:, 0] < 500).any()
    assert (few.places[:, 0] > 500).any()


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (40, 40)])
def test_a_tiny_or_empty_picture_shows_nothing(finder: LogoFinder, size: tuple[int, int]) -> None:
    assert finder.find(frame(Image.new("RGB", size, "white"))) == []


def test_without_references_nothing_is_found() -> None:
    assert LogoFinder(References()).find(frame(hung(ash(), 200))) == []


@pytest.mark.parametrize(("suffix", "format_"), [("png", "PNG"), ("jpg", "JPEG"), ("webp", "WEBP")])
def test_references_of_each_format_are_read(tmp_path: Path, suffix: str, format_: str) -> None:
    plain = Image.new("RGB", (480, 520), "white")
    plain.paste(ash(), (40, 40), ash())
    plain.save(tmp_path / f"ash.{suffix}", format_)
    references = load_references(tmp_path)
    assert [logo.name for logo in references.logos] == ["ash"]
    assert (references.refused, references.notes) == ((), ())
    assert named(LogoFinder(references).find(near(hung(ash(), 200)))) == ["ash"]


def test_a_white_logo_on_nothing_is_found_on_a_dark_ground(tmp_path: Path) -> None:
    ink = Image.eval(ash().convert("L"), lambda level: 255 if level < 128 else 0)
    white = Image.new("RGBA", ash().size, "white")
    white.putalpha(Image.composite(ink, Image.new("L", ink.size), ash().getchannel("A")))
    references = load_references(folder_of(tmp_path, white=white))
    assert references.notes == ()
    picture = Image.fromarray(scene())
    board = Image.new("RGBA", white.size, NAVY)
    board.alpha_composite(white)
    picture.paste(board.resize((200, 220)), (300, 200))
    assert named(LogoFinder(references).find(near(picture))) == ["white"]


def test_what_is_kept_of_references_finds_the_same_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    (tmp_path / "logos").mkdir()
    folder = folder_of(tmp_path / "logos", ash=ash())
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7")
    fresh = load_references(folder, kept)
    monkeypatch.setattr("tasmat_check.pictures.logo_references.describe", None)
    again = load_references(folder, kept)
    monkeypatch.undo()
    assert (again.refused, again.notes) == (fresh.refused, fresh.notes)
    picture = near(hung(ash(), 200))
    assert LogoFinder(again).find(picture) == LogoFinder(fresh).find(picture) != []
    oak().save(folder / "ash.png")
    assert LogoFinder(load_references(folder, kept)).find(picture) == []


def test_a_drawing_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "crest.svg").write_text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "hidden.png").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    references = load_references(tmp_path)
    assert references.logos == ()
    assert [gap.what for gap in references.refused] == ["logo crest.svg", "logo hidden.png"]
    assert all("export it as PNG" in gap.reason for gap in references.refused)


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    folder_of(tmp_path, ash=ash())
    (tmp_path / "broken.png").write_bytes((tmp_path / "ash.png").read_bytes()[:900])
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    Image.new("RGB", (300, 300), "white").save(tmp_path / "nothing.png")
    moving = io.BytesIO()
    oak().convert("RGB").save(moving, "GIF")
    (tmp_path / "old.gif").write_bytes(moving.getvalue())
    for passed_over in (".DS_Store", "README.md", "Thumbs.db"):
        (tmp_path / passed_over).write_bytes(b"\0\1")
    references = load_references(tmp_path)
    assert [logo.name for logo in references.logos] == ["ash"]
    names = ("broken.png", "letter.pdf", "nothing.png", "old.gif")
    assert [gap.what for gap in references.refused] == [f"logo {name}" for name in names]


def test_a_plain_mark_is_told_to_have_too_little_detail(tmp_path: Path) -> None:
    ring = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(ring).ellipse((60, 60, 340, 340), NAVY)
    references = load_references(folder_of(tmp_path, ring=ring, ash=ash()))
    assert references.notes == ("ring.png: this logo has too little detail to be found reliably.",)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    references = load_references(tmp_path / "logos")
    assert references.logos == ()
    assert [gap.what for gap in references.refused] == ["logos"]


def test_points_are_compared_by_halves_as_they_are_and_as_in_a_negative() -> None:
    random = np.random.default_rng(2)
    logo, picture = (
        Features(
            random.random((count, 2), np.float32),
            random.random(count, np.float32),
            random.random(count, np.float32),
            random.random((count, 128), np.float32),
            random.random(count, np.float32),
        )
        for count in (5, 7)
    )
    alike, negative = likenesses(logo.halves(), picture.halves())
    assert alike == pytest.approx(logo.descriptors @ picture.descriptors.T, rel=1e-5)
    assert negative == pytest.approx(logo.inverted().descriptors @ picture.descriptors.T, rel=1e-5)
