"""JSON: one document with the policy, every post and the counts."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TextIO

from tasmat_check import __version__
from tasmat_check.models import Report, Summary
from tasmat_check.reporters import PackView
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.record import dump, post_record

FORMAT_VERSION = 1


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post that passed is a result too
    remarks: Iterable[str] = (),  # noqa: ARG001 - a machine reads this
) -> None:
    """Write one JSON object, a post at a time, so that memory stays flat however many there are."""
    head = {
        "version": FORMAT_VERSION,
        "tool": {"name": "tasmat-check", "version": __version__},
        "policy": {"title": pack.policy.title, "edition": pack.policy.edition},
    }
    out.write(dump(head, out).removesuffix("}") + ', "posts": [')
    summary = Summary()
    for report in reports:
        out.write(",\n" if summary.posts else "\n")
        out.write(dump(post_record(mask_report(report) if mask else report, pack), out))
        summary.add(report)
    out.write(f'\n], "summary": {dump(asdict(summary), out)}}}\n')
