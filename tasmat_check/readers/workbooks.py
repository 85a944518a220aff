"""Reads Excel workbooks of posts: every sheet with a text column, hidden ones too, row by row."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import count
from typing import Any

from tasmat_check.files import UnreadableError, load, refuse_bomb
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.columns import quoted
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.records import Place, Unread
from tasmat_check.readers.tables import NoTextColumnError, Row, Table, read_table

_LARGEST_FILE = 64_000_000
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 256
"""Columns that are looked at; a sheet may claim 16,384 in every row."""

_OLD_FILE = b"\xd0\xcf\x11\xe0"
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
_NO_RESULT = Unread("is a formula without a saved result; open the file in Excel and save it")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PICTURE = re.compile(r"xl/media/[^/]+")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet with the results of its formulas, and once more with the formulas where there are any."""

    name: str
    results: Any
    formulas: Any = None


def read_workbook(path: str, channel: Channel, intake: Intake) -> Iterator[Draft]:
    """Yield a draft a row; sheets without a text column and rows without words are counted in `intake`.

    Raises UnreadableError for what is no such workbook, and where no sheet has a text column.
    """
    data = load(path, _LARGEST_FILE)
    sheets, unread = _opened(data)
    numbers = count(1)
    refused: list[NoTextColumnError] = []
    for sheet in sheets:
        table = Table(_rows(sheet), path, channel, intake, numbers, blanks_told=False)
        try:
            yield from read_table(table)
        except NoTextColumnError as problem:
            refused.append(problem)
        except UnreadableError as problem:
            yield Place(path, next(numbers), f"sheet {quoted(sheet.name)}").refuse(problem.reason, channel)
    for what, reason in unread:
        yield Place(path, next(numbers), f"({what})").refuse(reason, channel)
    if refused and len(refused) == len(sheets):
        raise refused[0]
    if refused:
        intake.leave_out("sheets without a text column", len(refused))


def _opened(data: bytes) -> tuple[list[_Sheet], list[tuple[str, str]]]:
    """Open a workbook; give its sheets, and what else it holds that is not read, with the reason."""
    import openpyxl

    warnings.filterwarnings("ignore", module="openpyxl")  # it tells of drop-down lists and the like that it leaves out
    if data.startswith(_OLD_FILE):
        raise UnreadableError("is an old Excel file, or locked with a password; save it as .xlsx without one")
    try:
        refuse_bomb(io.BytesIO(data))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            has_formulas = any(_holds_formulas(package, name) for name in names)
        books = [
            openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
            for results in ((True, False) if has_formulas else (True,))
        ]
    except UnreadableError:
        raise
    except Exception as problem:  # a damaged file fails in openpyxl, lxml or zipfile, each in its own ways
        raise UnreadableError("is not an Excel file that can be read; save it as .xlsx") from problem
    sheets = [_Sheet(pair[0].title, *pair) for pair in zip(*(book.worksheets for book in books), strict=True)]
    return sheets, list(_unread(names, len(sheets)))


def _unread(names: list[str], sheets: int) -> Iterator[tuple[str, str]]:
    """Yield what a workbook of so many readable sheets holds beside them."""
    if pictures := sum(1 for name in names if _PICTURE.fullmatch(name)):
        yield f"{pictures} picture{'s' * (pictures > 1)}", "pictures in an Excel file are not checked"
    if (lost := sum(1 for name in names if _SHEET.fullmatch(name)) - sheets) > 0:
        yield f"{lost} sheet{'s' * (lost > 1)}", "cannot be found by the file's own list; save it again in Excel"


def _holds_formulas(package: zipfile.ZipFile, name: str) -> bool:
    if not _SHEET.fullmatch(name):
        return False
    with package.open(name) as stream:
        end = b""
        while chunk := stream.read(_CHUNK):
            if _FORMULA.search(end + chunk):
                return True
            end = chunk[-32:]
    return False


def _rows(sheet: _Sheet) -> Iterator[Row]:
    """Yield the rows in which something stands; where the sheet is damaged, a last one that says so."""
    number = 0
    try:
        for number, cells in enumerate(_cells(sheet), 1):
            if number > _MOST_ROWS:
                yield Row(f"sheet {quoted(sheet.name)}", problem=f"goes on after row {_MOST_ROWS:,}, which is not read")
                return
            if any(cells):
                yield Row(f"sheet {quoted(sheet.name)} row {number}", _trimmed(cells))
    except Exception:  # in as many ways as when it is opened
        where = f"sheet {quoted(sheet.name)} after row {number}"
        yield Row(where, problem="is damaged here")


def _cells(sheet: _Sheet) -> Iterator[Sequence[object]]:
    for book in (sheet.results, sheet.formulas):
        if book is not None:
            book.reset_dimensions()  # they may be wrong
    if sheet.formulas is None:
        yield from sheet.results.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
        return
    formulas = sheet.formulas.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    for cells, typed in zip(sheet.results.iter_rows(max_col=_MOST_COLUMNS), formulas, strict=True):
        yield [_result(cell, formula) for cell, formula in zip(cells, typed, strict=True)]


def _result(cell: Any, formula: object) -> object:
    """Give a cell's value. A formula has none if it was never reckoned; an empty text as a result is marked as one."""
    is_unknown = cell.value is None and formula is not None and cell.data_type != "str"
    return _NO_RESULT if is_unknown else cell.value


def _trimmed(cells: Sequence[object]) -> list[object]:
    width = next(width for width in range(len(cells), 0, -1) if cells[width - 1] is not None)
    return [_plain(cell) for cell in cells[:width]]


def _plain(cell: object) -> object:
    """Write a cell as people see it, except dates and times, whose look depends on the sheet."""
    match cell:
        case str() if cell in _ERRORS:
            return Unread(f"is an error of Excel ({cell})")
        case str():
            return _CONTROL.sub(lambda match: chr(int(match[1], 16)), cell)
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return str(int(cell))
        case None | date() | time() | Unread():
            return cell
    return str(cell)
