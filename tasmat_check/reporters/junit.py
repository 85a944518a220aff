"""JUnit's XML, which build servers show as test results: a test case a post.

A post with a breach has failed; one with cautions or notes alone has passed, and its output tells them. What could not
be checked is an error, beside the failure where there is one too. The counts that some writers give as attributes are
left out: they would have to be known before the first post, and readers count for themselves.
"""

from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from tasmat_check.models import Finding, Level, Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.table import NOT_CHECKED, told_where
from tasmat_check.reporters.xml_text import xml_text


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post that passed is a result too
) -> None:
    """Write one document, a post at a time."""
    encoding = getattr(out, "encoding", None) or "utf-8"
    cases = _Cases(out, pack, Lettering(encoding))
    out.write(f'<?xml version="1.0" encoding="{encoding}"?>\n<testsuites name="tasmat-check">\n')
    out.write(f"<testsuite{cases.attributes(name=f'{pack.policy.title}, {pack.policy.edition}')}>\n")
    for report in reports:
        cases.write(mask_report(report) if mask else report)
    out.write("</testsuite>\n</testsuites>\n")


class _Cases:
    """Writes test cases."""

    def __init__(self, out: TextIO, pack: PackView, lettering: Lettering) -> None:
        self._out = out
        self._pack = pack
        self._lettering = lettering

    def write(self, report: Report) -> None:
        """Write a post; its id names the case, its source stands where JUnit has the class."""
        self._out.write(f"<testcase{self.attributes(classname=report.draft.source, name=report.draft.id)}>\n")
        breaches = [finding for finding in report.findings if finding.level is Level.BREACH]
        others = [finding for finding in report.findings if finding.level is not Level.BREACH]
        if breaches or report.verdict == "breach":
            told = [self._told(finding, report) for finding in breaches]
            self._outcome("failure", "breach", [self._clause(finding) for finding in breaches], told)
        if report.skipped:
            told = [f"{gap.what}: {gap.reason}" for gap in report.skipped]
            self._outcome("error", NOT_CHECKED, [gap.what for gap in report.skipped], told)
        if others:
            output = "\n".join(self._told(finding, report) for finding in others)
            self._out.write(f"<system-out>{self._escaped(output)}</system-out>\n")
        self._out.write("</testcase>\n")

    def attributes(self, **values: str) -> str:
        """Give attributes, each after a space."""
        shown = ((name, xml_text(value, self._lettering)) for name, value in values.items())
        return "".join(f" {name}={quoteattr(value)}" for name, value in shown)

    def _outcome(self, element: str, kind: str, names: Iterable[str], told: Iterable[str]) -> None:
        attributes = self.attributes(type=kind, message="; ".join(dict.fromkeys(names)))
        text = self._escaped("\n".join(told))
        self._out.write(f"<{element}{attributes}>{text}</{element}>\n")

    def _told(self, finding: Finding, report: Report) -> str:
        fix = finding.fix or self._pack.clause(finding.clauses[0]).advice
        place = told_where(finding, report)
        return f"{finding.level.label} {self._clause(finding)} ({place}): {finding.message}\n    {fix}"

    def _clause(self, finding: Finding) -> str:
        clause = self._pack.clause(finding.clauses[0])
        return f"{clause.number} {clause.title}"

    def _escaped(self, text: str) -> str:
        return escape(xml_text(text, self._lettering))
