"""Measures a large batch in a folder: time, posts per CPU second against presidio-analyzer, memory, and being killed.

    python benchmarks/large_batch.py POSTS.jsonl … [--posts 100000] [--jobs 2] [--theirs PYTHON] [--their-posts 10000]

The posts are made distinct by joining them, since a batch checks the same text only once. Ours is the real command with
its shards and report; CPU time is that of all its processes, memory the sum of what they take up together
(proportional set size, looked at twice a second). Then the same batch is run again without presidio: a worker is killed
after a third of the shards, the whole batch after two thirds, and it is resumed; every post must be reported exactly
once, as in the first run. Linux only.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import commands
import process_cost

HERE = Path(__file__).parent

MEMORY_AT_MOST = 600.0
"""MB (10⁶ bytes) of all processes together."""

RATE_AT_LEAST = 1.0
"""Our posts per CPU second, in theirs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds on the clock, CPU seconds, and the greatest memory of all processes together in MB."""

    clock: float
    cpu: float
    memory: float


def main() -> None:
    """Measure, print what came out, and end with 1 where a floor does not hold."""
    if sys.platform != "linux":
        sys.exit("large_batch.py reads /proc, which only Linux has")
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_posts(folder / "posts.jsonl", options.posts_files, options.posts)
        command = [commands.tasmat_check(), "batch", "posts.jsonl", "-f", "jsonl", "--jobs", str(options.jobs), "-o"]
        ours = _run([*command, "whole"], folder)
        rate = options.posts / ours.cpu
        print(f"{options.posts:,} posts, {options.jobs} processes: {ours.clock:.0f} s, {rate:.0f} posts per CPU second")
        print(f"memory of all processes together: {ours.memory:.0f} MB at most")
        holds = ours.memory <= MEMORY_AT_MOST
        if options.theirs:
            theirs = _their_rate(folder, options.theirs, options.their_posts)
            told = f"presidio on {options.their_posts:,} of them: {theirs:.0f} posts per CPU second"
            print(f"{told}; {rate / theirs:.2f} ×")
            holds = holds and rate >= RATE_AT_LEAST * theirs
        holds = _killed([*command, "killed"], folder) and holds
    sys.exit(not holds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts_files", nargs="+", type=Path, metavar="POSTS.jsonl")
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--theirs", metavar="PYTHON", help="Python that has presidio-analyzer")
    parser.add_argument("--their-posts", type=int, default=10_000)
    return parser.parse_args()


def _write_posts(path: Path, sources: Sequence[Path], count: int) -> None:
    """Write distinct posts: all as they are, then each with the beginning of another before it."""
    texts = [row["text"] for source in sources for row in commands.read_rows(source)]
    random.Random(0).shuffle(texts)  # noqa: S311 - no secret
    commands.write_rows(path, ({"id": f"p{n}", "text": _text(texts, n)} for n in range(count)))


def _text(texts: Sequence[str], number: int) -> str:
    turn, place = divmod(number, len(texts))
    if not turn:
        return texts[place]
    beginning = texts[(place + 7 * turn) % len(texts)].split(". ")[0][:80]
    return f"{beginning}. {texts[place]}"


def _run(command: Sequence[str], folder: Path) -> Outcome:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, memory = time.monotonic(), 0.0
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            memory = max(memory, _memory(process.pid))
            time.sleep(0.5)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Outcome(time.monotonic() - start, cpu, memory)


def _memory(process: int) -> float:
    """Add up the proportional set sizes of a process and its children, in MB."""
    total = 0
    for each in (process, *_children(process)):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1_024 / 1e6


def _children(process: int) -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            yield int(entry.parent.name)


def _their_rate(folder: Path, python: str, count: int) -> float:
    rows = commands.read_rows(folder / "posts.jsonl")
    step = max(1, len(rows) // count)
    commands.write_rows(folder / "theirs.jsonl", rows[::step][:count])
    cost = process_cost.measured([python, str(HERE / "presidio_side.py"), "batch", str(folder / "theirs.jsonl")])
    return min(count, len(rows)) / cost.work


def _killed(command: Sequence[str], folder: Path) -> bool:
    """Kill a worker, then the batch, resume it, and compare its report with that of the whole run."""
    shards = len(list((folder / "whole/shards").iterdir()))
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as process:
        _wait_for(folder / "killed/shards", shards // 3)
        os.kill(next(each for each in _children(process.pid) if _is_worker(each)), signal.SIGKILL)
        _wait_for(folder / "killed/shards", 2 * shards // 3)
        process.kill()
    subprocess.run([*command, "--resume"], cwd=folder, check=False, stderr=subprocess.DEVNULL)
    reports = [(folder / name / "report.jsonl").read_text("utf-8").splitlines() for name in ("whole", "killed")]
    ids = [json.loads(line)["id"] for line in reports[1]]
    same = reports[0] == reports[1]
    print(f"killed and resumed: {len(ids):,} posts, {len(set(ids)):,} different; as in the whole run: {same}")
    return same and len(ids) == len(set(ids))


def _is_worker(process: int) -> bool:
    return "spawn_main" in Path(f"/proc/{process}/cmdline").read_text()


def _wait_for(folder: Path, count: int) -> None:
    while not folder.is_dir() or len(list(folder.glob("*.jsonl"))) < count:
        time.sleep(0.2)


if __name__ == "__main__":
    main()
