"""Scores `tasmat-check batch` on pictures with words: signs, boards, badges, papers and screens.

    python benchmarks/written_pictures.py PICTURES.jsonl … --people ROSTER [--keep FOLDER] [--missed]

Each line of a file is {"id", "style", "lines", "post", "channel", "must", "may", "evidence"}: the words as they stand
in the picture, the words of the post it goes with, the clauses it breaches (none: an innocent picture) and those that
would be no false alarm. The lines are drawn in the style, hung in a scene as word_scenes.py does, and pressed through
JPEG at quality 80; then the installed command checks post and picture.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import commands
import numpy as np
from photographing import Pixels, jpeg, photographed
from word_scenes import FACES, Sheet, contrasting

_PAPER = frozenset({"page", "email", "register", "certificate", "note"})
_CENTRED = frozenset({"sign", "jumper", "badge", "poster", "certificate", "label"})
_LARGEST = {
    "page": 28,
    "email": 28,
    "screen": 28,
    "register": 28,
    "chat": 54,
    "note": 54,
    "label": 54,
    "whiteboard": 54,
}
_LEADING = 1.6
_MARGIN = 60


@dataclass(slots=True)
class Count:
    """What was told of one file's pictures."""

    breaching: int = 0
    right: int = 0
    caught: int = 0
    cautioned: int = 0
    innocent: int = 0
    accused: int = 0
    nagged: int = 0

    def add(self, row: dict[str, Any], levels: dict[str, str]) -> bool:
        """Count one picture by the levels of its clauses; says whether it was judged as its label asks."""
        breaches = {number for number, level in levels.items() if level == "breach"}
        cautions = {number for number, level in levels.items() if level == "caution"}
        if row["must"]:
            self.breaching += 1
            self.right += bool(breaches & {*row["must"]})
            self.caught += bool(breaches)
            self.cautioned += bool(cautions) and not breaches
            return bool(breaches)
        self.innocent += 1
        accused, nagged = breaches - {*row["may"]}, cautions - {*row["may"]}
        self.accused += bool(accused)
        self.nagged += bool(nagged) and not accused
        return not accused

    def cells(self, name: str) -> tuple[str, ...]:
        """Lay out the counts."""
        breaching, innocent = f"of {self.breaching}", f"of {self.innocent}"
        told = (f"{count} {breaching}" for count in (self.right, self.caught, self.cautioned))
        return (name, *told, f"{self.accused} {innocent}", f"{self.nagged} {innocent}")


def main() -> None:
    """Draw and check the pictures of each file, and print one table."""
    options = _options()
    lines = []
    for file in options.files:
        rows = commands.read_rows(file)
        with tempfile.TemporaryDirectory() as folder:
            kept = options.keep or Path(folder)
            levels = dict(_checked(rows, kept, Path(folder), options.people))
        count = Count()
        for row in rows:
            if not count.add(row, levels[row["id"]]) and options.missed:
                print(row["id"], row["must"] or "innocent", levels[row["id"]])
        lines.append(count.cells(file.stem))
    commands.print_table(("pictures", "right clause", "breach told", "caution told", "accused", "nagged"), lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="PICTURES.jsonl")
    parser.add_argument("--people", type=Path, required=True, metavar="ROSTER")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the drawn pictures stay")
    parser.add_argument("--missed", action="store_true", help="name the pictures that were judged otherwise")
    return parser.parse_args()


def _checked(
    rows: list[dict[str, Any]], pictures: Path, folder: Path, people: Path
) -> Iterator[tuple[str, dict[str, str]]]:
    posts, report = folder / "posts.jsonl", folder / "report.json"
    pictures.mkdir(exist_ok=True)
    for row in rows:
        _write(draw(row), pictures / f"{row['id']}.jpg")
    commands.write_rows(posts, (_post(row, pictures) for row in rows))
    commands.run([commands.tasmat_check(), "batch", posts, "--people", people, "--format", "json", "--output", report])
    for post in json.loads(report.read_text("utf-8"))["posts"]:
        yield post["id"], {clause["clause"]: clause["level"] for clause in post["clauses"]}


def _post(row: dict[str, Any], pictures: Path) -> dict[str, Any]:
    image = str((pictures / f"{row['id']}.jpg").resolve())
    return {"id": row["id"], "text": row["post"], "channel": row["channel"], "images": [image]}


def draw(row: dict[str, Any]) -> Pixels:
    """Draw one picture; the same row draws the same."""
    random = np.random.default_rng([7, *row["id"].encode()])
    style, lines = row["style"], row["lines"]
    longest = max(map(len, lines))
    size = min(int(np.clip(1_770 / max(longest, 8), 22, 90)), _LARGEST.get(style, 90))
    paper, ink = _colours(style, random)
    sheet = Sheet(int(longest * size * 0.66) + 140, int(len(lines) * size * 1.7) + 140, paper)
    face = str(random.choice(FACES))
    for number, line in enumerate(lines):
        top = _MARGIN + number * size * _LEADING
        if style in _CENTRED:
            sheet.centre(top, line, size, ink, face)
        else:
            sheet.write((_MARGIN + (40 if style == "chat" and number % 2 else 0), top), line, size, ink, face)
    pixels, _ = photographed(np.asarray(sheet.image), sheet.words, random)
    return jpeg(pixels, 80)


def _colours(style: str, random: np.random.Generator) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    if style in _PAPER:
        return (252, 251, 247), (25, 25, 30)
    if style == "whiteboard":
        return (243, 245, 244), (20, 60, 150)
    if style in ("chat", "screen"):
        return ((17, 27, 33), (233, 237, 239)) if random.random() < 0.4 else ((250, 250, 250), (20, 20, 24))
    return contrasting(random)


def _write(pixels: Pixels, path: Path) -> None:
    from PIL import Image

    Image.fromarray(pixels).save(path, quality=95)


if __name__ == "__main__":
    main()
