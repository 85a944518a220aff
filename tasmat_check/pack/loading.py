"""Reads the files of a pack; every mistake becomes one line that names the file."""

import csv
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from tasmat_check.pack.rule_file import Rule

Model = TypeVar("Model", bound=BaseModel)


class Mistakes:
    """Collects the mistakes of a pack as `file: what` lines, files named from the pack's folder."""

    def __init__(self, folder: Path) -> None:
        """Start with none."""
        self.folder = folder
        self.lines: list[str] = []

    def add(self, path: Path, what: str) -> None:
        """Note one mistake in a file."""
        self.lines.append(f"{path.relative_to(self.folder).as_posix()}: {what}")


def read_model(path: Path, model: type[Model], mistakes: Mistakes) -> Model | None:
    """Read one TOML file as a model; None when it has mistakes."""
    try:
        with path.open("rb") as file:
            return model.model_validate(tomllib.load(file))
    except FileNotFoundError:
        mistakes.add(path, "is missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.add(path, f"is not valid TOML: {error}")
    except OSError as error:
        mistakes.add(path, f"cannot be read: {error.strerror}")
    except ValidationError as error:
        for line in _lines(error):
            mistakes.add(path, line)
    return None


def _lines(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_context=False):
        message = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            message = "unknown key"
        yield f"{_key(detail['loc'])}: {message}"


def _key(location: tuple[int | str, ...]) -> str:
    """Write where in a file a value stands: `example 2, text`; tables and their items count from 1."""
    parts: list[str] = []
    for part in location:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(str(part))
    return ", ".join(parts) or "file"


def read_rules(folder: Path, mistakes: Mistakes) -> list[tuple[Path, Rule]]:
    """Read every rule file below a folder."""
    rules: list[tuple[Path, Rule]] = []
    for path in sorted(folder.rglob("*.toml")):
        rule = read_model(path, Rule, mistakes)
        if rule is not None:
            rules.append((path, rule))
    return rules


def read_lexicons(folder: Path, mistakes: Mistakes) -> list[tuple[Path, tuple[str, ...]]]:
    """Read every lexicon in a folder: one phrase a line, # starts a comment."""
    lexicons: list[tuple[Path, tuple[str, ...]]] = []
    for path in sorted(folder.glob("*.txt")):
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            mistakes.add(path, f"cannot be read: {error}")
            continue
        stripped = (line.strip() for line in lines)
        lexicons.append((path, tuple(line for line in stripped if line and not line.startswith("# ") and line != "#")))
    return lexicons


def read_nicknames(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a table of forenames and nicknames, one pair a row; empty when there is none."""
    if not path.exists():
        return {}
    table: dict[str, tuple[str, ...]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for forename, nickname in islice(csv.reader(file), 1, None):
            table[forename] = (*table.get(forename, ()), nickname)
    return table
