"""JUnit's XML, which build servers show as test results: a test case a post.

A post with a breach has failed; one with cautions or notes alone has passed, and its output tells them. What could not
be checked is an error, beside the failure where there is one too. The counts that some writers give as attributes are
left out: they would have to be known before the first post, and readers count for themselves.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOBase
from typing import TextIO, cast
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

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
    remarks: Iterable[str] = (),  # noqa: ARG001 - a machine reads this
) -> None:
    """Write one document, a post at a time."""
    document = _Document(out)
    policy = f"{pack.policy.title}, {pack.policy.edition}"
    with document.element("testsuites", name="tasmat-check"), document.element("testsuite", name=policy):
        for report in reports:
            _write_case(document, mask_report(report) if mask else report, pack)


class _Document:
    """Writes XML an element at a time, in letters that the stream can write."""

    def __init__(self, out: TextIO) -> None:
        self._lettering = Lettering.of(out)
        self._xml = XMLGenerator(cast(TextIOBase, out), self._lettering.encoding)
        self._xml.startDocument()

    @contextmanager
    def element(self, name: str, /, **attributes: str) -> Iterator[None]:
        """Open an element for others; it is not closed after an error, so that half a report is no report."""
        self._start(name, attributes)
        self._xml.characters("\n")
        yield
        self._end(name)

    def text(self, name: str, text: str, /, **attributes: str) -> None:
        """Write an element that holds a text."""
        self._start(name, attributes)
        self._xml.characters(xml_text(text, self._lettering))
        self._end(name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        shown = {key: xml_text(value, self._lettering) for key, value in attributes.items()}
        self._xml.startElement(name, AttributesImpl(shown))

    def _end(self, name: str) -> None:
        self._xml.endElement(name)
        self._xml.characters("\n")


def _write_case(document: _Document, report: Report, pack: PackView) -> None:
    """Write a post; its id names the case, its source stands where JUnit has the class."""
    breaches = [finding for finding in report.findings if finding.level is Level.BREACH]
    others = [finding for finding in report.findings if finding.level is not Level.BREACH]
    with document.element("testcase", classname=report.draft.source, name=report.draft.id):
        if breaches or report.verdict == "breach":
            message = _listed(_clause(finding, pack) for finding in breaches)
            document.text("failure", _told(breaches, report, pack), type="breach", message=message)
        if report.skipped:
            told = "\n".join(f"{gap.what}: {gap.reason}" for gap in report.skipped)
            document.text("error", told, type=NOT_CHECKED, message=_listed(gap.what for gap in report.skipped))
        if others:
            document.text("system-out", _told(others, report, pack))


def _listed(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(names))


def _told(findings: Iterable[Finding], report: Report, pack: PackView) -> str:
    return "\n".join(
        f"{finding.level.label} {_clause(finding, pack)} ({told_where(finding, report)}): {finding.message}\n"
        f"    {finding.fix or pack.clause(finding.clauses[0]).advice}"
        for finding in findings
    )


def _clause(finding: Finding, pack: PackView) -> str:
    clause = pack.clause(finding.clauses[0])
    return f"{clause.number} {clause.title}"
