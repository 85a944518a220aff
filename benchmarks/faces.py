"""Measures finding faces: recall, false finds and CPU time per megapixel, on a folder of labelled pictures.

    python benchmarks/faces.py FOLDER [--labels faces.jsonl] [--each]

Each line of the label file is {"picture": "name.jpg", "boxes": [[left, top, right, bottom], …]}, in pixels of the
upright picture, `right` and `bottom` exclusive; a picture without a face has no boxes. A sighting finds a labelled face
when they share three tenths of the area they cover together. CPU time is of this process, without opening the picture.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tasmat_check.models import SURE, Box
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.drawn_faces import photographed
from tasmat_check.pictures.faces import POSSIBLE, FaceFinder

FOUND_FROM = 0.3
"""Intersection over union from which on a sighting shows a labelled face."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen in one picture, beside what is in it; `cpu` in seconds, `megapixels` of the picture as it is."""

    name: str
    faces: tuple[Box, ...]
    sightings: tuple[Sighting, ...]
    cpu: float
    megapixels: float


@dataclass(frozen=True, slots=True)
class Count:
    """Faces that were found, faces that were missed, and sightings where there is no face."""

    found: int
    missed: int
    false: int


def main() -> None:
    """Measure a folder and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labels", default="faces.jsonl", help="the label file's name in the folder")
    parser.add_argument("--each", action="store_true", help="print a line per picture, too")
    options = parser.parse_args()
    outcomes = []
    for outcome in measure(options.folder, options.labels):
        outcomes.append(outcome)
        if options.each:
            print(line(outcome.name, [outcome], SURE))
    for score in (SURE, POSSIBLE):
        print(line(f"all, score ≥ {score}", outcomes, score))
        empty = [outcome for outcome in outcomes if not outcome.faces]
        flagged = sum(any(sighting.score >= score for sighting in outcome.sightings) for outcome in empty)
        print(f"  {flagged} of {len(empty)} pictures without a face flagged")


def measure(folder: Path, labels: str) -> Iterator[Outcome]:
    """Search each labelled picture for faces."""
    finder = FaceFinder()
    finder.find(Frame(np.zeros((64, 64, 3), np.uint8)))  # the first call loads what later ones have
    for text in (folder / labels).read_text(encoding="utf-8").splitlines():
        label = json.loads(text)
        frame = open_frame(folder / label["picture"])
        before = time.process_time()
        sightings = photographed(finder.find(frame), frame)
        cpu = time.process_time() - before
        faces = tuple(Box(*box) for box in label["boxes"])
        yield Outcome(label["picture"], faces, tuple(sightings), cpu, frame.width * frame.height / 1e6)


def open_frame(path: Path) -> Frame:
    """Open a picture upright."""
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        return Frame(np.asarray(ImageOps.exif_transpose(image).convert("RGB")))


def count(outcome: Outcome, score: float) -> Count:
    """Pair each face with the sighting that fits it best, among those of at least `score`."""
    left = [sighting.box for sighting in outcome.sightings if sighting.score >= score and sighting.box]
    found = 0
    for face in outcome.faces:
        best = max(left, key=lambda box: overlap(face, box), default=None)
        if best and overlap(face, best) >= FOUND_FROM:
            left.remove(best)
            found += 1
    return Count(found, len(outcome.faces) - found, len(left))


def overlap(one: Box, other: Box) -> float:
    """Return the intersection of two boxes over their union, 0 to 1."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared = max(0, width) * max(0, height)
    return shared / (one.width * one.height + other.width * other.height - shared)


def line(name: str, outcomes: Sequence[Outcome], score: float) -> str:
    """Say in a line how many faces were found in some pictures, and what it cost."""
    counts = [count(outcome, score) for outcome in outcomes]
    found, missed, false = (sum(getattr(each, part) for each in counts) for part in ("found", "missed", "false"))
    recall = f"{found / (found + missed):.3f}" if found + missed else "-"
    cpu, megapixels = (sum(getattr(outcome, part) for outcome in outcomes) for part in ("cpu", "megapixels"))
    cost = f"{cpu:.2f} s CPU, {1000 * cpu / megapixels:.0f} ms a megapixel"
    return f"{name}: {found} of {found + missed} found, recall {recall}, {false} false; {cost}"


if __name__ == "__main__":
    main()
