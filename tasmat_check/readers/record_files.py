"""Reads files of records: JSON Lines, JSON and CSV with a column for the text.

They are read as they stream past, so that a file of any size needs little memory.
"""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tasmat_check.files import UnreadableError, load
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.decoding import decode, mend
from tasmat_check.readers.json_items import read_items
from tasmat_check.readers.lines import LONGEST_LINE, Lines, open_lines
from tasmat_check.readers.records import Place, column_key, has_text_column, no_text_column, record_draft

_HEAD = 65_536
_DELIMITERS = ",;\t"


def read_records(path: str, channel: Channel) -> Iterator[Draft]:
    """Yield a draft a record; `channel` holds for those that name none. Raises UnreadableError for a whole file."""
    yield from _reader(path)(path, channel)


def _reader(path: str) -> Callable[[str, Channel], Iterator[Draft]]:
    match Path(path).suffix.lower():
        case ".csv" | ".tsv":
            return _read_csv
        case ".json":
            return _read_json
    return _read_json_lines


def _read_json_lines(path: str, channel: Channel) -> Iterator[Draft]:
    with open_lines(path, newline="\n") as lines:
        number = 0
        for line in _each(lines):
            if isinstance(line, UnreadableError) or line.strip():
                number += 1
                yield _line_draft(line, Place(path, number, f"line {lines.number}"), channel)


def _each(lines: Lines) -> Iterator[str | UnreadableError]:
    """Yield the lines, and the trouble in place of those that cannot be read."""
    while True:
        try:
            yield next(lines)
        except StopIteration:
            return
        except UnreadableError as problem:
            yield problem


def _line_draft(line: str | UnreadableError, place: Place, channel: Channel) -> Draft:
    try:
        if isinstance(line, UnreadableError):
            raise line
        return record_draft(_parsed(line.strip()), place, channel)
    except UnreadableError as problem:
        return place.refuse(problem.reason, channel)


def _read_json(path: str, channel: Channel) -> Iterator[Draft]:
    head = decode(load(path, _HEAD, cut=True), is_beginning=True)
    if head.lstrip().startswith("["):
        yield from _listed(path, read_items(path), channel)
    elif _starts_with_line(path):
        yield from _read_json_lines(path, channel)
    elif head.strip():
        yield from _listed(path, _in_object(path), channel)


def _listed(path: str, records: Iterator[object], channel: Channel) -> Iterator[Draft]:
    for number, record in enumerate(records, 1):
        yield record_draft(record, Place(path, number, f"post {number}"), channel)


def _in_object(path: str) -> Iterator[object]:
    """Yield the posts listed in an object, or the object where it is a post itself."""
    try:
        text = decode(load(path, LONGEST_LINE))
    except UnreadableError:
        yield from read_items(path, "posts")
        return
    content = _parsed(text)
    records = content.get("posts", content) if isinstance(content, dict) else content
    if isinstance(records, list):
        yield from records
        return
    if not isinstance(records, dict):
        raise UnreadableError("is neither a list of posts nor an object with a list named posts")
    if not has_text_column({column_key(name) for name in records}):
        raise UnreadableError(f"{no_text_column([mend(name) for name in records])}; nor is there a list named posts")
    yield records


def _starts_with_line(path: str) -> bool:
    """Say whether the text is rather one JSON object a line, of which there are several."""
    try:
        with open_lines(path, newline="\n") as lines:
            filled = (line for line in lines if line.strip())
            return isinstance(_parsed(next(filled, "")), dict) and next(filled, None) is not None
    except UnreadableError:
        return False


def _parsed(text: str) -> object:
    try:
        parsed: object = json.loads(text)
    except json.JSONDecodeError as problem:
        line = f"line {problem.lineno} " if problem.lineno > 1 else ""
        raise UnreadableError(f"not valid JSON: {problem.msg} at {line}column {problem.colno}") from problem
    except (ValueError, RecursionError) as problem:
        raise UnreadableError("not valid JSON: too long a number or too deep a nesting") from problem
    return parsed


def _read_csv(path: str, channel: Channel) -> Iterator[Draft]:
    with open_lines(path, newline="") as lines:
        header, delimiter = _header(lines)
        if not header:
            return
        if not has_text_column({column_key(name) for name in header}):
            raise UnreadableError(no_text_column(header))
        # Strict, since a quotation mark that is never closed would otherwise swallow all later rows into one text.
        rows = lines.rows(delimiter, strict=True)
        number = 0
        while True:
            start = lines.number + 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except (csv.Error, UnreadableError) as problem:
                number += 1
                where = f"line {start}" if lines.number <= start else f"lines {start} to {lines.number}"
                yield Place(path, number, where).refuse(f"not valid CSV: {problem}", channel)
                continue
            if any(cell.strip() for cell in row):
                number += 1
                yield _row_draft(row, header, delimiter, Place(path, number, f"line {start}"), channel)


def _header(lines: Lines) -> tuple[list[str], str]:
    """Read the first filled line as column names, parted by whichever delimiter shows a text column or else most."""
    line = next((line for line in lines if line.strip()), "")
    readings = [(next(csv.reader([line], delimiter=delimiter), []), delimiter) for delimiter in _DELIMITERS]
    return max(readings, key=lambda reading: (has_text_column({column_key(n) for n in reading[0]}), len(reading[0])))


def _row_draft(row: list[str], header: list[str], delimiter: str, place: Place, channel: Channel) -> Draft:
    if len(header) == 1:
        row = [delimiter.join(row)]
    if any(cell.strip() for cell in row[len(header) :]):
        return place.refuse(f"has {len(row)} columns where the first line has {len(header)}", channel)
    record: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        record.setdefault(column_key(name), cell)
    missing = {column_key(name): "" for name in header[len(row) :]}
    return record_draft({**missing, **record}, place, channel)
