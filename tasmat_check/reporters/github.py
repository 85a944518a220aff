"""Annotations for GitHub Actions: a workflow command a finding, so that a pull request shows it beside its line.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands tells the commands; what has to be
escaped is told by actions/toolkit, packages/core/src/command.ts. GitHub shows ten of each kind a step.
"""

from collections.abc import Iterable
from typing import TextIO

from tasmat_check.models import Finding, Level, Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.places import place_in_file
from tasmat_check.reporters.table import told_where

_COMMANDS = {Level.BREACH: "error", Level.CAUTION: "warning", Level.NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post without findings has no annotation anyway
    remarks: Iterable[str] = (),  # noqa: ARG001 - a machine reads this
) -> None:
    """Write an annotation a line; a breach and what was not checked are errors, a caution is a warning."""
    lettering = Lettering.of(out)
    for report in reports:
        shown = mask_report(report) if mask else report
        lines = [_lines(finding, report) for finding in report.findings]  # a mask takes out the text they count in
        told = zip(shown.findings, lines, strict=True)
        out.writelines(_annotation(finding, where, shown, pack, lettering) for finding, where in told)
        for gap in shown.skipped:
            message = f"{shown.draft.id}: {gap.what}: {gap.reason}"
            out.write(_command("error", {"file": shown.draft.source, "title": "Not checked"}, message, lettering))


def _annotation(finding: Finding, lines: dict[str, str], report: Report, pack: PackView, lettering: Lettering) -> str:
    draft = report.draft
    clause = pack.clause(finding.clauses[0])
    properties = {
        "file": finding.location.image or draft.source,
        **lines,
        "title": f"{clause.number} {clause.title}",
    }
    told = f"{draft.id}: {told_where(finding, report)}: {finding.message}"
    message = "\n".join((told, finding.fix or clause.advice))
    return _command(_COMMANDS[finding.level], properties, message, lettering)


def _lines(finding: Finding, report: Report) -> dict[str, str]:
    place = place_in_file(finding.location, report.draft)
    if place is None:
        return {}
    lines = {"line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:  # GitHub refuses columns of a stretch over several lines
        lines |= {"col": place.column, "endColumn": place.end_column}
    return {name: str(number) for name, number in lines.items()}


def _command(name: str, properties: dict[str, str], message: str, lettering: Lettering) -> str:
    """Give one line; nothing in it can end the line, the properties or the command."""
    pairs = (f"{key}={lettering.shown(value).translate(_IN_PROPERTY)}" for key, value in properties.items() if value)
    return f"::{name} {','.join(pairs)}::{lettering.shown(message).translate(_IN_MESSAGE)}\n"
