"""CSV for a spreadsheet: a row a finding, and a row for everything that could not be checked."""

import csv
from collections.abc import Iterable
from typing import TextIO

from tasmat_check.models import Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.table import HEADS, finding_rows, gap_rows

_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes a file for Windows-1252."""

_BEGINS_FORMULA = ("=", "+", "-", "@", "|", "%")
"""OWASP, "CSV Injection": a cell that begins so may be run, so an apostrophe goes before it."""


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post without findings has no row anyway
    remarks: Iterable[str] = (),  # noqa: ARG001 - a machine reads this
) -> None:
    """Write every finding as a row, in the order of posts."""
    lettering = Lettering.of(out)
    if lettering.encoding.lower().replace("-", "").startswith("utf8"):
        out.write(_BYTE_ORDER_MARK)
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADS)
    for report in reports:
        shown = mask_report(report) if mask else report
        for row in (*finding_rows(shown, pack), *gap_rows(shown)):
            table.writerow([_safe(cell, lettering) for cell in row])


def _safe(cell: str, lettering: Lettering) -> str:
    """Give a cell on one line that no spreadsheet takes for a formula."""
    shown = " ".join(lettering.shown(cell).split())
    return f"'{shown}" if shown.startswith(_BEGINS_FORMULA) else shown
