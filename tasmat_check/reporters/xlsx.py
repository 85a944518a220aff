"""An Excel workbook: a row a finding, a summary with counts, and everything that could not be checked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from tasmat_check.models import Level, Report, Summary
from tasmat_check.reporters import PackView
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.spreadsheet import MOST_ROWS, Cell, Sheet, Style, open_workbook
from tasmat_check.reporters.table import HEADS, NOT_CHECKED, finding_rows, gap_rows

_FINDINGS, _SUMMARY, _GAPS = "Findings", "Summary", "Not checked"
_WIDTHS = (24, 24, 10, 26, 12, 10, 8, 30, 12, 50, 40, 30, 40, 24, 11)
_SUMMARY_WIDTHS = (16, 60, 15, 15, 15, 15)
_GAP_HEADS = ("post", "source", "channel", "published", "what", "why")
_GAP_COLUMNS = tuple(map(HEADS.index, ("post", "source", "channel", "published", "where", "what")))
_GAP_WIDTHS = (32, 32, 10, 26, 40, 70)
_STYLES = {"breach": Style.BREACH, "caution": Style.CAUTION, "clear": Style.CLEAR, NOT_CHECKED: Style.LOUD}


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: BinaryIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post without findings has no row anyway
    remarks: Iterable[str] = (),
) -> None:
    """Write the workbook, the findings as they come."""
    counts = _Counts()
    with open_workbook(out) as workbook:
        findings = Sheet(workbook, _FINDINGS, _WIDTHS)
        summary = Sheet(workbook, _SUMMARY, _SUMMARY_WIDTHS)
        gaps = Sheet(workbook, _GAPS, _GAP_WIDTHS)
        findings.append(_heads(HEADS))
        gaps.append(_heads(_GAP_HEADS))
        for report in reports:
            shown = mask_report(report) if mask else report
            counts.add(report)
            counts.findings_left_out += sum(not findings.append(_cells(row)) for row in finding_rows(shown, pack))
            counts.gaps_left_out += sum(not gaps.append(_gap(row)) for row in gap_rows(shown))
        findings.make_table()
        gaps.make_table()
        _summarise(summary, counts, pack, remarks, mask=mask)


class _Counts:
    """Counts posts and findings while they stream past."""

    def __init__(self) -> None:
        self.posts = Summary()
        self.findings: Counter[str] = Counter()
        self.clauses: Counter[tuple[str, Level]] = Counter()
        self.findings_left_out = 0
        self.gaps_left_out = 0

    def add(self, report: Report) -> None:
        """Count one report."""
        self.posts.add(report)
        self.findings.update(finding.clauses[0] for finding in report.findings)
        self.clauses.update(report.clauses.items())


def _summarise(sheet: Sheet, counts: _Counts, pack: PackView, remarks: Iterable[str], *, mask: bool) -> None:
    sheet.append(_line(Style.STRONG, f"{pack.policy.title}, {pack.policy.edition}"))
    for warning in _warnings(counts):
        sheet.append(_line(Style.LOUD, warning))
    if mask:
        sheet.append(_line(Style.PLAIN, "The words of the posts are left out of this report."))
    for remark in remarks:
        sheet.append(_line(Style.PLAIN, remark))
    sheet.append(())
    for row in (*_verdicts(counts.posts), (), *_clauses(counts, pack)):
        sheet.append(row)


def _warnings(counts: _Counts) -> Iterator[str]:
    if not counts.posts.posts:
        yield "Nothing to check: no post was given."
    if counts.posts.skipped:
        yield f"{counts.posts.skipped:,} could not be checked: see the sheet “{_GAPS}”."
    full = f"a sheet takes {MOST_ROWS:,} rows. Write the report as csv to have all"
    if counts.findings_left_out:
        yield f"{counts.findings_left_out:,} findings are missing from the sheet “{_FINDINGS}”: {full}."
    if counts.gaps_left_out:
        yield f"{counts.gaps_left_out:,} rows are missing from the sheet “{_GAPS}”: {full}."


def _verdicts(posts: Summary) -> Iterator[list[Cell]]:
    gaps = posts.posts - posts.breach - posts.caution - posts.clear
    yield _heads(("verdict", "posts"))
    told = (("breach", posts.breach), ("caution", posts.caution), ("clear", posts.clear), (NOT_CHECKED, gaps))
    for verdict, count in told:
        yield [(verdict, _STYLES[verdict]), (count, Style.PLAIN)]
    yield [("all", Style.STRONG), (posts.posts, Style.STRONG)]


def _clauses(counts: _Counts, pack: PackView) -> Iterator[list[Cell]]:
    """Give a row a clause: how many posts touch it at each level, and how many findings cite it first."""
    levels = (Level.BREACH, Level.CAUTION, Level.NOTE)
    yield _heads(("clause", "title", *(f"posts: {level.label}" for level in levels), "findings"))
    for clause in pack.policy.clause:
        numbers = [counts.clauses[clause.number, level] for level in levels]
        if any(numbers) or counts.findings[clause.number]:
            told: tuple[str | int, ...] = (clause.number, clause.title, *numbers, counts.findings[clause.number])
            yield [(value, Style.PLAIN) for value in told]


def _heads(names: Iterable[str]) -> list[Cell]:
    return [(name, Style.HEAD) for name in names]


def _line(style: Style, text: str) -> list[Cell]:
    """Give a sentence in the second column, which is wide."""
    return [("", style), (text, style)]


def _cells(row: tuple[str, ...]) -> list[Cell]:
    coloured = (HEADS.index("verdict"), HEADS.index("level"))
    return [
        (text, _STYLES.get(text, Style.PLAIN) if place in coloured else Style.PLAIN) for place, text in enumerate(row)
    ]


def _gap(row: tuple[str, ...]) -> list[Cell]:
    return [(row[column], Style.PLAIN) for column in _GAP_COLUMNS]
