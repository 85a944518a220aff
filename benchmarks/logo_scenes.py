"""Pastes logos on photographs as they are met: turned, in perspective, blurred, badly lit, covered, embroidered."""

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Logo = NDArray[np.float32]
"""Height × width × 4: red, green, blue and cover, 0 to 1."""

SIZES = (0.04, 0.07, 0.12, 0.25, 0.4)
"""Widths of a pasted logo, as shares of the photograph's."""

_SMALLEST_PHOTOGRAPH = 256


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to a logo, each at most.

    `turn` in degrees, `slant` the way of each corner in widths, `blur` a radius in pixels, `quality` that of the JPEG,
    `light` and `cover` as shares; `cloth` stitches the logo in one colour.
    """

    name: str
    turn: float = 10
    slant: float = 0.03
    blur: float = 0.6
    quality: int = 88
    light: float = 0.1
    cover: float = 0
    cloth: bool = False


TREATMENTS = (
    Treatment("plain"),
    Treatment("turned", turn=180),
    Treatment("perspective", slant=0.16),
    Treatment("blurred", blur=1.8),
    Treatment("saved badly", quality=40),
    Treatment("badly lit", light=0.55),
    Treatment("half covered", cover=0.5),
    Treatment("embroidered", cloth=True),
    Treatment("mixed", turn=40, slant=0.1, blur=1.0, quality=70, light=0.3, cover=0.2),
)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A photograph with a logo pasted: `box` is left, top, right and bottom in pixels."""

    pixels: Pixels
    logo: str
    treatment: str
    size: float
    box: tuple[int, int, int, int]


def scene(photograph: Pixels, named: tuple[str, Logo], size: float, how: Treatment, seed: int) -> Scene:
    """Paste a logo; the same seed gives the same scene."""
    random = np.random.default_rng(seed)
    name, logo = named
    height, width = photograph.shape[:2]
    if how.cloth:
        logo = _embroidered(logo, random)
    corners = _corners(logo, size, how, (width, height), random)
    left, top = (int(value) for value in np.floor(corners.min(axis=0)))
    right, bottom = (int(value) for value in np.ceil(corners.max(axis=0)))
    ground = photograph[top:bottom, left:right]
    if not how.cloth and ground.mean() < 128:
        logo = _on_card(logo, random)
    layer = _warped(logo, corners, (width, height))
    picture = photograph / 255 * (1 - layer[..., 3:]) + layer[..., :3] * layer[..., 3:]
    if how.cover:
        _cover(picture, photograph, (left, top, right, bottom), how.cover * random.uniform(0.6, 1), random)
    return Scene(_photographed(picture, how, random), name, how.name, size, (left, top, right, bottom))


def read_photographs(folder: Path, half: str, side: int) -> dict[str, Pixels]:
    """Read one half of a folder's photographs, scaled to one longer side; what is too small for one is left out."""
    from PIL import Image

    photographs = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in {".jpg", ".jpeg", ".png"} or _half(path) != half:
            continue
        with Image.open(path) as opened:
            if min(opened.size) < _SMALLEST_PHOTOGRAPH:
                continue
            picture = opened.convert("RGB")
        scale = side / max(picture.size)
        size = (round(picture.width * scale), round(picture.height * scale))
        photographs[path.stem] = np.asarray(picture.resize(size, Image.Resampling.BICUBIC))
    return photographs


def read_logos(folder: Path) -> dict[str, Logo]:
    """Read a folder's logos, without their empty margins."""
    from PIL import Image

    logos: dict[str, Logo] = {}
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as opened:
            picture = opened.convert("RGBA")
        logos[path.stem] = np.asarray(picture.crop(picture.getchannel("A").getbbox()), np.float32) / np.float32(255)
    return logos


def _half(path: Path) -> str:
    return "unseen" if zlib.crc32(path.stem.encode()) % 2 else "seen"


def _corners(
    logo: Logo, size: float, how: Treatment, room: tuple[int, int], random: np.random.Generator
) -> NDArray[np.float64]:
    """Give the four corners of a logo, clockwise from its upper left, somewhere in the photograph."""
    height, width = logo.shape[:2]
    side = size * room[0]
    corners = np.array([(0, 0), (1, 0), (1, height / width), (0, height / width)]) * side
    angle = np.deg2rad(random.uniform(-how.turn, how.turn))
    turn = np.array([(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))])
    corners = corners @ turn + random.uniform(-how.slant, how.slant, (4, 2)) * side
    corners -= corners.min(axis=0)
    free = np.maximum(np.array(room) - corners.max(axis=0) - 2, 0)
    placed: NDArray[np.float64] = corners + random.uniform(0, 1, 2) * free
    return placed


