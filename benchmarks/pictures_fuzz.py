"""Opens broken copies of pictures, and shows which were slow or ended as anything but a picture or a reason.

    python benchmarks/pictures_fuzz.py FILE_OR_FOLDER … [--count 1000] [--seed 1] [--seconds 10] [--whole]

Each case takes one of the files in turn and cuts it, or changes, blanks, repeats or takes out some of its bytes. Cases
run in a process of their own, so that a crash or a hang in a decoder is a line of the report too. A case's number and
the seed make the same broken file again. With --whole what can be opened is also searched for faces, words, codes and
hidden data. Ends with 1 when a case crashed, raised or took longer than allowed.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tasmat_check.labels import PICTURE_LABELS
from tasmat_check.picture_formats import looks_like_picture
from tasmat_check.pictures.opening import PictureError, open_picture
from tasmat_check.pictures.seeing import PictureReader

SLOWEST_SHOWN = 5
WAIT = 30.0
"""Times the allowed CPU seconds that a case may take by the clock of a busy machine before it counts as hung."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one broken file: a picture, a reason or a fault, after so many CPU seconds."""

    number: int
    name: str
    what: str
    seconds: float = 0.0
    is_fault: bool = False


def broken(content: bytes, chance: random.Random) -> bytes:
    """Break a file in one of six ways."""
    data = bytearray(content)
    place = chance.randrange(min(len(data), chance.choice((64, 1024, len(data)))))
    length = chance.choice((1, 4, 64, 4096))
    match chance.randrange(6):
        case 0:
            del data[place:]
        case 1:
            data[place : place + length] = bytes(len(data[place : place + length]))
        case 2:
            data[place:place] = data[place : place + length] * chance.choice((1, 50, 5_000))
        case 3:
            del data[place : place + length]
        case 4:
            data[place : place + 4] = chance.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\1\0\0\0"))
        case _:
            for _ in range(chance.choice((1, 8, 100))):
                data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def run(number: int, path: Path, seed: int, whole: bool) -> Outcome:
    """Break one file and open it, or look at the whole of it."""
    content = broken(path.read_bytes(), random.Random(f"{seed} {number}"))  # noqa: S311
    started = time.process_time()
    fault = False
    try:
        what = _looked_at(content, path.name) if whole else f"opened as {open_picture(content, path.name).format}"
    except PictureError as refusal:
        what = refusal.reason
    except Exception as problem:
        what, fault = f"{type(problem).__name__}: {problem}", True
    return Outcome(number, path.name, what, time.process_time() - started, fault)


def _looked_at(content: bytes, name: str) -> str:
    seen = _reader().look(name, content)
    return "looked at" if seen.width else seen.skipped[0].reason


@cache
def _reader() -> PictureReader:
    return PictureReader(PICTURE_LABELS, None, ())


def outcomes(paths: list[Path], options: argparse.Namespace) -> Iterator[Outcome]:
    """Run every case; a crash or a hang ends its process, and the next case gets a fresh one."""
    pool = ProcessPoolExecutor(1)
    for number in range(options.count):
        path = paths[number % len(paths)]
        try:
            case = pool.submit(run, number, path, options.seed, options.whole)
            yield case.result(options.seconds * WAIT)
        except (BrokenProcessPool, TimeoutError) as problem:
            yield Outcome(number, path.name, "crashed" if isinstance(problem, BrokenProcessPool) else "hung", 0.0, True)
            for process in list(pool._processes.values()):
                process.kill()
            pool = ProcessPoolExecutor(1)
    pool.shutdown()


def pictures_among(given: list[Path]) -> list[Path]:
    """List the pictures among files and folders."""
    files = [file for path in given for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    return [file for file in files if file.is_file() and looks_like_picture(file.read_bytes()[:1024])]


def main() -> int:
    """Run all cases and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE_OR_FOLDER")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="CPU seconds one case may take")
    parser.add_argument("--whole", action="store_true", help="search what can be opened")
    options = parser.parse_args()
    paths = pictures_among(options.paths)
    if not paths:
        parser.error("no picture among these files")
    results = list(outcomes(paths, options))
    for what, number in Counter(result.what for result in results if not result.is_fault).most_common():
        print(f"{number:5}  {what}")
    print("slowest:")
    for result in sorted(results, key=lambda result: -result.seconds)[:SLOWEST_SHOWN]:
        print(f"  {result.seconds:6.2f} s  case {result.number}  {result.name}  {result.what}")
    faults = [result for result in results if result.is_fault or result.seconds > options.seconds]
    print(f"faults: {len(faults)} of {len(results)} cases on {len(paths)} files")
    for fault in faults:
        print(f"  case {fault.number}  {fault.name}  {fault.what}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
