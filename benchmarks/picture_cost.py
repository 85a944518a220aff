"""Measures what checking one 12-megapixel photo costs, with everything on, beside rapidocr reading its words.

    python benchmarks/picture_cost.py PHOTO … --logos FOLDER [--empty PHOTO …] [--repeats 3]

Each photo is enlarged to 4000 × 3000 pixels and checked by the installed command as it is, and with a sign, a logo of
the folder and a place in its hidden data. Photos without words, faces and logos (`--empty`) are checked as they are,
and so is a sky, with nothing in it at all. Every figure is the user and system CPU time, and the peak memory, of a
fresh process, start and model included, ours and theirs in turn. Ends with 1 where a floor does not hold. Needs
os.wait4, which Windows has not.
"""

import argparse
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import commands
import numpy as np
import process_cost
from photographing import Pixels
from word_scenes import draw_scene

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

SIZE = (4_000, 3_000)
FULL_AT_MOST = 3.5
"""CPU seconds for a photo with everything in it."""

PLAIN_AT_MOST = 2.0
"""CPU seconds for a picture without words, faces or logos."""

PEAK_BELOW = 550.0
"""Peak memory in MB (10⁶ bytes)."""

_PEER = "import sys; from rapidocr import RapidOCR; RapidOCR(params={'Global.log_level': 'critical'})(sys.argv[1])"


def main() -> None:
    """Measure every picture and print one table."""
    if not hasattr(os, "wait4"):
        sys.exit("picture_cost.py needs os.wait4, which this platform does not have")
    options = _options()
    fails = 0
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for name, path, limit in _drawn(options, Path(folder)):
            ours, theirs = [], []
            for _ in range(options.repeats):
                command = [commands.tasmat_check(), path, "--logos", options.logos, "--format", "json"]
                ours.append(process_cost.measured([*map(str, command)]))
                theirs.append(process_cost.measured([sys.executable, "-c", _PEER, str(path)]))
            cpu, peak = median(cost.cpu for cost in ours), max(cost.peak for cost in ours)
            peer = median(cost.cpu for cost in theirs)
            holds = cpu <= limit and peak < PEAK_BELOW
            fails += not holds
            spread = process_cost.spread([cost.cpu for cost in ours], "s")
            verdict = "holds" if holds else "FAILS"
            lines.append((name, spread, f"{peak:.0f} MB", f"{peer:.2f} s", f"{cpu / peer:.2f}", verdict))
    print(f"{options.repeats} runs a side in turn; CPU time, median (least–most)\n")
    commands.print_table(("picture", "tasmat-check", "peak", "rapidocr alone", "ratio", ""), lines)
    sys.exit(bool(fails))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
    parser.add_argument("--logos", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--empty", nargs="*", default=[], type=Path, metavar="PHOTO")
    parser.add_argument("--repeats", type=int, default=3)
    return parser.parse_args()


def _drawn(options: argparse.Namespace, folder: Path) -> list[tuple[str, Path, float]]:
    """Write the pictures in a process of its own, since one that is started counts the memory of its parent."""
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(_pictures, options, folder).result()


def _pictures(options: argparse.Namespace, folder: Path) -> list[tuple[str, Path, float]]:
    """Write the pictures to measure; gives each one's name, its file, and the CPU seconds it may take."""
    from PIL import Image

    pictures = []
    logo = next(path for path in sorted(options.logos.iterdir()) if path.suffix == ".png")
    for photo in options.photos:
        large = _enlarged(photo)
        pictures.append((f"{photo.stem}, as it is", _saved(large, folder / f"{photo.stem}.jpg"), FULL_AT_MOST))
        large.paste(Image.fromarray(draw_scene("sign", "clean", 1).pixels), (300, 300))
        with Image.open(logo) as mark:
            small = mark.convert("RGBA").resize((500, round(500 * mark.height / mark.width)))
        large.paste(small, (3_000, 400), small)
        full = _saved(large, folder / f"{photo.stem}-full.jpg", _place())
        pictures.append((f"{photo.stem}, with everything", full, FULL_AT_MOST))
    for photo in options.empty:
        empty = _saved(_enlarged(photo), folder / f"{photo.stem}-empty.jpg")
        pictures.append((f"{photo.stem}, nothing in it", empty, PLAIN_AT_MOST))
    sky = _saved(Image.fromarray(_sky()), folder / "sky.jpg")
    return [*pictures, ("sky", sky, PLAIN_AT_MOST)]


def _enlarged(photo: Path) -> "Image":
    from PIL import Image

    with Image.open(photo) as image:
        return image.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC)


def _saved(image: "Image", path: Path, exif: "Exif | None" = None) -> Path:
    image.save(path, quality=92, exif=b"" if exif is None else exif)
    return path


def _place() -> "Exif":
    from PIL import Image

    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 0.0, 0.0), 3: "W", 4: (1.0, 0.0, 0.0)})
    return exif


def _sky() -> Pixels:
    """Draw a sky with the noise of a camera."""
    width, height = SIZE
    shade = np.linspace(0, 1, height)[:, None, None]
    colours = (1 - shade) * np.array((90, 140, 210)) + shade * np.array((200, 215, 235))
    noise = np.random.default_rng(4).normal(0, 3, (height, width, 1))
    sky: Pixels = np.clip(colours + noise, 0, 255).astype(np.uint8)
    return sky


if __name__ == "__main__":
    main()
