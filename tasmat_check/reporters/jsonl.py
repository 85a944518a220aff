"""JSON Lines: one post a line, for pipes and large batches."""

from collections.abc import Iterable
from typing import TextIO

from tasmat_check.models import Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.record import dump, post_record


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,  # noqa: ARG001 - a post that passed is a result too
    remarks: Iterable[str] = (),  # noqa: ARG001 - a machine reads this
) -> None:
    """Write every report as a line of its own."""
    out.writelines(dump(post_record(mask_report(report) if mask else report, pack), out) + "\n" for report in reports)
