"""Reading words in pictures, with their places."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tasmat_check.models import Box
from tasmat_check.pictures import Frame
from tasmat_check.pictures.text_layout import Piece, arrange
from tasmat_check.pictures.text_recognition import Reading
from tasmat_check.pictures.words import Line, Transcript, WordReader

Pixels = NDArray[np.uint8]
Place = tuple[int, int, str, int]
LEFT = ("Our Year Six pupils went to", "the coast on Thursday and all", "of them collected some shells")
RIGHT = ("The summer fair opens at noon", "on Saturday in the hall. Cakes", "are welcome at the school gate")


@pytest.fixture(scope="module")
def reader() -> WordReader:
    return WordReader()


def draw(width: int, height: int, *places: Place, paper: int = 255, ink: int = 20) -> Pixels:
    image = Image.new("RGB", (width, height), (paper,) * 3)
    pen = ImageDraw.Draw(image)
    for left, top, text, size in places:
        pen.text((left, top), text, fill=(ink,) * 3, font=ImageFont.load_default(size))
    return np.array(image)


def texts(reader: WordReader, pixels: Pixels) -> list[str]:
    return [line.text for line in reader.read(Frame(pixels))]


SIGN = draw(700, 260, (40, 40, "Wrenfield Academy", 60), (40, 150, "Mill Lane, Lewes BN7 1UE", 36), paper=30, ink=240)


def test_a_sign_is_read_with_its_spaces(reader: WordReader) -> None:
    assert texts(reader, SIGN) == ["Wrenfield Academy", "Mill Lane, Lewes BN7 1UE"]


def test_short_and_long_lines_keep_their_spaces_side_by_side(reader: WordReader) -> None:
    long = "Please call the office on 01632 960 417 before nine if your child is ill today"
    pixels = draw(1300, 200, (20, 30, "BN7 1UE", 30), (20, 110, long, 30))
    assert texts(reader, pixels) == ["BN7 1UE", long]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_picture_is_read(reader: WordReader, quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(SIGN, quarters))
    assert texts(reader, turned) == ["Wrenfield Academy", "Mill Lane, Lewes BN7 1UE"]


def test_small_words_on_a_large_photo_are_read(reader: WordReader) -> None:
    pixels = draw(4000, 3000, (1700, 1500, "Zofia Nowak", 70), paper=140)
    assert texts(reader, pixels) == ["Zofia Nowak"]


def test_small_letters_of_a_small_picture_are_read(reader: WordReader) -> None:
    assert texts(reader, draw(260, 60, (10, 20, "Detention for Callum Reeve", 12))) == ["Detention for Callum Reeve"]


def test_boxes_lie_on_the_ink(reader: WordReader) -> None:
    transcript = Transcript(reader.read(Frame(SIGN)))
    for top, text, size in ((40, "Wrenfield Academy", 60), (150, "Mill Lane, Lewes BN7 1UE", 36)):
        font = ImageFont.load_default(size)
        for word in text.split():
            before = round(font.getlength(text[: text.index(word)]))
            left, upper, right, lower = (round(side) for side in font.getbbox(word))
            ink = Box(40 + before + left, top + upper, 40 + before + right, top + lower)
            start = transcript.text.index(word)
            box = transcript.box(start, start + len(word))
            assert _common(box, ink) > 0.5, (word, box, ink)


def test_boxes_turn_with_the_picture(reader: WordReader) -> None:
    upright = Transcript(reader.read(Frame(SIGN)))
    standing = Transcript(reader.read(Frame(np.ascontiguousarray(np.rot90(SIGN)))))
    start = upright.text.index("Academy")
    box, turned = upright.box(start, start + 7), standing.box(start, start + 7)
    assert _common(turned, Box(box.top, 700 - box.right, box.bottom, 700 - box.left)) > 0.7


def _common(one: Box, two: Box) -> float:
    width = min(one.right, two.right) - max(one.left, two.left)
    height = min(one.bottom, two.bottom) - max(one.top, two.top)
    both = max(width, 0) * max(height, 0)
    return both / (one.width * one.height + two.width * two.height - both)


def test_each_character_has_a_box_inside_the_picture(reader: WordReader) -> None:
    pixels = draw(300, 50, (-4, 6, "Larkhill Park Colle", 36))
    lines = reader.read(Frame(pixels))
    assert lines
    for line in lines:
        assert len(line.boxes) == len(line.text)
        assert all(0 <= box.left < box.right <= 300 and 0 <= box.top < box.bottom <= 50 for box in line.boxes)


def test_columns_of_prose_are_read_one_after_the_other(reader: WordReader) -> None:
    places: list[Place] = [(150, 20, "Wrenfield Academy News for parents and carers", 40)]
    for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        places += [(40, 120 + row * 50, left, 28), (600, 120 + row * 50, right, 28)]
    assert texts(reader, draw(1080, 300, *places)) == [places[0][2], *LEFT, *RIGHT]


def test_a_table_is_read_row_by_row(reader: WordReader) -> None:
    rows = [("Kayden Marsh", "Present"), ("Isla Penhale", "Dentist"), ("Ruby Tranter", "Late"), ("Imran Sadiq", "No")]
    places: list[Place] = []
    for number, (pupil, note) in enumerate(rows):
        places += [(40, 20 + number * 60, pupil, 30), (500, 20 + number * 60, note, 30)]
    assert texts(reader, draw(700, 280, *places)) == [cell for row in rows for cell in row]


def test_words_in_far_corners_are_read_without_searching_what_lies_between(
    reader: WordReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[int] = []
    whole = reader._detector._network.run

    def run(pixels: Pixels) -> NDArray[np.float32]:
        searched.append(pixels.shape[0] * pixels.shape[1])
        return whole(pixels)

    pixels = draw(1400, 1000, (30, 30, "Zofia Nowak", 40), (1080, 920, "Imran Sadiq", 40), paper=140)
    monkeypatch.setattr(reader._detector._network, "run", run)
    assert texts(reader, pixels) == ["Zofia Nowak", "Imran Sadiq"]
    assert len(searched) == 3
    assert sum(searched[1:]) < 0.3 * 4 * searched[0]


@pytest.mark.parametrize("size", [(1400, 1000), (1023, 777), (350, 260)])
def test_a_line_across_the_whole_picture_is_read_in_one_piece(reader: WordReader, size: tuple[int, int]) -> None:
    text = "Please call the office before nine if your child is ill"
    pixels = draw(*size, (8, size[1] // 2, text, round(size[0] / 28)))
    assert texts(reader, pixels) == [text]


def test_a_picture_without_lines_does_not_load_the_recognizer() -> None:
    reader = WordReader()
    pixels = np.full((400, 500, 3), 90, np.uint8)
    pixels[100:300, 250:] = 200
    assert reader.read(Frame(pixels)) == []
    assert "_session" in vars(reader._detector._network)
    assert "_session" not in vars(reader._recognizer._network)


@pytest.mark.parametrize("shape", [(300, 400), (1, 1), (3, 5_000), (5_000, 3)])
def test_an_empty_picture_gives_nothing(reader: WordReader, shape: tuple[int, int]) -> None:
    assert reader.read(Frame(np.full((*shape, 3), 200, np.uint8))) == []


def test_noise_gives_nothing(reader: WordReader) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (400, 500, 3)).astype(np.uint8)
    assert reader.read(Frame(noise)) == []


def test_networks_that_are_not_installed_are_an_import_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasmat_check.pictures.text_networks.find_spec", lambda _: None)
    with pytest.raises(ImportError, match="rapidocr"):
        WordReader()


def a_line(text: str, top: int) -> Line:
    return Line(text, tuple(Box(10 * at, top, 10 * at + 10, top + 20) for at in range(len(text))), 1.0)


TRANSCRIPT = Transcript([a_line("Call 01632", 0), a_line("960-417 now", 30)])


@pytest.mark.parametrize(
    ("start", "end", "box"),
    [
        (0, 4, Box(0, 0, 40, 20)),
        (5, 10, Box(50, 0, 100, 20)),
        (11, 14, Box(0, 30, 30, 50)),
        (5, 18, Box(0, 0, 100, 50)),
        (10, 11, Box(90, 0, 100, 20)),  # the newline is where its line ends
        (19, 99, Box(80, 30, 110, 50)),
    ],
)
def test_spans_have_the_box_around_their_characters(start: int, end: int, box: Box) -> None:
    assert TRANSCRIPT.text == "Call 01632\n960-417 now"
    assert TRANSCRIPT.box(start, end) == box


def test_a_span_without_characters_has_no_box() -> None:
    with pytest.raises(ValueError, match="no characters"):
        TRANSCRIPT.box(4, 4)
    with pytest.raises(ValueError, match="no characters"):
        Transcript([]).box(0, 1)


def a_piece(text: str, left: float, top: float, slope: float = 0.0) -> Piece:
    width, height = 14.0 * len(text), 30.0
    quad = np.array([(left, top), (left + width, top), (left + width, top + height), (left, top + height)], np.float32)
    quad[:, 1] += slope * quad[:, 0]
    return Piece(Reading(text, tuple((at + 0.5) / len(text) for at in range(len(text))), 1.0), quad)


@pytest.mark.parametrize("slope", [-0.1, 0.0, 0.1])
def test_pieces_of_a_row_are_one_line_when_near(slope: float) -> None:
    pieces = [
        a_piece("door", 600, 100, slope),
        a_piece("Academy", 160, 0, slope),
        a_piece("Wrenfield", 20, 0, slope),
        a_piece("Ring", 20, 100, slope),
    ]
    lines = [[piece.reading.text for piece in line] for line in arrange(pieces)]
    assert lines == [["Wrenfield", "Academy"], ["Ring"], ["door"]]
