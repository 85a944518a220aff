"""Measures how surely logos are found: pastes those of a folder on photographs of another, and looks for them.

    python benchmarks/logos.py LOGOS PHOTOGRAPHS [--detailed NAME …] [--half seen|unseen] [--each 1] [--sheet PICTURE]

Each logo named `--detailed` (all by default) is pasted in every size and treatment on `--each` photographs, and looked
for among the references of the whole folder. Nothing else may be found: neither there, nor on the photographs alone,
nor where a logo of the folder is pasted that is not among the references. Whoever tunes looks at the photographs of
`--half seen` and reports those of `unseen`; the checksum of the file's name decides. `--sheet` draws a sample.
"""

import argparse
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import commands
import numpy as np
from logo_scenes import SIZES, TREATMENTS, Logo, Pixels, Scene, read_logos, read_photographs, scene

from tasmat_check.models import SURE
from tasmat_check.pictures import Frame, Sighting
from tasmat_check.pictures.logo_references import References, load_references
from tasmat_check.pictures.logos import LogoFinder

PRINTED = 0.07
"""Share of the width from which on a detailed crest is to be found."""

FOUND_AT_LEAST = 0.85

SIDES = (1_024, 1_600)
"""Pixels of the photographs' longer side: as sent by a messenger, and as posted."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One pasted logo, how and how large, and what was seen of it and beside it."""

    logo: str
    treatment: str
    size: float
    score: float
    wrong: tuple[Sighting, ...]
    seconds: float


def overlap(sighting: Sighting, box: tuple[int, int, int, int]) -> float:
    """Give the share of two boxes together that lies in both."""
    if sighting.box is None:
        return 0
    left, top, right, bottom = box
    seen = sighting.box
    width = max(0, min(right, seen.right) - max(left, seen.left))
    height = max(0, min(bottom, seen.bottom) - max(top, seen.top))
    return width * height / ((right - left) * (bottom - top) + seen.width * seen.height - width * height)


def try_each(finder: LogoFinder, scenes: Iterable[Scene]) -> Iterator[Trial]:
    """Look at each scene."""
    for each in scenes:
        start = time.process_time()
        seen = finder.find(Frame(each.pixels))
        seconds = time.process_time() - start
        right = [one for one in seen if one.text == each.logo and overlap(one, each.box) > 1 / 3]
        wrong = tuple(one for one in seen if one not in right)
        score = max((one.score for one in right), default=0.0)
        yield Trial(each.logo, each.treatment, each.size, score, wrong, seconds)


