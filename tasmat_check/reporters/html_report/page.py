"""Puts the page together: what could not be checked and the counts first, then the posts, the gravest first."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import chain, islice
from typing import TextIO

from tasmat_check import __version__
from tasmat_check.models import Report
from tasmat_check.reporters import PackView
from tasmat_check.reporters.html_report import charts
from tasmat_check.reporters.html_report.counts import Counts
from tasmat_check.reporters.html_report.keeping import Kept
from tasmat_check.reporters.html_report.posts import OUTCOMES, Outcome, Post, post, told_date
from tasmat_check.reporters.html_report.rendering import template
from tasmat_check.reporters.html_report.shots import Shots
from tasmat_check.reporters.masking import mask_report

_FEW = 10
"""With so many posts at most, those with something to tell stand open from the start."""


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,
    remarks: Iterable[str] = (),
) -> None:
    """Write one page about all reports; memory holds finished posts compressed, and never two reports at a time.

    With `quiet` posts in which nothing was found are counted, but not shown.
    """
    put = _putter(out)
    counts, kept = _gathered(reports, pack, mask=mask, quiet=quiet)
    common = {"counts": counts, "policy": pack.policy, "mask": mask, "quiet": quiet, "told_month": charts.told_month}
    drawn = {
        "clauses": charts.clause_bars(counts, pack.policy),
        "most_clauses": charts.MOST_CLAUSES,
        "levels": charts.level_bars(counts),
        "outcomes": {outcome: counts.outcomes[outcome] for outcome in OUTCOMES},
        "columns": charts.columns(counts.months),
        "column": charts.COLUMN,
        "height": charts.HEIGHT,
    }
    today = told_date(datetime.now(UTC).astimezone())
    put(template("top.html").render(**common, **drawn, remarks=list(remarks), today=today, version=__version__))
    for outcome in OUTCOMES:
        if kept[outcome].count:
            put(template("group_top.html").render(outcome=outcome, count=kept[outcome].count, **common))
            for piece in kept[outcome].pieces():
                put(piece)
            put(template("group_end.html").render())
    put(template("end.html").render(**common))


def _gathered(
    reports: Iterable[Report], pack: PackView, *, mask: bool, quiet: bool
) -> tuple[Counts, dict[Outcome, Kept]]:
    """Turn reports into finished parts of the page, by how the posts came out, and count them."""
    counts = Counts()
    shots = Shots()
    kept = {outcome: Kept() for outcome in OUTCOMES}
    iterator = iter(reports)
    first = list(islice(iterator, _FEW + 1))
    few = len(first) <= _FEW
    for number, report in enumerate(chain(_given_away(first), iterator), 1):
        shown = mask_report(report) if mask else report
        laid_out = post(number, shown, pack, tuple(shots.of(shown, mask=mask)))
        counts.add(shown, laid_out)
        if quiet and laid_out.outcome == "clear":
            continue
        opened = few and laid_out.outcome != "clear"
        kept[laid_out.outcome].add(_rendered(laid_out, opened=opened, mask=mask))
    return counts, kept


def _rendered(laid_out: Post, *, opened: bool, mask: bool) -> str:
    return template("post.html").render(post=laid_out, opened=opened, mask=mask, told_date=told_date)


def _given_away(reports: list[Report]) -> Iterable[Report]:
    """Give each report and let go of it."""
    reports.reverse()
    while reports:
        yield reports.pop()


def _putter(out: TextIO) -> Callable[[str], object]:
    """Give what writes a piece of the page; where `out` cannot write every letter, all but ASCII becomes references.

    Browsers do not know every encoding that a console may have, but ASCII is the same in all of them.
    """
    encoding = (getattr(out, "encoding", None) or "utf-8").lower().replace("_", "-")
    if encoding in ("utf-8", "utf8"):
        return out.write
    return lambda piece: out.write(piece.encode("ascii", "xmlcharrefreplace").decode("ascii"))
