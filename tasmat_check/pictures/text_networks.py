"""Finds and recognizes lines of text with the two PP-OCRv6 networks in rapidocr's wheel.

Only the wheel's files are used: its code, which can fetch other weights and write logs, is never imported. What comes
before and after the networks follows rapidocr 3.10: `DBPostProcess` (Liao and others, "Real-time Scene Text Detection
with Differentiable Binarization", 2020) and `CTCLabelDecode`.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasmat_check.pictures.scaling import resized, scaled

if TYPE_CHECKING:
    import onnxruntime

Pixels = NDArray[np.uint8]
Quad = NDArray[np.float32]
"""Four corners (x, y) of a line of text: upper left, upper right, lower right, lower left, as the text is read."""

_DETECTOR = "PP-OCRv6_det_small.onnx"
_RECOGNIZER = "PP-OCRv6_rec_small.onnx"

_INK = 0.3
"""Where the detector's map says text. This and the next two are rapidocr's own settings."""

_LINE = 0.5
"""Mean of the map over a line, at least."""

_GROWTH = 1.6
"""The map shows lines without their rim; each side grows by area x this / circumference."""

_SHORTEST_SIDE = 3
"""Lines flatter than this on the map, in pixels, are dirt."""

_STRIDE = 32
"""The detector takes sides that are multiples of this."""

_HEIGHT = 48
"""Pixels that the recognizer takes a line to be high."""

_NARROWEST, _WIDEST = 48, 3200
"""Pixels across that the recognizer is given; a longer line is squeezed."""

_SPACE = 0.1
"""Chance of a space between two characters above which there is one, though a blank is likelier.

Of 45 spaces 0.1 em wide it brings back 8 of the 31 that the likeliest characters lose, of those 0.14 em wide all 5, and
adds none between spaced letters; 0.05 adds some. What is lost nevertheless, recognizers/spacing.py makes good.
"""


class Reading(NamedTuple):
    """One recognized line: its text, where each character's middle lies (0 to 1 along the line) and a mean score.

    `ink` says where between its corners the line has ink: left, top, right, bottom, each from 0 to 1.
    """

    text: str
    middles: tuple[float, ...]
    score: float
    ink: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


class _Network:
    """One of the wheel's networks."""

    def __init__(self, name: str) -> None:
        import onnxruntime

        self._session = _load(name)
        self._input = self._session.get_inputs()[0].name
        self._options = onnxruntime.RunOptions()
        # The memory of the largest picture is given back.
        self._options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    @property
    def facts(self) -> dict[str, str]:
        """What the network's file says about it."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(self, pixels: NDArray[Any]) -> NDArray[np.float32]:
        """Give the network's answer to one picture."""
        answer: NDArray[np.float32] = self._session.run(None, {self._input: _planes(pixels)}, self._options)[0][0]
        return answer


def _load(name: str) -> "onnxruntime.InferenceSession":
    import onnxruntime

    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders or ("",)))) / "models" / name
    if not path.is_file():
        raise ImportError(f"rapidocr's {name} is not installed")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _planes(pixels: NDArray[Any]) -> NDArray[np.float32]:
    """Lay out pixels as both networks take them: 1 × (blue, green, red) × height × width from -1 to 1."""
    planes = pixels[..., ::-1].transpose(2, 0, 1).astype(np.float32)
    planes /= 127.5
    planes -= 1
    return planes[None]


class TextDetector:
    """Finds lines of text."""

    def __init__(self) -> None:
        """Load the network. Raises ImportError where it is not installed."""
        self._network = _Network(_DETECTOR)

    def detect(self, pixels: Pixels, scale: float) -> list[Quad]:
        """Find lines in a picture seen at `scale`; the corners are in pixels of the picture itself."""
        import cv2

        height, width = pixels.shape[:2]
        across, down = (max(_STRIDE, round(side * scale / _STRIDE) * _STRIDE) for side in (width, height))
        seen = resized(pixels, across, down)
        heat = self._network.run(seen)[0]
        mask = cv2.dilate((heat > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        quads = [quad for contour in contours if (quad := _quad(heat, contour)) is not None]
        return [quad * np.array((width / across, height / down), np.float32) for quad in quads]


def _quad(heat: NDArray[np.float32], contour: Any) -> Quad | None:
    """Turn a spot of the map into the corners of a line, or None for dirt."""
    import cv2

    centre, (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < _SHORTEST_SIDE or _mean(heat, cv2.boxPoints((centre, (width, height), angle))) < _LINE:
        return None
    rim = width * height * _GROWTH / (width + height)
    return _in_order(cv2.boxPoints((centre, (width + rim, height + rim), angle)))


def _mean(heat: NDArray[np.float32], corners: NDArray[Any]) -> float:
    import cv2

    height, width = heat.shape
    left, top = np.clip(np.floor(corners.min(0)), 0, (width - 1, height - 1)).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(0)), 0, (width - 1, height - 1)).astype(int)
    mask = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(heat[top : bottom + 1, left : right + 1], mask)[0])


