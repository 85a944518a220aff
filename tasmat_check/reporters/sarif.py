"""SARIF 2.1.0, the interchange format of checkers: a result a finding, for editors and code-scanning services.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html is the standard.
"""

import hashlib
import shutil
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import Any, TextIO

from tasmat_check import __version__
from tasmat_check.models import Finding, Level, Location, Report, Skipped, Span
from tasmat_check.reporters import PackView
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.places import file_uri, place_in_file
from tasmat_check.reporters.record import dump, location_record

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Level.BREACH: "error", Level.CAUTION: "warning", Level.NOTE: "note"}
_NOT_CHECKED = {"id": "not-checked", "shortDescription": {"text": "Something could not be checked"}}
_WHOLE_POST = Location(Span(0, 0))
_LETTERING = Lettering()
_MOST_IN_MEMORY = 1_000_000


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post without findings has no result anyway
    remarks: Iterable[str] = (),  # noqa: ARG001 - a machine reads this
) -> None:
    """Write one log with one run.

    Results come first, a post at a time; what could not be checked and the rules, which are few, follow at the end.
    """
    rules: dict[str, dict[str, Any]] = {}
    out.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n')
    out.write('"columnKind": "unicodeCodePoints",\n"results": [')
    # The spool has no name on the disk: it is gone when it is closed, and when the program is ended.
    with SpooledTemporaryFile(_MOST_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as spool:
        results, gaps = _List(), _List()
        for report in reports:
            shown = mask_report(report) if mask else report
            for told, original in zip(shown.findings, report.findings, strict=True):
                rules.setdefault(told.rule, _rule(told, pack))
                physical = _physical(original.location, report)  # lines are counted in the text, which a mask takes out
                out.write(results.before() + dump(_result(told, shown, physical), out))
            for gap in shown.skipped:
                spool.write(gaps.before() + dump(_notification(gap, shown), out))
        out.write(f'\n],\n"invocations": [{{"executionSuccessful": {dump(gaps.empty, out)}, ')
        out.write('"toolExecutionNotifications": [')
        spool.seek(0)
        shutil.copyfileobj(spool, out)
    policy = {"title": pack.policy.title, "edition": pack.policy.edition}
    out.write(f'\n]}}],\n"properties": {dump({"policy": policy}, out)},\n')
    out.write(f'"tool": {dump(_tool(rules), out)}\n}}]}}\n')


class _List:
    """A JSON list that is written an element at a time."""

    def __init__(self) -> None:
        self.empty = True

    def before(self) -> str:
        """Give what stands before the next element."""
        comma = "" if self.empty else ","
        self.empty = False
        return comma + "\n"


def _result(finding: Finding, report: Report, physical: dict[str, Any]) -> dict[str, Any]:
    draft = report.draft
    location = {
        "physicalLocation": physical,
        "logicalLocations": _logical(finding.location, draft.id),
        "properties": location_record(finding.location),
    }
    properties = {
        "clauses": list(finding.clauses),
        "evidence": finding.evidence,
        "fix": finding.fix,
        "confidence": round(finding.confidence, 4),
        "channel": draft.channel,
        **({"published": draft.published.isoformat()} if draft.published else {}),
    }
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.level],
        "message": _message(finding.message),
        "locations": [location],
        "partialFingerprints": {"place/v1": _fingerprint(finding, draft.id)},
        "properties": properties,
    }


def _physical(location: Location, report: Report) -> dict[str, Any]:
    """Tell the file, and the lines where they are lines of the file itself.

    Offsets stand in the location's own properties and not here: Windows ends a line with two characters, a text that
    has been read with one, so that lines are right in both and offsets are not.
    """
    physical: dict[str, Any] = {"artifactLocation": {"uri": file_uri(location.image or report.draft.source)}}
    if place := place_in_file(location, report.draft):
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return physical


def _logical(location: Location, post: str) -> list[dict[str, str]]:
    """Name the post, and the part of it or the hidden field of its picture."""
    logical = [{"name": post, "fullyQualifiedName": post, "kind": "post"}]
    for kind, name in (("part", location.part), ("hidden field", location.source)):
        if name:
            logical.append({"name": name, "fullyQualifiedName": f"{post}: {name}", "kind": kind})
    return logical


def _fingerprint(finding: Finding, post: str) -> str:
    """Tell a finding from others by where it stands; no word of the post goes into it, since a hash can be guessed."""
    location = finding.location
    box = location.box
    edges = (box.left, box.top, box.right, box.bottom) if box else ()
    place = (location.part, location.image, location.source, location.span.start, location.span.end, *edges)
    known_by = "\0".join(map(str, (finding.rule, post, *place)))
    return hashlib.sha256(known_by.encode("utf-8", "replace")).hexdigest()


def _notification(gap: Skipped, report: Report) -> dict[str, Any]:
    location = {
        "physicalLocation": {"artifactLocation": {"uri": file_uri(report.draft.source)}},
        "logicalLocations": _logical(_WHOLE_POST, report.draft.id),
    }
    return {
        "descriptor": {"id": _NOT_CHECKED["id"]},
        "level": "error",
        "message": _message(f"{gap.what}: {gap.reason}"),
        "locations": [location],
    }


def _rule(finding: Finding, pack: PackView) -> dict[str, Any]:
    clause = pack.clause(finding.clauses[0])
    return {
        "id": finding.rule,
        "shortDescription": _message(f"{clause.number} {clause.title}"),
        "fullDescription": _message(clause.summary),
        "help": _message(finding.fix or clause.advice),
        "properties": {"tags": list(finding.clauses)},
    }


def _tool(rules: dict[str, dict[str, Any]]) -> dict[str, Any]:
    driver = {"name": "tasmat-check", "version": __version__, "notifications": [_NOT_CHECKED]}
    return {"driver": {**driver, "rules": list(rules.values())}}


def _message(text: str) -> dict[str, str]:
    """Give a text that a viewer shows as it is.

    The standard takes {0} for a gap to fill and [word](address) for a link (3.11.5, 3.11.6); braces are doubled as it
    asks, and a space parts what would become a link.
    """
    shown = _LETTERING.shown(text).replace("{", "{{").replace("}", "}}")
    return {"text": shown.replace("](", "] (")}
