"""Scores `tasmat-check batch` on labelled posts, file by file.

    python benchmarks/posts.py POSTS_FOLDER TOOLS_FOLDER --people ROSTER

The people list is used for the acceptance posts (dev*.jsonl) alone, whose pupils it lists.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import commands

_FIGURES = ("f1", "precision", "recall", "caught", "false_alarm", "nag", "evidence")


def main() -> None:
    """Score every file of posts and print one table."""
    options = _options()
    files = sorted(options.posts.glob("*.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        lines = list(_score_all(files, options.tools / "score_posts.py", options.people, Path(folder)))
    commands.print_table(("file", "posts", *_FIGURES), lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well the posts of some files are judged.")
    parser.add_argument("posts", type=Path, metavar="POSTS_FOLDER")
    parser.add_argument("tools", type=Path, metavar="TOOLS_FOLDER")
    parser.add_argument("--people", type=Path, required=True, metavar="ROSTER")
    return parser.parse_args()


def _score_all(files: list[Path], tool: Path, people: Path, folder: Path) -> Iterator[tuple[str, ...]]:
    """Score each file, then all the files to learn from together."""
    learnt: list[Path] = []
    for file in files:
        acceptance = file.name.startswith("dev")
        yield _score([file], file.stem, tool, people if acceptance else None, folder)
        if not acceptance:
            learnt.append(file)
    if len(learnt) > 1:
        yield _score(learnt, "all but dev", tool, None, folder)


def _score(files: list[Path], name: str, tool: Path, people: Path | None, folder: Path) -> tuple[str, ...]:
    posts, report = folder / "posts.jsonl", folder / "report.json"
    commands.write_rows(posts, (row for file in files for row in commands.read_rows(file)))
    listed: list[str | Path] = ["--people", people] if people else []
    commands.run([commands.tasmat_check(), "batch", posts, *listed, "--format", "json", "--output", report])
    scores = commands.score(tool, sys.executable, [posts, report])
    return name, str(scores["posts"]), *(f"{scores[figure]:.3f}" for figure in _FIGURES)


if __name__ == "__main__":
    main()
