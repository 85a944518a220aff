"""Reads broken archives and lists of posts, and shows which were slow, large or ended as anything but posts and gaps.

    python benchmarks/archives_fuzz.py [FILE …] [--count 2000] [--seed 1] [--seconds 5] [--megabytes 300]

Without files it breaks small exports that it writes itself: zip, tar, tar.gz, JSON, JSON Lines, CSV and a script. Each
case takes one of them in turn and cuts it, or changes, blanks, repeats or takes out some of its bytes, in an archive
now and then within a file before it is packed. Cases run in a process of their own, so that a crash or a hang is a line
of the report too. A case's number and the seed make the same broken file again. Ends with 1 when a case crashed,
raised, took longer than allowed, or when the process grew beyond what is allowed.
"""

import argparse
import io
import json
import random
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pictures_fuzz import broken

from tasmat_check.readers import read_posts

SLOWEST_SHOWN = 5
LARGEST = 4_000_000
"""Bytes at which a broken file is cut, so that a slow case is no file of very many posts."""

WAIT = 10.0
"""Times the allowed CPU seconds that a case may take by the clock of a busy machine before it counts as hung."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one broken file: posts or reasons, or a fault, after so many CPU seconds at so many megabytes."""

    number: int
    name: str
    what: str
    seconds: float = 0.0
    megabytes: int = 0
    is_fault: bool = False


def exports() -> dict[str, bytes]:
    """Write the files of small exports by name."""
    records = [{"id": n, "text": f"Chips by the sea, £{n}. 😀", "images": ["a.png"]} for n in range(200)]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    reddit = "id,permalink,date,subreddit,title,body\n" + "".join(
        f'a{n},/r/x,2024-05-01 18:02:03 UTC,Hastings,,"Sea, {n}"\n' for n in range(200)
    )
    return {
        "posts.jsonl": lines.encode(),
        "list.json": json.dumps({"version": 1, "posts": records}, indent=1).encode(),
        "array.json": json.dumps(records).encode("utf-16"),
        "tweets.js": f"window.YTD.tweets.part0 = {json.dumps(records)}".encode(),
        "posts.csv": reddit.encode(),
        "draft.txt": b"Chips by the sea",
        "a.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    }


def packed(kind: str, contents: dict[str, bytes]) -> bytes:
    """Pack files as a zip or a tar, which gzip packs again where the kind says so."""
    out = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                archive.writestr(f"export/{name}", content)
        return out.getvalue()
    with tarfile.open(fileobj=out, mode="w:gz" if kind == "tar.gz" else "w") as tar:
        for name, content in contents.items():
            member = tarfile.TarInfo(f"export/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


def broken_file(number: int, seed: int, given: list[Path]) -> tuple[str, bytes]:
    """Make the broken file of a case."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311
    if given:
        path = given[number % len(given)]
        return path.name, broken(path.read_bytes(), chance)
    contents = exports()
    kinds = ["zip", "tar", "tar.gz", *(name for name in contents if not name.endswith(".png"))]
    kind = kinds[number % len(kinds)]
    if kind in contents:
        return kind, broken(contents[kind], chance)
    if chance.random() < 0.3:
        name = chance.choice(list(contents))
        return f"a.{kind}", packed(kind, contents | {name: broken(contents[name], chance)})
    return f"a.{kind}", broken(packed(kind, contents), chance)


def run(number: int, seed: int, given: list[Path]) -> Outcome:
    """Break one file and read its posts."""
    name, content = broken_file(number, seed, given)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content[:LARGEST])
        started = time.process_time()
        fault = False
        try:
            what = _what_is_read(path)
            fault = not what
        except Exception as problem:
            what, fault = f"{type(problem).__name__}: {problem}", True
        return Outcome(number, name, what or "nothing", time.process_time() - started, _megabytes(), fault)


def _what_is_read(path: Path) -> str:
    has_posts = has_gaps = False
    for draft in read_posts([str(path)], "personal"):
        has_posts |= bool(draft.text or draft.parts or draft.images)
        has_gaps |= bool(draft.skipped)
    return " and ".join(["posts"] * has_posts + ["reasons"] * has_gaps)


def _megabytes() -> int:
    """Tell how large this process has been; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), 0)


def outcomes(options: argparse.Namespace) -> Iterator[Outcome]:
    """Run every case; a crash or a hang ends its process, and the next case gets a fresh one."""
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    for number in range(options.count):
        try:
            yield pool.submit(run, number, options.seed, options.paths).result(options.seconds * WAIT)
        except (BrokenProcessPool, TimeoutError) as problem:
            what = "crashed" if isinstance(problem, BrokenProcessPool) else "hung"
            yield Outcome(number, "", what, is_fault=True)
            for process in list(pool._processes.values()):
                process.kill()
            pool = ProcessPoolExecutor(1, get_context("spawn"))
    pool.shutdown()


def main() -> int:
    """Run all cases and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU seconds one case may take")
    parser.add_argument("--megabytes", type=int, default=300, help="memory the process may take")
    options = parser.parse_args()
    results = list(outcomes(options))
    for (name, what), number in sorted(Counter((r.name, r.what) for r in results if not r.is_fault).items()):
        print(f"{number:5}  {name:12}  {what}")
    print("slowest:")
    for result in sorted(results, key=lambda result: -result.seconds)[:SLOWEST_SHOWN]:
        print(f"  {result.seconds:6.2f} s  case {result.number}  {result.name}  {result.what}")
    print(f"largest: {max(result.megabytes for result in results)} MB")
    limits = options.seconds, options.megabytes
    faults = [r for r in results if r.is_fault or r.seconds > limits[0] or r.megabytes > limits[1]]
    print(f"faults: {len(faults)} of {len(results)} cases")
    for fault in faults:
        print(f"  case {fault.number}  {fault.name}  {fault.what}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
