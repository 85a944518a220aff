"""Reads the rows of a platform's CSV file one by one, by the names of their columns."""

import csv
import re
from collections.abc import Callable, Iterator

from tasmat_check.files import UnreadableError
from tasmat_check.models import Skipped
from tasmat_check.readers.lines import Lines, open_lines

_LINE_END = re.compile(r"[\r\n]+")
_SEPARATORS = re.compile(r"[\s_-]+")


def column_key(name: str) -> str:
    """Bring a column's name into the form in which columns are compared: "Alt Text" → "alt_text"."""
    return _SEPARATORS.sub("_", name.strip().lower())


def column_names(head: str) -> list[str]:
    """Give the names in the first line of a CSV file, in the form in which they are compared ("comment_text")."""
    return [column_key(name) for name in row_of(_LINE_END.split(head.lstrip("\ufeff"), maxsplit=1)[0])]


def row_of(text: str) -> list[str]:
    """Read the first row of a text as CSV; empty where it is none."""
    try:
        return next(csv.reader(text.splitlines(keepends=True)), [])
    except csv.Error:
        return []


def read_rows(path: str, prepare: Callable[[str], str] | None = None) -> Iterator[dict[str, str] | Skipped]:
    """Yield each filled row below the first as texts by compared column names, in the order of the columns.

    `prepare` changes a line before it is read. A row that cannot be read is a Skipped with its line, and the rest goes
    on. Raises UnreadableError for a file that cannot be opened.
    """
    with open_lines(path, newline="") as lines:
        # Strict, since a quotation mark that is never closed would otherwise swallow all later rows into one text.
        rows = lines.rows(strict=True, prepare=prepare)
        header: list[str] = []
        while True:
            start = lines.number + 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except (csv.Error, UnreadableError) as problem:
                yield Skipped(f"{path} {_where(start, lines)}", f"not valid CSV: {problem}")
                continue
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = [column_key(name.lstrip("\ufeff")) for name in row]
            elif len(row) != len(header):
                reason = f"has {len(row)} columns where the first line has {len(header)}"
                yield Skipped(f"{path} {_where(start, lines)}", reason)
            else:
                yield dict(zip(header, row, strict=True))


def _where(start: int, lines: Lines) -> str:
    return f"line {start}" if lines.number <= start else f"lines {start} to {lines.number}"
