"""Takes everything quoted from a post out of its report, so that the report can be passed on."""

import re
from dataclasses import replace

from tasmat_check.models import Finding, Report

MASK = "●●●"
# Evidence this short also occurs inside ordinary words of a message, so it is masked only where it stands alone.
_SHORT = 3
_QUOTED = re.compile(r"“[^”]*”")


def mask_report(report: Report) -> Report:
    """Give the report without a word of the post: no texts, evidence as ●●●, also within messages and reasons.

    Record ids and file names stay, because without them nobody could tell which post is meant; so do offsets.
    """
    draft = replace(report.draft, text="", parts=tuple(replace(part, text="") for part in report.draft.parts))
    skipped = tuple(replace(gap, reason=_QUOTED.sub(f"“{MASK}”", gap.reason)) for gap in report.skipped)
    return replace(report, draft=draft, findings=tuple(map(_mask_finding, report.findings)), skipped=skipped)


def _mask_finding(finding: Finding) -> Finding:
    return replace(finding, evidence=MASK, message=_mask_message(finding.message, finding.evidence))


def _mask_message(message: str, evidence: str) -> str:
    """Mask the evidence in a message, or all that the message quotes when the evidence stands there in another form."""
    if not evidence.strip():
        return message
    pattern = re.escape(evidence)
    if len(evidence) <= _SHORT:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    masked, count = re.subn(pattern, MASK, message)
    return masked if count else _QUOTED.sub(f"“{MASK}”", message)
