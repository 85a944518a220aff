"""Reads the files of a pack; every mistake becomes one line that names the file."""

import csv
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tasmat_check.errors import PackError
from tasmat_check.pack.rule_file import Rule

Model = TypeVar("Model", bound=BaseModel)

# What pydantic's errors mean to somebody who writes a pack, by error type.
_PLAINLY = {
    "missing": "is missing",
    "extra_forbidden": "unknown key",
    "string_type": "must be text, in quotes",
    "tuple_type": "must be a list, in square brackets",
    "dict_type": "must be a table, in braces",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "too_short": "must not be empty",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "literal_error": "must be {expected}",
    "union_tag_not_found": "kind is missing",
    "union_tag_invalid": "there is no kind {tag}; the kinds are {expected_tags}",
}
_FORMS = {
    "id": "must be lower-case words or numbers joined by hyphens",
    "number": "must be numbers joined by dots, such as 6.9",
}


class Mistakes:
    """Collects the mistakes of a pack as `file: what` lines, files named from the pack's folder."""

    def __init__(self, folder: Path) -> None:
        """Start with none."""
        self.folder = folder
        self.lines: list[str] = []

    def add(self, path: Path, what: str) -> None:
        """Note one mistake in a file."""
        self.lines.append(f"{self.name(path)}: {' '.join(what.splitlines())}")

    def name(self, path: Path) -> str:
        """Give the name that a file has within the pack."""
        return path.relative_to(self.folder).as_posix()


def read_model(path: Path, model: type[Model], mistakes: Mistakes) -> Model | None:
    """Read one TOML file as a model; None when it has mistakes."""
    text = _read_text(path, mistakes)
    if text is None:
        return None
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        mistakes.add(path, f"is not valid TOML: {error}")
    except ValidationError as error:
        for line in _lines(error):
            mistakes.add(path, line)
    return None


def _read_text(path: Path, mistakes: Mistakes) -> str | None:
    """Read a file that a person has written, with or without a byte-order mark; None when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        mistakes.add(path, "is missing")
    except UnicodeDecodeError:
        mistakes.add(path, "is not saved as UTF-8; save it again with that encoding")
    except OSError as error:
        mistakes.add(path, f"cannot be read: {error.strerror}")
    return None


def _lines(error: ValidationError) -> Iterator[str]:
    """Tell each mistake once, however many shapes pydantic has tried for a value."""
    seen: set[str] = set()
    for detail in error.errors(include_url=False):
        # Items that are wrong themselves are not counted, so a list of them alone is called too short as well.
        if detail["type"] == "too_short" and detail["input"]:
            continue
        key = _key(detail["loc"])
        if not key or key not in seen:
            seen.add(key)
            yield f"{key}: {_message(detail)}" if key else _message(detail)


def _message(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        return _FORMS.get(str(detail["loc"][-1]), detail["msg"])
    if plain := _PLAINLY.get(detail["type"]):
        context = {name: str(value).replace("'", "") for name, value in detail.get("ctx", {}).items()}
        return plain.format_map(context)
    return detail["msg"].removeprefix("Value error, ").replace("Input should be", "must be")


def _key(location: tuple[int | str, ...]) -> str:
    """Write where in a file a value stands: `example 2, text`; tables and their items count from 1."""
    parts: list[str] = []
    for place, part in enumerate(location):
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        elif not _is_pydantics_own(location, place):
            parts.append(str(part))
    return ", ".join(parts)


def _is_pydantics_own(location: tuple[int | str, ...], place: int) -> bool:
    """Say whether a part of a location names the shape pydantic has tried there (a kind, a type) and no key."""
    return "[" in str(location[place]) or (place == 1 and location[0] == "match")


def read_rules(folder: Path, mistakes: Mistakes) -> list[tuple[Path, Rule]]:
    """Read every rule file below a folder."""
    rules: list[tuple[Path, Rule]] = []
    paths = sorted(folder.rglob("*.toml"))
    if not paths:
        mistakes.add(folder, "holds no rule file, so that nothing would be checked")
    for path in paths:
        rule = read_model(path, Rule, mistakes)
        if rule is not None:
            rules.append((path, rule))
    return rules


def read_lexicons(folder: Path, mistakes: Mistakes) -> list[tuple[Path, tuple[str, ...]]]:
    """Read every lexicon in a folder: one phrase a line, # starts a comment."""
    lexicons: list[tuple[Path, tuple[str, ...]]] = []
    for path in sorted(folder.glob("*.txt")):
        text = _read_text(path, mistakes) or ""
        stripped = (line.strip() for line in text.splitlines())
        lexicons.append((path, tuple(line for line in stripped if line and not line.startswith("# ") and line != "#")))
    return lexicons


def read_nicknames(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a table of forenames and nicknames, one pair a row; empty when there is none; raises PackError."""
    if not path.exists():
        return {}
    table: dict[str, tuple[str, ...]] = {}
    mistakes = Mistakes(path.parent)
    rows = csv.reader((_read_text(path, mistakes) or "").splitlines())
    for row in islice(rows, 1, None):
        if len(row) != 2:
            mistakes.add(path, f"line {rows.line_num}: must be a forename and a nickname with a comma between")
            continue
        forename, nickname = row
        table[forename] = (*table.get(forename, ()), nickname)
    if mistakes.lines:
        raise PackError(mistakes.lines)
    return table
