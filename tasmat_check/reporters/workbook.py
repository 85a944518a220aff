"""Writes an Excel workbook (Office Open XML, ECMA-376) row by row, so that memory stays flat.

The usual libraries keep rows in named temporary files, where the words of posts stay behind when the program is killed.
Here they go straight into the zip. Every text is an inline string, which no program takes for a formula.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from functools import cache
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tasmat_check.reporters import workbook_parts as parts
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.xml_text import xml_text

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
"""Excel's limits: rows of a sheet, and UTF-16 units of a cell."""

_LARGEST_SHEET = 2_000_000_000
"""In bytes before compression. From 2 GiB on a zip needs extensions that make Excel offer a repair."""

# Excel reads _x0041_ as the letter A (ECMA-376, part 1, 22.9.2.19).
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LETTERING = Lettering()


class Style(IntEnum):
    """How a cell looks; the number is its place in the workbook's list of forms."""

    PLAIN = 0
    STRONG = 1
    HEAD = 2
    BREACH = 3
    CAUTION = 4
    CLEAR = 5
    LOUD = 6


Cell = tuple[str | int, Style]


class Workbook:
    """A workbook that is being written into a zip; its sheets are written in any order, one at a time."""

    def __init__(self, archive: ZipFile, names: Sequence[str]) -> None:
        self._archive = archive
        self._names = names
        sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)]
        self._add("[Content_Types].xml", parts.content_types(len(names)))
        self._add("_rels/.rels", parts.relationships([("officeDocument", "xl/workbook.xml")]))
        self._add("xl/workbook.xml", parts.workbook(names))
        self._add("xl/_rels/workbook.xml.rels", parts.relationships([*sheets, ("styles", "styles.xml")]))
        self._add("xl/styles.xml", parts.styles())

    @contextmanager
    def sheet(self, name: str, widths: Sequence[int], *, table: bool = False) -> Iterator["Sheet"]:
        """Open a sheet for its rows; the first row of a `table` stays in sight and has filters.

        `widths` are those of the columns, in digits.
        """
        with self._archive.open(_entry(f"xl/worksheets/sheet{self._names.index(name) + 1}.xml"), "w") as stream:
            stream.write(_opening(widths, frozen=table).encode())
            sheet = Sheet(stream)
            yield sheet
            stream.write(_closing(f"A1:{_column(len(widths) - 1)}{max(1, sheet.rows)}", filtered=table).encode())

    def _add(self, name: str, content: str) -> None:
        self._archive.writestr(_entry(name), content)


class Sheet:
    """A sheet that is being written; `rows` counts those that it holds."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._size = 0
        self.rows = 0

    def append(self, cells: Iterable[Cell]) -> bool:
        """Write a row and say whether it still fitted: a full sheet stays as it is."""
        if self.rows >= MOST_ROWS or self._size >= _LARGEST_SHEET:
            return False
        self.rows += 1
        row = "".join(_cell(f"{_column(place)}{self.rows}", *cell) for place, cell in enumerate(cells))
        self._size += self._stream.write(f'<row r="{self.rows}">{row}</row>\n'.encode())
        return True


def _cell(reference: str, value: str | int, style: Style) -> str:
    start = f'<c r="{reference}" s="{style:d}"'
    if isinstance(value, int):
        return f"{start}><v>{value}</v></c>"
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(_text(value))}</t></is></c>' if value else ""


def _text(value: str) -> str:
    """Give a text on one line as Excel takes it: not too long, and nothing in it read as an escape."""
    shown = " ".join(xml_text(value, _LETTERING).split())
    if 2 * len(shown) > LONGEST_CELL and len(encoded := shown.encode("utf-16-le")) > 2 * LONGEST_CELL:
        shown = encoded[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return _LIKE_ESCAPE.sub("_x005F_", shown)


def _opening(widths: Sequence[int], *, frozen: bool) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if frozen else ""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f"{parts.SHEET_HEAD}{view}<cols>{columns}</cols><sheetData>\n"


def _closing(reference: str, *, filtered: bool) -> str:
    """End a sheet: with filters, and without the marks that Excel puts on numbers written as text, such as "5.4"."""
    filters = f'<autoFilter ref="{reference}"/>' if filtered else ""
    marks = f'<ignoredErrors><ignoredError sqref="{reference}" numberStoredAsText="1"/></ignoredErrors>'
    return f"</sheetData>{filters}{marks}</worksheet>"


@cache
def _column(place: int) -> str:
    """Name a column, the first being 0, of the first 26."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry
