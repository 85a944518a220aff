"""Measures the reading of words in pictures: word recall, places and CPU on drawn scenes.

    python benchmarks/words.py [--each 3] [--kinds sign badge …] [--keep FOLDER] [--missed]

Every scene is drawn by word_scenes.py from invented schools and people: clean, photographed (turned, in perspective,
unevenly lit, blurred, noisy, JPEG) and hard (such a photograph at half the size and two thirds of the contrast). A word
counts as read when a token of the transcript equals it, punctuation and case aside; space-blind when the squeezed text
holds it; placed when its box and its ink share half their common area.
"""

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from photographing import Pixels, Word
from word_scenes import DRAWERS, TURNS, Scene, draw_scene

from tasmat_check.models import Box
from tasmat_check.pictures import Frame
from tasmat_check.pictures.words import Transcript, WordReader


class Result(NamedTuple):
    """What was read of one scene: words drawn, read, read space-blind, placed; extra tokens; CPU seconds."""

    drawn: int
    read: int
    blind: int
    placed: int
    extra: int
    seconds: float


def _key(word: str) -> str:
    return word.strip(".,:;!?'\"()").casefold()


def measure(reader: WordReader, scene: Scene) -> tuple[Result, Transcript]:
    """Read one scene and compare it with what was drawn."""
    start = time.process_time()
    transcript = Transcript(reader.read(Frame(scene.pixels)))
    seconds = time.process_time() - start
    drawn = Counter(_key(word.text) for word in scene.words)
    tokens = Counter(_key(token) for token in transcript.text.split())
    squeezed = "".join(transcript.text.split()).replace("-", "").casefold()
    blind = sum(_key(word.text).replace("-", "") in squeezed for word in scene.words)
    placed = sum(_is_placed(transcript, word) for word in scene.words)
    common = (drawn & tokens).total()
    return Result(drawn.total(), common, blind, placed, tokens.total() - common, seconds), transcript


def _is_placed(transcript: Transcript, word: Word) -> bool:
    """Say whether some occurrence of the word in the transcript has a box that meets its ink by half."""
    start = transcript.text.find(word.text)
    while start >= 0:
        if _overlap(transcript.box(start, start + len(word.text)), word.corners) >= 0.5:
            return True
        start = transcript.text.find(word.text, start + 1)
    return False


def _overlap(box: Box, corners: NDArray[np.float64]) -> float:
    """Intersection over union of a box and the upright box around some corners."""
    (left, top), (right, bottom) = corners.min(0), corners.max(0)
    width = max(0.0, min(right, box.right) - max(left, box.left))
    height = max(0.0, min(bottom, box.bottom) - max(top, box.top))
    both = width * height
    return float(both / (box.width * box.height + (right - left) * (bottom - top) - both))


def main() -> None:
    """Print a table of kinds, and the cost of pictures without words and of a large one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--each", type=int, default=3, help="scenes of each kind and turn")
    options.add_argument("--kinds", nargs="*", choices=DRAWERS, default=list(DRAWERS), help="kinds of scene")
    options.add_argument("--keep", type=Path, help="folder for the drawn scenes")
    options.add_argument("--missed", action="store_true", help="print the text of scenes with missed words")
    chosen = options.parse_args()
    reader = WordReader()
    totals: dict[str, list[Result]] = {}
    for turn in TURNS:
        for kind in chosen.kinds:
            scenes = [draw_scene(kind, turn, seed) for seed in range(chosen.each)]
            results = [_report(reader, scene, number, chosen) for number, scene in enumerate(scenes)]
            _print_row(f"{kind} {turn}", results)
            totals.setdefault(turn, []).extend(results)
    for turn, results in totals.items():
        _print_row(f"all {turn}", results)
    for name, pixels in cost_pictures():
        start = time.process_time()
        lines = reader.read(Frame(pixels))
        print(f"{name:24} {len(lines)} lines, {time.process_time() - start:.2f} s CPU")


def _report(reader: WordReader, scene: Scene, number: int, chosen: argparse.Namespace) -> Result:
    result, transcript = measure(reader, scene)
    if chosen.keep:
        from PIL import Image

        Image.fromarray(scene.pixels).save(chosen.keep / f"{scene.kind}-{scene.turn}-{number}.png")
    if chosen.missed and result.read < result.drawn:
        print(f"--- {scene.kind} {scene.turn} {number}\n{transcript.text}")
        tokens = {_key(token) for token in transcript.text.split()}
        print("--- missed:", [word.text for word in scene.words if _key(word.text) not in tokens])
    return result


def cost_pictures() -> list[tuple[str, Pixels]]:
    """Draw a sign on a 12-megapixel photo, and two of these without words."""
    import cv2

    random = np.random.default_rng(4)
    wall = cv2.resize(
        random.integers(0, 255, (60, 80, 3)).astype(np.uint8), (4000, 3000), interpolation=cv2.INTER_CUBIC
    )
    noisy = np.clip(wall + random.normal(0, 8, wall.shape), 0, 255).astype(np.uint8)
    signed = noisy.copy()
    sign = draw_scene("sign", "clean", 1).pixels
    signed[900 : 900 + sign.shape[0], 1200 : 1200 + sign.shape[1]] = sign
    return [("12 MP with a sign", signed), ("12 MP without words", noisy), ("plain 12 MP", np.full_like(noisy, 200))]


def _print_row(name: str, results: list[Result]) -> None:
    drawn, read, blind, placed, extra = (sum(result[column] for result in results) for column in range(5))
    seconds = sum(result.seconds for result in results) / len(results)
    print(
        f"{name:20} {len(results):3} scenes, {drawn:4} words: {read / drawn:.3f} read, "
        f"space-blind {blind / drawn:.3f}, placed {placed / drawn:.3f}, {extra:3} extra, {seconds:.2f} s CPU"
    )


if __name__ == "__main__":
    main()