def _in_order(corners: NDArray[Any]) -> Quad:
    """Put corners in the order of a Quad, as if the text stood nearest to upright."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    upper_left, lower_left = by_x[:2][np.argsort(by_x[:2, 1])]
    upper_right, lower_right = by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array([upper_left, upper_right, lower_right, lower_left], np.float32)


class TextRecognizer:
    """Reads one line of text at a time: lines padded to one width, as rapidocr does, lose many of their spaces."""

    def __init__(self) -> None:
        """Load the network. Raises ImportError where it is not installed."""
        self._network = _Network(_RECOGNIZER)
        characters = self._network.facts["character"].splitlines()
        self._characters = ["", *characters, " "]

    def recognize(self, pixels: Pixels, quad: Quad) -> Reading:
        """Read the line between four corners; `quad` may be rolled to have it read turned."""
        strip = _strip(pixels, quad)
        return self._decode(self._network.run(strip))._replace(ink=_ink(strip))

    def _decode(self, chances: NDArray[np.float32]) -> Reading:
        """Take the likeliest character of each column, drop repetitions and blanks, put back likely spaces."""
        best = chances.argmax(1)
        fresh = np.flatnonzero((best != 0) & np.r_[True, best[1:] != best[:-1]])
        space = len(self._characters) - 1
        found: list[tuple[str, float]] = []
        before = 0
        scores = []
        for column in fresh:
            gap = chances[before:column, space]
            if best[column] != space and found and found[-1][0] != " " and gap.size and gap.max() > _SPACE:
                found.append((" ", before + float(gap.argmax())))
            found.append((self._characters[best[column]], float(column)))
            scores.append(float(chances[column, best[column]]))
            before = int(column) + 1
        return _reading(found, len(best), scores)


def _reading(found: list[tuple[str, float]], columns: int, scores: list[float]) -> Reading:
    while found and found[0][0].isspace():
        del found[0]
    while found and found[-1][0].isspace():
        del found[-1]
    if not found:
        return Reading("", (), 0.0)
    # A few entries of the character list are not one code point, but each character needs one place.
    text = "".join(character[0] if character else "\ufffd" for character, _ in found)
    middles = tuple((column + 0.5) / columns for _, column in found)
    return Reading(text, middles, float(np.mean(scores)))


def _strip(pixels: Pixels, quad: Quad) -> Pixels:
    """Cut a line out of a picture, straight and as high as the recognizer takes it."""
    import cv2

    length, height = sides(quad)
    across = min(_WIDEST, max(_NARROWEST, round(length * _HEIGHT / max(height, 1))))
    left, top = np.clip(np.floor(quad.min(0)), 0, None).astype(int)
    right, bottom = np.ceil(quad.max(0)).astype(int) + 1
    region: NDArray[Any] = pixels[top:bottom, left:right]
    corners = quad - np.array((left, top), np.float32)
    shrink = min(1.0, _HEIGHT / height)
    if shrink < 1:  # averaged first: a warp to a smaller size would skip pixels
        region = scaled(region, shrink)
        corners *= shrink
    frame = np.array([(0, 0), (across, 0), (across, _HEIGHT), (0, _HEIGHT)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), frame)
    size = (across, _HEIGHT)
    strip = cv2.warpPerspective(region, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.uint8)


def _ink(strip: Pixels) -> tuple[float, float, float, float]:
    """Find where in a strip pixels differ from its rim; left, top, right and bottom as shares."""
    import cv2

    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY).astype(np.int16)
    rim = np.median(np.r_[grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    contrast = np.abs(grey - rim).clip(0, 255).astype(np.uint8)
    _, mask = cv2.threshold(contrast, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    height, width = mask.shape
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not rows.size or rows[-1] - rows[0] < height // 3:
        return (0.0, 0.0, 1.0, 1.0)
    return (
        float(columns[0] / width),
        float(rows[0] / height),
        float((columns[-1] + 1) / width),
        float((rows[-1] + 1) / height),
    )


def sides(quad: Quad) -> tuple[float, float]:
    """Measure a line: its length and its height in pixels."""
    length = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    height = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    return float(length), float(height)
