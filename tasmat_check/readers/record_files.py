"""Reads files of records: JSON Lines, JSON, CSV and Excel's with a column for the text.

JSON Lines and CSV are read as they stream past, so that a file of any size needs little memory.
"""

import csv
import json
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from tasmat_check.files import UnreadableError, load
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.columns import columns_of, no_text_column
from tasmat_check.readers.decoding import decode, mend
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.lines import LONGEST_LINE, Lines, open_lines
from tasmat_check.readers.moments import moment
from tasmat_check.readers.records import Place, object_draft
from tasmat_check.readers.tables import Row, Table, read_table
from tasmat_check.readers.workbooks import read_workbook

LARGEST_ARRAY = 200_000_000
"""Largest JSON file, in bytes, since it has to be read whole."""

_TOP = 65_536
"""Bytes by which a sheet is told."""

_DELIMITERS = ",;\t"


def is_sheet(path: str) -> bool:
    """Say whether a text file is a sheet that Excel saved as text: known names of columns with tabs between them."""
    if Path(path).suffix.lower() != ".txt":
        return False
    try:
        lines = decode(load(path, _TOP, cut=True)).lstrip("\ufeff").splitlines()[:2]
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
    text = decode(load(path, LARGEST_ARRAY))
    if not text.strip():
        return
    try:
        content = _parsed(text)
    except UnreadableError:
        if not _starts_with_line(text):
            raise
        yield from _read_json_lines(path, channel)
        return
    if isinstance(content, dict):
        records = content.get("posts", content)
        if isinstance(records, dict) and not columns_of(names := tuple(map(mend, records))).has_text:
            raise UnreadableError(f"{no_text_column(names)}; nor is there a list named posts")
        content = records if isinstance(records, list) else [records]
    if not isinstance(content, list):
        raise UnreadableError("is neither a list of posts nor an object with a list named posts")
    for number, record in enumerate(content, 1):
        yield object_draft(record, Place(path, number, f"post {number}"), channel)


def _starts_with_line(text: str) -> bool:
    """Say whether the text is rather one JSON object a line."""
    first = text.lstrip().partition("\n")[0]
    try:
        return isinstance(_parsed(first), dict)
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
    csv.field_size_limit(LONGEST_LINE)
    with open_lines(path, newline="") as lines:
        first = next((line for line in lines if line.strip()), "")
        if first:
            delimiter = _delimiter(first)
            rows = _csv_rows(first, lines, delimiter)
            yield from read_table(Table(rows, path, channel, intake, count(1), delimiter))


def _csv_rows(first: str, lines: Lines, delimiter: str) -> Iterator[Row]:
    """Yield every row from the first filled line on, those that cannot be read with the reason."""
    # Strict, since a quotation mark that is never closed would otherwise swallow all later rows into one text.
    rows = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    start = lines.number
    while True:
        try:
            yield Row(f"line {start}", next(rows))
        except StopIteration:
            return
        except (csv.Error, UnreadableError) as problem:
            where = f"line {start}" if lines.number <= start else f"lines {start} to {lines.number}"
            yield Row(where, problem=f"not valid CSV: {problem}")
        start = lines.number + 1


def _delimiter(first: str) -> str:
    """Tell what parts the cells: with it the first line shows a text column, a date with a time, or else most cells."""

    def promise(delimiter: str) -> tuple[bool, bool, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        scheduled = len(cells) > 1 and ":" in cells[0] and moment(cells[0]) is not None
        return columns_of(tuple(cells)).has_text, scheduled, len(cells)

    return max(_DELIMITERS, key=promise)
