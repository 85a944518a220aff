"""The form of a report that programs read: one JSON object a post, as DESIGN.md lays it down."""

import json
import re
from typing import Any, TextIO

from tasmat_check.models import Finding, Location, Report
from tasmat_check.reporters import PackView

# Legal in JSON, but a terminal obeys some (escape sequences, reversed text) and some readers split lines at others.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def post_record(report: Report, pack: PackView) -> dict[str, Any]:
    """Give the element of `posts` for one report; offsets are code points, clauses stand in the policy's order."""
    draft = report.draft
    return {
        "id": draft.id,
        "source": draft.source,
        "channel": draft.channel,
        **({"published": draft.published.isoformat()} if draft.published else {}),
        "verdict": report.verdict,
        "clauses": [
            {"clause": clause.number, "title": clause.title, "level": report.clauses[clause.number].label}
            for clause in pack.policy.clause
            if clause.number in report.clauses
        ],
        "findings": [_finding(finding) for finding in report.findings],
        "skipped": [{"what": skipped.what, "reason": skipped.reason} for skipped in report.skipped],
        **({"notes": list(report.notes)} if report.notes else {}),
    }


def dump(value: object, out: TextIO) -> str:
    """Write a value as JSON on one line that `out` can encode and any JSON reader accepts."""
    line = _LONE_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False))
    encoding = getattr(out, "encoding", None) or "utf-8"
    if not encoding.lower().startswith("utf"):
        return json.dumps(json.loads(line))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "clauses": list(finding.clauses),
        "level": finding.level.label,
        "message": finding.message,
        "fix": finding.fix,
        "evidence": finding.evidence,
        "confidence": round(finding.confidence, 4),
        "location": location_record(finding.location),
    }


def location_record(location: Location) -> dict[str, Any]:
    """Give the JSON form of a place in a draft."""
    if location.box is not None:
        box = location.box
        return {"kind": "image", "image": location.image, "box": [box.left, box.top, box.right, box.bottom]}
    if location.source:
        return {"kind": "metadata", "image": location.image, "field": location.source}
    stretch = {"start": location.span.start, "end": location.span.end}
    if location.part:
        return {"kind": "part", "part": location.part, **stretch}
    return {"kind": "text", **stretch}