def _warped(logo: Logo, corners: NDArray[np.float64], size: tuple[int, int]) -> Logo:
    """Give a layer of the photograph's size with the logo at its corners."""
    import cv2

    scale = float(np.linalg.norm(corners[1] - corners[0])) / logo.shape[1]
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    # Warping alone would leave out pixels of a logo that becomes smaller.
    small = cv2.resize(logo, None, fx=scale, fy=scale, interpolation=way)
    height, width = small.shape[:2]
    own = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    plane = cv2.getPerspectiveTransform(own, corners.astype(np.float32))
    return np.clip(cv2.warpPerspective(small, plane, size), 0, 1).astype(np.float32)


def _on_card(logo: Logo, random: np.random.Generator) -> Logo:
    """Put a logo on pale card, as it is printed where the ground is too dark for it."""
    card = np.ones_like(logo)
    card[..., :3] = logo[..., :3] * logo[..., 3:] + random.uniform(0.8, 1, 3) * (1 - logo[..., 3:])
    return card


def _embroidered(logo: Logo, random: np.random.Generator) -> Logo:
    """Stitch a logo in thread of one colour on a piece of cloth, light on dark or dark on light."""
    import cv2

    thread, cloth = random.uniform(0.65, 0.95, 3), random.uniform(0.05, 0.35, 3)
    if random.random() < 0.5:
        thread, cloth = cloth, thread
    dark = (1 - logo[..., :3].mean(axis=2)) * logo[..., 3]
    height, width = dark.shape
    stitched = np.clip(dark / np.percentile(dark[dark > 0.1], 60) * 1.2 - 0.1, 0, 1)[..., None]
    # A crest is some hundred stitches wide.
    rows, columns = np.mgrid[:height, :width] / width * 100
    stitches = 1 + 0.18 * np.sin((rows + columns) * 4) + random.normal(0, 0.05, dark.shape)
    weave = 1 + 0.06 * np.sin(rows * 6) * np.sin(columns * 6) + random.normal(0, 0.03, dark.shape)
    colours = stitched * thread * stitches[..., None] + (1 - stitched) * cloth * weave[..., None]
    cover = np.ones_like(dark)
    edge = max(1, width // 25)
    cover[:edge] = cover[-edge:] = cover[:, :edge] = cover[:, -edge:] = 0
    cover = cv2.GaussianBlur(cover, (0, 0), edge / 3)
    return np.dstack([np.clip(colours, 0, 1), cover]).astype(np.float32)


def _cover(
    picture: NDArray[np.float64],
    photograph: Pixels,
    box: tuple[int, int, int, int],
    share: float,
    random: np.random.Generator,
) -> None:
    """Lay another part of the photograph over one side of the logo."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if random.random() < 0.5:
        width = round(width * share)
        left = left if random.random() < 0.5 else right - width
    else:
        height = round(height * share)
        top = top if random.random() < 0.5 else bottom - height
    there = picture[top : top + height, left : left + width]
    above = int(random.integers(0, photograph.shape[0] - there.shape[0] + 1))
    beside = int(random.integers(0, photograph.shape[1] - there.shape[1] + 1))
    there[:] = photograph[above : above + there.shape[0], beside : beside + there.shape[1]] / 255


def _photographed(picture: NDArray[np.float64], how: Treatment, random: np.random.Generator) -> Pixels:
    """Light, blur and save a picture, with a camera's noise."""
    import cv2

    slope = np.linspace(1 - how.light, 1, picture.shape[1])[:, None] if random.random() < 0.5 else 1
    picture = picture * random.uniform(1 - how.light, 1 + how.light / 2) * slope
    blurred = cv2.GaussianBlur(picture, (0, 0), how.blur * random.uniform(0.5, 1)) * 255
    shown = np.clip(blurred + random.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)
    saved = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, how.quality])[1]
    return np.asarray(cv2.imdecode(saved, cv2.IMREAD_COLOR), np.uint8)
