"""CSV for a spreadsheet: a row a finding, and a row for everything that could not be checked."""

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from tasmat_check.models import Finding, Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.picture_table import where

HEADS = (
    *("post", "source", "channel", "verdict", "level", "clause", "title", "also", "what", "evidence", "where"),
    *("what to do", "rule", "confidence"),
)
NOT_CHECKED = "not checked"

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
) -> None:
    """Write every finding as a row, in the order of posts."""
    encoding = getattr(out, "encoding", None) or "utf-8"
    lettering = Lettering(encoding)
    if encoding.lower().replace("-", "").startswith("utf8"):
        out.write(_BYTE_ORDER_MARK)
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADS)
    for report in reports:
        shown = mask_report(report) if mask else report
        table.writerows([_safe(cell, lettering) for cell in row] for row in _rows(shown, pack))


def _rows(report: Report, pack: PackView) -> Iterator[tuple[str, ...]]:
    draft = report.draft
    verdict = NOT_CHECKED if report.verdict == "clear" and report.skipped else report.verdict
    post = (draft.id, draft.source, draft.channel, verdict)
    for finding in report.findings:
        first, *others = finding.clauses
        what = (finding.message, finding.evidence, _where(finding, report), finding.fix)
        clause = (finding.level.label, first, pack.clause(first).title, ", ".join(others))
        yield (*post, *clause, *what, finding.rule, f"{finding.confidence:.2f}")
    for gap in report.skipped:
        yield (*post, NOT_CHECKED, "", "", "", gap.reason, "", gap.what, "", "", "")


def _where(finding: Finding, report: Report) -> str:
    location = finding.location
    if not location.image:
        return location.part or "the post's text"
    if location.source:
        return f"{location.image}: {location.source}"
    seen = next((seen for seen in report.draft.seen if seen.image == location.image), None)
    return f"{location.image}: {where(location, seen)}" if seen else location.image


def _safe(cell: str, lettering: Lettering) -> str:
    """Give a cell on one line that no spreadsheet takes for a formula."""
    shown = " ".join(lettering.shown(cell).split())
    return f"'{shown}" if shown.startswith(_BEGINS_FORMULA) else shown
