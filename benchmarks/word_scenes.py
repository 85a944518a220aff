"""Draws signs, badges, whiteboards, registers, certificates and screens with words, for words.py."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from photographing import Pixels, Word, jpeg, photographed, worsened

_FONTS = Path("/usr/share/fonts/truetype/dejavu")
FACES = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSansCondensed.ttf",
    "DejaVuSansCondensed-Bold.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSerif-Bold.ttf",
    "DejaVuSerifCondensed-Italic.ttf",
    "DejaVuSansMono.ttf",
)
_SCHOOLS = ("Wrenfield Academy", "Oakmere Primary School", "St Brannoc's School", "Larkhill Park College")
_PUPILS = (
    "Kayden Marsh", "Amelia Okafor", "Tobias Lund", "Freya Whitlock", "Imran Sadiq", "Poppy Garside",
    "Zofia Nowak", "Callum Reeve", "Isla Penhale", "Marcus Adeyemi", "Ruby Tranter", "Elliot Vance",
)  # fmt: skip
TURNS = ("clean", "photo", "hard")


class Scene(NamedTuple):
    """A drawn picture and the words in it."""

    kind: str
    turn: str
    pixels: Pixels
    words: list[Word]


class Sheet:
    """A picture being drawn, in any of the machine's DejaVu faces."""

    def __init__(self, width: int, height: int, paper: tuple[int, int, int]) -> None:
        from PIL import Image, ImageDraw

        self.image = Image.new("RGB", (width, height), paper)
        self.pen = ImageDraw.Draw(self.image)
        self.words: list[Word] = []

    def write(
        self, place: tuple[float, float], text: str, size: float, ink: tuple[int, int, int], face: str = FACES[0]
    ) -> float:
        """Write one line with its upper left corner at `place`; returns its width."""
        from PIL import ImageFont

        font = ImageFont.truetype(str(_FONTS / face), size)
        self.pen.text(place, text, fill=ink, font=font)
        start = 0
        for word in text.split():
            start = text.index(word, start)
            left = place[0] + self.pen.textlength(text[:start], font)
            x0, y0, x1, y1 = self.pen.textbbox((left, place[1]), word, font)
            self.words.append(Word(word, np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float)))
            start += len(word)
        return float(self.pen.textlength(text, font))

    def centre(self, top: float, text: str, size: float, ink: tuple[int, int, int], face: str) -> None:
        """Write one line in the middle."""
        from PIL import ImageFont

        width = self.pen.textlength(text, ImageFont.truetype(str(_FONTS / face), size))
        self.write(((self.image.width - width) / 2, top), text, size, ink, face)


def contrasting(random: np.random.Generator) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Choose paper and ink that contrast, either of them dark."""
    dark = tuple(int(value) for value in random.integers(0, 90, 3))
    light = tuple(int(value) for value in random.integers(190, 256, 3))
    return (dark, light) if random.random() < 0.5 else (light, dark)  # type: ignore[return-value]


def draw_sign(random: np.random.Generator) -> Sheet:
    """Draw a school's sign with its address."""
    paper, ink = contrasting(random)
    sheet = Sheet(1000, 560, paper)
    face = str(random.choice(FACES))
    sheet.centre(60, str(random.choice(_SCHOOLS)), 68, ink, face)
    sheet.centre(190, "Learning together every day", 36, ink, face)
    sheet.centre(300, "Mill Lane, Lewes BN7 1UE", 40, ink, face)
    sheet.centre(400, "Telephone 01632 960 417", 36, ink, str(random.choice(FACES)))
    return sheet


def draw_badge(random: np.random.Generator) -> Sheet:
    """Draw a name badge."""
    paper, ink = contrasting(random)
    sheet = Sheet(640, 400, paper)
    face = str(random.choice(FACES))
    sheet.centre(30, str(random.choice(_SCHOOLS)), 34, ink, face)
    sheet.centre(140, str(random.choice(_PUPILS)), 58, ink, face)
    sheet.centre(260, "Year 8 Prefect", 30, ink, face)
    sheet.centre(330, "ID 40713", 22, ink, "DejaVuSansMono.ttf")
    return sheet


