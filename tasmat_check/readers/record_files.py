"""Reads files of records: JSON Lines, JSON, CSV, Excel's and Parquet with a column for the text.

They are read as they stream past, so that a file of any size needs little memory.
"""

import csv
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from tasmat_check.files import UnreadableError, load
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.columns import columns_of, no_text_column
from tasmat_check.readers.decoding import decode, mend
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.json_items import read_items
from tasmat_check.readers.lines import LONGEST_LINE, Lines, open_lines
from tasmat_check.readers.moments import moment
from tasmat_check.readers.parquet import read_parquet
from tasmat_check.readers.records import Place, object_draft
from tasmat_check.readers.tables import Row, Table, read_table
from tasmat_check.readers.workbooks import read_workbook

_HEAD = 65_536
_DELIMITERS = ",;\t"


def is_sheet(path: str) -> bool:
    """Say whether a text file is a sheet that Excel saved as text: known names of columns with tabs between them."""
    if Path(path).suffix.lower() != ".txt":
        return False
    try:
        lines = decode(load(path, _HEAD, cut=True), is_beginning=True).lstrip("\ufeff").splitlines()[:2]
    except UnreadableError:
        return False
    if len(lines) < 2 or "\t" not in lines[1]:
        return False
    columns = columns_of(tuple(lines[0].split("\t")))
    return columns.has_text and len(columns.positions) > 1


def read_records(path: str, channel: Channel, intake: Intake) -> Iterator[Draft]:
    """Yield a draft a record; `channel` holds for those that name none. Raises UnreadableError for a whole file."""
    match Path(path).suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return _read_csv(path, channel, intake)
        case ".xlsx" | ".xlsm" | ".xls" | ".xlsb" | ".ods":
            return read_workbook(path, channel, intake)
        case ".parquet":
            return read_parquet(path, channel, intake)
        case ".json":
            return _read_json(path, channel)
    return _read_json_lines(path, channel)


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
        return object_draft(_parsed(line.strip()), place, channel)
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
        yield object_draft(record, Place(path, number, f"post {number}"), channel)


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
    if not columns_of(names := tuple(map(mend, records))).has_text:
        raise UnreadableError(f"{no_text_column(names)}; nor is there a list named posts")
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


def _read_csv(path: str, channel: Channel, intake: Intake) -> Iterator[Draft]:
    with open_lines(path, newline="") as lines:
        first = next((line for line in lines if line.strip()), "")
    if first:
        delimiter = _delimiter(first)
        with open_lines(path, newline="") as lines:
            yield from read_table(Table(_csv_rows(lines, delimiter), path, channel, intake, count(1), delimiter))


def _csv_rows(lines: Lines, delimiter: str) -> Iterator[Row]:
    """Yield every row, those that cannot be read with the reason."""
    # Strict, since a quotation mark that is never closed would otherwise swallow all later rows into one text.
    rows = lines.rows(delimiter, strict=True)
    while True:
        start = lines.number + 1
        try:
            yield Row(f"line {start}", next(rows))
        except StopIteration:
            return
        except (csv.Error, UnreadableError) as problem:
            where = f"line {start}" if lines.number <= start else f"lines {start} to {lines.number}"
            yield Row(where, problem=f"not valid CSV: {problem}")
        except OSError as problem:  # rows before it are held back until the columns are understood
            yield Row(f"line {start}", problem=f"reading broke off: {(problem.strerror or 'unknown error').lower()}")
            return


def _delimiter(first: str) -> str:
    """Tell what parts the cells: with it the first line shows a text column, a date with a time, or else most cells."""

    def promise(delimiter: str) -> tuple[bool, bool, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        scheduled = len(cells) > 1 and ":" in cells[0] and moment(cells[0]) is not None
        return columns_of(tuple(cells)).has_text, scheduled, len(cells)

    return max(_DELIMITERS, key=promise)
