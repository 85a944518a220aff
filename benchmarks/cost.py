"""Measures what a check costs against presidio-analyzer, and judges it by the floors.

    python benchmarks/cost.py [POSTS.jsonl …] [--posts 2000] [--theirs PYTHON] [--repeats 3]

Every figure is the user and system CPU time, and the peak memory, of a fresh process, ours and theirs in turn. Reading
them takes os.wait4 and getrusage, which Windows has not: there this benchmark does not run. `--theirs` names the Python
of an environment with presidio-analyzer and the same pipeline: installed in ours it would slow us down, since spaCy
imports every package that registers a component.
"""

import argparse
import os
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import commands
import process_cost

HERE = Path(__file__).parent

COLD_AT_MOST = 0.75
"""Our CPU time for one post, cold, in theirs."""

BATCH_AT_LEAST = 1.0
"""Our posts per CPU second, in theirs."""

PEAK_BELOW = 400.0
"""Peak memory of any of our processes in MB (10⁶ bytes)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a quantity on both sides, its ratio's floor or ceiling, and whether it holds."""

    name: str
    ours: list[float]
    theirs: list[float]
    unit: str
    holds: Callable[[float, float], bool] | None = None

    def cells(self) -> tuple[str, ...]:
        """Lay out the medians with their ranges, the ratio and the verdict."""
        ours, theirs = median(self.ours), median(self.theirs)
        verdict = "" if self.holds is None else "holds" if self.holds(ours, theirs) else "FAILS"
        return (
            self.name,
            process_cost.spread(self.ours, self.unit),
            process_cost.spread(self.theirs, self.unit),
            f"{ours / theirs:.2f}",
            verdict,
        )


def main() -> None:
    """Measure, print the table, and end with 1 where a floor does not hold."""
    if not hasattr(os, "wait4"):
        sys.exit("cost.py needs os.wait4, which this platform does not have")
    options = _options()
    posts = list(islice(cycle(_posts(options.posts_files)), options.posts))
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_measure(posts, Path(folder), options.theirs, options.repeats))
    print(f"{len(posts)} posts, {options.repeats} runs a side in turn; median (least–most)\n")
    commands.print_table(("", "tasmat-check", "presidio", "ratio", ""), [row.cells() for row in rows])
    sys.exit(any("FAILS" in row.cells() for row in rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="CPU time and memory against presidio-analyzer.")
    parser.add_argument("posts_files", nargs="*", type=Path, metavar="POSTS.jsonl", help="default: the rules' examples")
    parser.add_argument("--posts", type=int, default=2000, help="posts of the batch, repeated where there are fewer")
    parser.add_argument("--theirs", default=sys.executable, metavar="PYTHON", help="Python that has presidio-analyzer")
    parser.add_argument("--repeats", type=int, default=3)
    return parser.parse_args()


def _posts(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Read the posts, or take the examples of the shipped rules."""
    if paths:
        return [row for path in paths for row in commands.read_rows(path)]
    return list(_examples(HERE.parent / "patterns" / "rules"))


def _examples(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*.toml")):
        rule = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, example in enumerate(rule.get("example", ()), 1):
            yield {
                "id": f"{path.stem}-{number}",
                "text": example["text"],
                "channel": example.get("channel", "personal"),
            }


def _measure(posts: list[dict[str, Any]], folder: Path, theirs: str, repeats: int) -> Iterator[Row]:
    step = max(1, len(posts) // repeats)
    spread = [posts[index * step]["text"] for index in range(repeats)]
    yield from _cold_rows("one post, cold", spread, folder, theirs)
    yield from _batch_rows(posts, folder, theirs, repeats)


def _cold_rows(name: str, texts: Sequence[str], folder: Path, theirs: str) -> Iterator[Row]:
    """Check single posts with the real command; the first pair of runs fills the disk cache and does not count."""
    post, row = folder / "post.txt", folder / "post.jsonl"
    pairs: list[tuple[process_cost.Cost, process_cost.Cost]] = []
    for text in [texts[0], *texts]:
        post.write_text(text, encoding="utf-8")
        commands.write_rows(row, [{"text": text}])
        ours = process_cost.measured([commands.tasmat_check(), str(post)])
        pairs.append((ours, process_cost.measured([theirs, str(HERE / "presidio_side.py"), "one", str(row)])))
    yield Row(name, *_columns(pairs[1:], lambda cost: cost.cpu), "s", _cold_holds)
    yield Row("  peak memory", *_columns(pairs[1:], lambda cost: cost.peak), "MB", _peak_holds)


def _batch_rows(posts: list[dict[str, Any]], folder: Path, theirs: str, repeats: int) -> Iterator[Row]:
    path = folder / "posts.jsonl"
    commands.write_rows(path, ({**post, "id": str(number), "images": []} for number, post in enumerate(posts)))
    whole, sides = [], []
    for _ in range(repeats):
        ours = process_cost.measured([sys.executable, str(HERE / "checker_side.py"), str(path)])
        peer = process_cost.measured([theirs, str(HERE / "presidio_side.py"), "batch", str(path)])
        command = process_cost.measured([commands.tasmat_check(), "batch", str(path), "--format", "jsonl"])
        sides.append((ours, peer))
        whole.append((command, peer))
    count = len(posts)
    yield Row("batch, loaded before", *_columns(sides, lambda cost: count / cost.work), "/s", _batch_holds)
    yield Row("batch, with loading", *_columns(sides, lambda cost: count / cost.cpu), "/s", _batch_holds)
    yield Row("  peak memory", *_columns(sides, lambda cost: cost.peak), "MB", _peak_holds)
    yield Row("batch, the whole command", *_columns(whole, lambda cost: count / cost.cpu), "/s", _batch_holds)
    yield Row("  peak memory", *_columns(whole, lambda cost: cost.peak), "MB", _peak_holds)


def _columns(
    pairs: Sequence[tuple[process_cost.Cost, process_cost.Cost]], of: Callable[[process_cost.Cost], float]
) -> tuple[list[float], list[float]]:
    return [of(ours) for ours, _ in pairs], [of(theirs) for _, theirs in pairs]


def _cold_holds(ours: float, theirs: float) -> bool:
    return ours <= COLD_AT_MOST * theirs


def _batch_holds(ours: float, theirs: float) -> bool:
    return ours >= BATCH_AT_LEAST * theirs


def _peak_holds(ours: float, _theirs: float) -> bool:
    return ours < PEAK_BELOW


if __name__ == "__main__":
    main()
