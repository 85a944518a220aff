"""The sheets of an Excel workbook, written row by row so that memory stays flat; XlsxWriter knows the file format."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.xml_text import xml_text

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
"""Excel's limits: rows of a sheet, and UTF-16 units of a cell."""

_LETTERING = Lettering()


class Style(Enum):
    """How a cell looks."""

    PLAIN = auto()
    STRONG = auto()
    HEAD = auto()
    BREACH = auto()
    CAUTION = auto()
    CLEAR = auto()
    LOUD = auto()


# The quote prefix keeps a text a text when somebody edits the cell, as a leading apostrophe does.
_EVERY_CELL = {"valign": "top", "text_wrap": True, "quote_prefix": True}
_ON_DARK = {"bold": True, "font_color": "#FFFFFF"}
_LOOKS: dict[Style, dict[str, Any]] = {
    Style.PLAIN: {},
    Style.STRONG: {"bold": True},
    Style.HEAD: {**_ON_DARK, "bg_color": "#1F3864"},
    Style.BREACH: {**_ON_DARK, "bg_color": "#C00000"},
    Style.CAUTION: {"bg_color": "#FFE699"},
    Style.CLEAR: {"bg_color": "#E2EFDA"},
    Style.LOUD: {**_ON_DARK, "bg_color": "#7030A0"},
}

Cell = tuple[str | int, Style]


@contextmanager
def open_workbook(out: BinaryIO) -> Iterator[Workbook]:
    """Open a workbook that reaches `out` once all sheets are filled: after an error, nothing is written there.

    Until then its rows stand in a folder of temporary files, which goes in every case. An OSError is one of `out` or of
    that folder.
    """
    with TemporaryDirectory(prefix="tasmat-check-") as folder:
        path = Path(folder, "report.xlsx")
        # A part of more than 2 GiB needs zip64: Excel offers a repair then, and loses nothing by it.
        workbook = Workbook(str(path), {"constant_memory": True, "tmpdir": folder, "use_zip64": True})
        try:
            yield workbook
            workbook.close()
        except FileCreateError as error:
            raise error.args[0] from None
        finally:
            for sheet in workbook.worksheets():
                sheet.row_data_fh.close()  # only close() does so; Windows removes no file that is open
        with path.open("rb") as written:
            shutil.copyfileobj(written, out)


class Sheet:
    """A sheet that is filled from the top; `widths` are those of its columns, in digits."""

    def __init__(self, workbook: Workbook, name: str, widths: Sequence[int]) -> None:
        self._sheet = workbook.add_worksheet(name)
        self._looks = {style: workbook.add_format({**_EVERY_CELL, **look}) for style, look in _LOOKS.items()}
        self._columns = len(widths)
        self._rows = 0
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # such as the clause "5.4"
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def append(self, cells: Iterable[Cell]) -> bool:
        """Write a row and say whether it still fitted: a full sheet stays as it is."""
        if self._rows >= MOST_ROWS:
            return False
        for column, (value, style) in enumerate(cells):
            if isinstance(value, int):
                self._sheet.write_number(self._rows, column, value, self._looks[style])
            elif value:  # what write() would take for a formula, a link or a number is a text here
                self._sheet.write_string(self._rows, column, _text(value), self._looks[style])
        self._rows += 1
        return True

    def make_table(self) -> None:
        """Keep the first row in sight and give it filters; the rows are all there."""
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, max(0, self._rows - 1), self._columns - 1)


def _text(value: str) -> str:
    """Give a text on one line that is not too long, and in which nothing is taken for mark-up."""
    shown = " ".join(xml_text(value, _LETTERING).split())
    if shown.startswith("<r>") and shown.endswith("</r>"):
        shown += " "  # XlsxWriter would write it unescaped, as letters with fonts of their own
    if 2 * len(shown) > LONGEST_CELL and len(encoded := shown.encode("utf-16-le")) > 2 * LONGEST_CELL:
        shown = encoded[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return shown