def draw_whiteboard(random: np.random.Generator) -> Sheet:
    """Draw a whiteboard with pupils and what they are told."""
    sheet = Sheet(1400, 900, (243, 245, 244))
    sheet.pen.rectangle((0, 0, 1399, 899), outline=(150, 150, 155), width=14)
    inks = [(20, 60, 150), (170, 30, 40), (20, 110, 60), (25, 25, 30)]
    face = str(random.choice(FACES[:4]))
    sheet.write((70, 50), "Detention today 3.15 pm", 62, inks[1], face)
    for row, pupil in enumerate(random.permutation(_PUPILS)[:6]):
        size = int(random.integers(40, 56))
        sheet.write(
            (80 + int(random.integers(0, 30)), 170 + row * 90),
            f"{pupil} room {random.integers(2, 30)}",
            size,
            inks[row % 4],
            face,
        )
    sheet.write((70, 760), "Homework: read pages 12 to 19", 44, inks[0], face)
    return sheet


def draw_register(random: np.random.Generator) -> Sheet:
    """Draw a class register with marks and notes in columns."""
    sheet = Sheet(1100, 900, (255, 255, 255))
    ink, face = (20, 20, 20), str(random.choice(FACES[:7]))
    sheet.write((40, 30), "Register 7B Monday 12 May", 34, ink, face)
    notes = ("Absent", "Present", "Late 9.20", "Medical", "Free school meals", "Dentist")
    for row, pupil in enumerate(random.permutation(_PUPILS)[:11]):
        top = 110 + row * 66
        sheet.pen.line((30, top - 14, 1070, top - 14), fill=(170, 170, 170), width=2)
        sheet.write((40, top), str(pupil), 28, ink, face)
        sheet.write((520, top), str(random.choice(["Yes", "No"])), 28, ink, face)
        sheet.write((720, top), str(random.choice(notes)), 28, ink, face)
    return sheet


def draw_certificate(random: np.random.Generator) -> Sheet:
    """Draw a certificate for a pupil."""
    sheet = Sheet(1200, 850, (250, 245, 228))
    sheet.pen.rectangle((25, 25, 1174, 824), outline=(150, 110, 30), width=8)
    ink = tuple(int(value) for value in random.integers(0, 100, 3))
    face = str(random.choice(FACES[5:8]))
    sheet.centre(90, "Certificate of Achievement", 60, ink, face)  # type: ignore[arg-type]
    sheet.centre(230, "This is awarded to", 34, ink, face)  # type: ignore[arg-type]
    sheet.centre(320, str(random.choice(_PUPILS)), 72, ink, face)  # type: ignore[arg-type]
    sheet.centre(480, "for outstanding effort in Science", 36, ink, face)  # type: ignore[arg-type]
    sheet.centre(600, str(random.choice(_SCHOOLS)), 40, ink, face)  # type: ignore[arg-type]
    sheet.centre(710, "Friday 16 May 2025", 28, ink, face)  # type: ignore[arg-type]
    return sheet


def draw_chat(random: np.random.Generator) -> Sheet:
    """Draw a chat on a telephone, one side left, the other right."""
    dark = random.random() < 0.5
    sheet = Sheet(1080, 1700, (17, 27, 33) if dark else (236, 229, 221))
    ink = (233, 237, 239) if dark else (17, 27, 33)
    sheet.write((60, 40), f"{random.choice(_PUPILS)} mum", 48, ink, FACES[1])
    says = (
        ("Hi is Kayden back tomorrow?", "He had another seizure"),
        ("Oh no, poor thing!", "Please call 07700 900 417"),
        ("Or e-mail office@wrenfield.example", "Thank you so much"),
        ("See you at 8.45 at the gate", "Don't tell Mrs Garside"),
    )
    top = 160
    for left, right in says:
        for side, text in ((0, left), (1, right)):
            x = 60 if side == 0 else 330
            colour = ((32, 44, 51), (0, 92, 75)) if dark else ((255, 255, 255), (217, 253, 211))
            sheet.pen.rounded_rectangle((x - 25, top - 20, x + 720, top + 110), 24, fill=colour[side])
            sheet.write((x, top), text, 36, ink, FACES[0])
            sheet.write(
                (x + 590, top + 58), f"{random.integers(10, 24)}:{random.integers(10, 60)}", 26, (130, 140, 145)
            )
            top += 170
    return sheet


