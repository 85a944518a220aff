"""Runs the commands that the benchmarks measure, and prints their tables."""

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_FOUND_OR_CLEAR = (0, 1)


class CommandFailedError(SystemExit):
    """Ends a benchmark whose command did not do its work, with one line; a figure without it is worth nothing."""


def tasmat_check() -> str:
    """Find the installed command of the environment that runs the benchmark; raises CommandFailedError."""
    command = shutil.which("tasmat-check", path=sysconfig.get_path("scripts"))
    if command is None:
        raise CommandFailedError("tasmat-check is not installed beside this Python")
    return command


def run(command: Sequence[str | Path], right: Iterable[int] = _FOUND_OR_CLEAR) -> str:
    """Run a command and give its standard output; raises CommandFailedError at any exit code but the `right` ones."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in right:
        raise CommandFailedError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout


def score(tool: Path, interpreter: str, arguments: Sequence[str | Path]) -> dict[str, Any]:
    """Run a scoring tool and give the JSON object that it prints."""
    scores: dict[str, Any] = json.loads(run([interpreter, tool, *arguments], right=(0,)))
    return scores


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write a JSON Lines file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a plain table: the first column flush left, the others flush right."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = (f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        print("  ".join([f"{line[0]:<{widths[0]}}", *cells]).rstrip())