def scenes_of(logos: dict[str, Logo], photographs: Sequence[dict[str, Pixels]], each: int) -> Iterator[Scene]:
    """Paste every logo in every size and treatment; which photograph it goes on is fixed by a checksum."""
    for name, logo in logos.items():
        for treatment in TREATMENTS:
            for size in SIZES:
                for number in range(each):
                    seed = zlib.crc32(f"{name} {treatment.name} {size} {number}".encode())
                    choice = photographs[seed // 7 % len(photographs)]
                    photograph = choice[sorted(choice)[seed % len(choice)]]
                    yield scene(photograph, (name, logo), size, treatment, seed)


def shares(trials: Sequence[Trial]) -> str:
    """Lay out how many were found, and how many more were called possible."""
    if not trials:
        return "–"
    found = sum(trial.score >= SURE for trial in trials)
    possible = sum(0 < trial.score < SURE for trial in trials)
    return f"{found}+{possible}/{len(trials)}"


def print_found(trials: Sequence[Trial]) -> None:
    """Print a row for each treatment and each logo, and a column for each size."""
    groups = {how.name: [trial for trial in trials if trial.treatment == how.name] for how in TREATMENTS}
    groups |= {
        name: [trial for trial in trials if trial.logo == name] for name in dict.fromkeys(t.logo for t in trials)
    }
    groups["all"] = list(trials)
    rows = []
    for name, group in groups.items():
        rows.append([name, *(shares([trial for trial in group if trial.size == size]) for size in SIZES)])
    commands.print_table(["found+possible/all", *(f"{size:.0%}" for size in SIZES)], rows)


def without_logos(finder: LogoFinder, photographs: Sequence[dict[str, Pixels]]) -> tuple[int, list[Sighting]]:
    """Look for logos in the photographs as they are."""
    pictures = [Frame(pixels) for choice in photographs for pixels in choice.values()]
    return len(pictures), [sighting for picture in pictures for sighting in finder.find(picture)]


def with_other_logos(references: References, scenes: Iterable[Scene]) -> tuple[int, list[Sighting]]:
    """Look at pasted logos with all the other logos for references."""
    seen: list[Sighting] = []
    count = 0
    for count, each in enumerate(scenes, start=1):  # noqa: B007
        others = tuple(logo for logo in references.logos if logo.name != each.logo)
        seen += LogoFinder(replace(references, logos=others)).find(Frame(each.pixels))
    return count, seen


def draw_sheet(path: Path, scenes: Iterable[Scene]) -> None:
    """Draw what lies round the pasted logos, nine side by side, each in 200 pixels."""
    import cv2

    tiles = []
    for each in scenes:
        left, top, right, bottom = each.box
        part = each.pixels[max(0, top - 30) : bottom + 30, max(0, left - 30) : right + 30]
        tiles.append(cv2.resize(part, (200, 200), interpolation=cv2.INTER_AREA))
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % 9)
    sheet = np.vstack([np.hstack(tiles[start : start + 9]) for start in range(0, len(tiles), 9)])
    cv2.imwrite(str(path), cv2.cvtColor(sheet, cv2.COLOR_RGB2BGR))


def report_wrong(what: str, count: int, wrong: Sequence[Sighting]) -> None:
    """Say in one line how much was seen that is not there."""
    sure = sum(sighting.score >= SURE for sighting in wrong)
    print(f"{what}: {count} pictures, {sure} wrong finds, {len(wrong) - sure} wrong possible ones")


def main() -> None:
    """Measure, print, and end with 1 when too few are found or anything is found that is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logos", type=Path)
    parser.add_argument("photographs", type=Path)
    parser.add_argument("--detailed", nargs="+")
    parser.add_argument("--half", choices=["seen", "unseen"], default="unseen")
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--sheet", type=Path)
    arguments = parser.parse_args()
    photographs = [read_photographs(arguments.photographs, arguments.half, side) for side in SIDES]
    if not all(photographs):
        raise commands.CommandFailedError("no photographs there")
    references = load_references(arguments.logos)
    for note in references.notes:
        print(note)
    everything = read_logos(arguments.logos)
    detailed = {name: everything[name] for name in arguments.detailed or everything}
    finder = LogoFinder(references)
    if arguments.sheet:
        draw_sheet(arguments.sheet, islice(scenes_of(detailed, photographs, 1), 2, None, len(SIZES)))
    trials = list(try_each(finder, scenes_of(detailed, photographs, arguments.each)))
    print_found(trials)
    judged = [trial for trial in trials if trial.size >= PRINTED]
    share = sum(trial.score >= SURE for trial in judged) / len(judged)
    print(f"found of those {PRINTED:.0%} wide and more: {share:.1%}, to be {FOUND_AT_LEAST:.0%}")
    beside = [sighting for trial in trials for sighting in trial.wrong]
    report_wrong("beside the pasted logos", len(trials), beside)
    count, alone = without_logos(finder, photographs)
    report_wrong("the photographs alone", count, alone)
    count, amiss = with_other_logos(references, islice(scenes_of(everything, photographs, 1), 1, None, 4))
    report_wrong("other logos", count, amiss)
    print(f"median search: {np.median([trial.seconds for trial in trials]):.2f} s CPU")
    sure = [sighting for sighting in [*beside, *alone, *amiss] if sighting.score >= SURE]
    sys.exit(int(share < FOUND_AT_LEAST or bool(sure)))


if __name__ == "__main__":
    main()