def draw_email(random: np.random.Generator) -> Sheet:
    """Draw an e-mail on a laptop's screen, in small letters."""
    sheet = Sheet(1366, 768, (255, 255, 255))
    ink, face = (32, 33, 36), str(random.choice(("DejaVuSans.ttf", "DejaVuSansCondensed.ttf", "DejaVuSerif.ttf")))
    pupil = str(random.choice(_PUPILS))
    sheet.pen.rectangle((0, 0, 220, 767), fill=(242, 245, 250))
    for row, label in enumerate(("Inbox", "Starred", "Sent", "Drafts", "Archive")):
        sheet.write((40, 90 + row * 38), label, 16, ink, face)
    sheet.write((260, 40), f"Safeguarding concern: {pupil}", 26, ink, face)
    sheet.write((260, 100), "From: head@oakmere.example", 16, ink, face)
    sheet.write((260, 128), "To: staff@oakmere.example", 16, (90, 90, 95), face)
    body = (
        "Dear all,",
        f"I wanted to let you know that {pupil} has been referred to social services",
        "after a disclosure made to Mrs Garside on Tuesday afternoon. Please do not",
        "discuss this with anyone outside the pastoral team.",
        "",
        "The family can be reached on 01632 960 233 or at 14 Mill Lane, BN7 1UE.",
        "",
        "Kind regards,",
        "Ms R. Tranter, Headteacher",
    )
    for row, text in enumerate(body):
        sheet.write((260, 190 + row * 30), text, 16, ink, face)
    return sheet


def draw_newsletter(random: np.random.Generator) -> Sheet:
    """Draw a newsletter in two columns."""
    paper, ink = (255, 255, 255), (25, 25, 30)
    sheet = Sheet(1200, 900, paper)
    face = str(random.choice(("DejaVuSans.ttf", "DejaVuSerif.ttf")))
    sheet.centre(40, f"{random.choice(_SCHOOLS)} News", 52, ink, FACES[6])
    left = (
        "Our Year Six pupils went to the",
        "coast on Thursday and collected",
        "shells with Mr Vance. The weather",
        "was kind and nobody fell in.",
        "Well done to Zofia Nowak who",
        "carried the heavy bucket home.",
    )
    right = (
        "The summer fair opens at noon",
        "on Saturday. Cakes are welcome",
        "at the office before nine. Please",
        "park in the lane and not on the",
        "playing field. Thank you for all",
        "your help with the raffle prizes.",
    )
    for row, (one, two) in enumerate(zip(left, right, strict=True)):
        sheet.write((60, 170 + row * 48), one, 27, ink, face)
        sheet.write((640, 170 + row * 48), two, 27, ink, face)
    return sheet


def draw_jumper(random: np.random.Generator) -> Sheet:
    """Draw a school's name in thread on knitted cloth."""
    from PIL import Image

    cloth = random.integers(0, 120, 3)
    sheet = Sheet(900, 900, (0, 0, 0))
    rows, columns = np.mgrid[0:900, 0:900]
    knit = 14 * np.sin(rows * 0.9) * np.sin(columns * 0.5 + rows * 0.45)
    folds = 18 * np.sin(columns / 130 + rows / 300)
    pixels = cloth + (knit + folds)[..., None] + random.normal(0, 6, (900, 900, 1))
    sheet.image.paste(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    ink = tuple(int(value) for value in random.integers(170, 250, 3))
    for row, word in enumerate(str(random.choice(_SCHOOLS)).split()):
        sheet.centre(300 + row * 70, word, 48, ink, FACES[1])  # type: ignore[arg-type]
    return sheet


def draw_screen(random: np.random.Generator) -> Sheet:
    """Draw the e-mail in small letters in a window of a large screen."""
    window = draw_email(random)
    sheet = Sheet(2560, 1440, (58, 110, 165))
    left, top = int(random.integers(0, 1100)), int(random.integers(0, 600))
    sheet.image.paste(window.image, (left, top))
    sheet.words = [Word(word.text, word.corners + np.array((left, top))) for word in window.words]
    return sheet


DRAWERS: dict[str, Callable[[np.random.Generator], Sheet]] = {
    "sign": draw_sign,
    "badge": draw_badge,
    "whiteboard": draw_whiteboard,
    "register": draw_register,
    "certificate": draw_certificate,
    "chat": draw_chat,
    "email": draw_email,
    "newsletter": draw_newsletter,
    "jumper": draw_jumper,
    "screen": draw_screen,
}


def draw_scene(kind: str, turn: str, seed: int) -> Scene:
    """Draw one scene; the same seed draws the same."""
    random = np.random.default_rng([seed, *kind.encode(), *turn.encode()])
    sheet = DRAWERS[kind](random)
    pixels, words = np.asarray(sheet.image), sheet.words
    if turn == "clean":
        return Scene(kind, turn, jpeg(pixels, 90), words)
    pixels, words = photographed(pixels, words, random)
    if turn == "hard":
        pixels, words = worsened(pixels, words)
    return Scene(kind, turn, jpeg(pixels, int(random.integers(60, 90))), words)
