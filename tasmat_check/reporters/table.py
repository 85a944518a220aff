"""Findings as rows of a table, the same in every format that a spreadsheet opens."""

from collections.abc import Iterator

from tasmat_check.models import Finding, Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.picture_table import where

HEADS = (
    *("post", "source", "channel", "published", "verdict", "level", "clause", "title", "also", "what", "evidence"),
    *("where", "what to do", "rule", "confidence"),
)
NOT_CHECKED = "not checked"


def finding_rows(report: Report, pack: PackView) -> Iterator[tuple[str, ...]]:
    """Give a row of `HEADS` for each finding."""
    post = _post(report)
    for finding in report.findings:
        first, *others = finding.clauses
        what = (finding.message, finding.evidence, told_where(finding, report), finding.fix)
        clause = (finding.level.label, first, pack.clause(first).title, ", ".join(others))
        yield (*post, *clause, *what, finding.rule, f"{finding.confidence:.2f}")


def gap_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Give a row of `HEADS` for everything that could not be checked."""
    for gap in report.skipped:
        yield (*_post(report), NOT_CHECKED, "", "", "", gap.reason, "", gap.what, "", "", "")


def told_where(finding: Finding, report: Report) -> str:
    """Tell in words where in its post a finding stands."""
    location = finding.location
    if not location.image:
        return location.part or "the post's text"
    if location.source:
        return f"{location.image}: {location.source}"
    seen = next((seen for seen in report.draft.seen if seen.image == location.image), None)
    return f"{location.image}: {where(location, seen)}" if seen else location.image


def told_verdict(report: Report) -> str:
    """Give the verdict, and never "clear" for a post that was not wholly checked."""
    return NOT_CHECKED if report.verdict == "clear" and report.skipped else report.verdict


def _post(report: Report) -> tuple[str, ...]:
    draft = report.draft
    published = draft.published.isoformat() if draft.published else ""
    return (draft.id, draft.source, draft.channel, published, told_verdict(report))
