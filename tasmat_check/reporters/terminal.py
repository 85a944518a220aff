"""The report a person reads: the post with its marks, then every clause once, why, and what to do instead."""

from collections.abc import Iterable
from itertools import chain, islice
from typing import TextIO

from rich.text import Text

from tasmat_check.models import Finding, Level, Passage, Report, Summary
from tasmat_check.reporters import PackView
from tasmat_check.reporters.concerns import Concern, companions, concerns, summed_up, tally, things
from tasmat_check.reporters.marking import excerpt, marked
from tasmat_check.reporters.masking import mask_report
from tasmat_check.reporters.page import Page
from tasmat_check.reporters.picture_table import tables

_LEVEL_STYLES = {Level.BREACH: "bold red", Level.CAUTION: "bold yellow", Level.NOTE: "bold"}
_LOUD = "bold white on magenta"


def write(
    reports: Iterable[Report],
    pack: PackView,
    out: TextIO,
    *,
    mask: bool = False,
    quiet: bool = False,
    remarks: Iterable[str] = (),
) -> None:
    """Write the reports as they come; with `quiet`, only posts with something to tell, and the counts."""
    page = Page(out)
    iterator = iter(reports)
    first = list(islice(iterator, 2))
    several = len(first) > 1
    summary = Summary()
    last: Report | None = None
    for report in chain(first, iterator):
        summary.add(report)
        last = report
        if quiet and not report.findings and not report.skipped:
            continue
        if several:
            _heading(page, report)
        _post(page, mask_report(report) if mask else report, pack)
    if several or quiet or last is None:
        _counts(page, summary)
    if last is not None and not quiet:
        _footer(page, last, pack, several=several)
    for remark in remarks:
        page.paragraph(page.text((remark, "dim")))
    if mask:
        page.paragraph(page.text(("The words of the post are left out of this report.", "dim")))


def _heading(page: Page, report: Report) -> None:
    channel = " (official)" if report.draft.channel == "official" else ""
    rule = page.signs.rule
    name = " ".join(report.draft.id.split()) + channel
    page.paragraph(page.text((name, "bold")), lead=page.text((rule + " ", "dim")))
    page.line()


def _post(page: Page, report: Report, pack: PackView) -> None:
    told = concerns(report, pack)
    _passages(page, report)
    _pictures(page, report)
    _verdict(page, report, told)
    for skipped in report.skipped:
        gap = " ".join(f"{skipped.what}: {skipped.reason}".split())
        page.paragraph(page.text((gap, "bold")), lead=_not_checked(page))
    page.line()
    for concern in told:
        _concern(page, concern)
    if along := companions(report, pack):
        notes = f" {page.signs.dot} ".join(f"{clause.number} {clause.title}" for clause in along)
        page.paragraph(page.text((f"Please note: {notes}", "dim")))
        page.line()
    for note in report.notes:
        page.paragraph(page.text((note, "dim")))
        page.line()


def _passages(page: Page, report: Report) -> None:
    """Show the passages that have marks, those of pictures aside; a passage without any has nothing to say."""
    for passage in (Passage(report.draft.text), *report.draft.parts):
        if passage.image:
            continue
        here = [finding for finding in report.findings if finding.location == passage.location(finding.location.span)]
        if passage.text and any(finding.location.span.start < finding.location.span.end for finding in here):
            _passage(page, passage, here)


def _passage(page: Page, passage: Passage, findings: list[Finding]) -> None:
    if passage.part:
        page.paragraph(page.text((passage.part, "italic"), ":"), lead="  ")
    text = marked(passage.text.rstrip(), findings, page.lettering, signs=page.colourless)
    page.quoted(excerpt(page.wrapped(text, indent=4)))
    page.line()


def _pictures(page: Page, report: Report) -> None:
    """Show a small table of every picture in which something was found."""
    for name, rows in tables(report):
        page.paragraph(page.text((name, "italic"), ":"), lead="  ")
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            what, where, sure, clauses, _ = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
            page.line(page.text(f"    {what}  {where}  {sure}  ", (clauses, "bold"), "  ", (row.advice, "green")))
        command = f"tasmat-check clean {_quoted(name)} -o safe.jpg"
        page.paragraph(page.text((command, "bold"), " does all that."), lead="    ")
        page.line()


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _verdict(page: Page, report: Report, told: list[Concern]) -> None:
    if report.verdict == "breach":
        sentence = "Not ready to post" + _tally(told)
        page.paragraph(page.text((sentence, "bold")), lead=_sign(page, Level.BREACH))
    elif report.verdict == "caution":
        sentence = "Worth a second thought" + _tally(told)
        page.paragraph(page.text((sentence, "bold")), lead=_sign(page, Level.CAUTION))
    elif report.skipped:
        sentence = "Nothing found in what could be checked, but not everything could be."
        page.paragraph(page.text((sentence, "bold")), lead=_sign(page, Level.CAUTION))
    else:
        sentence = "Nothing found that breaks the policy."
        page.paragraph(page.text((sentence, "bold")), lead=page.text((page.signs.clear + " ", "bold green")))


def _tally(told: list[Concern]) -> str:
    counts = tally(told)
    return f": {counts}." if counts else "."


def _concern(page: Page, concern: Concern) -> None:
    style = _LEVEL_STYLES[concern.level]
    title = page.text((f"{concern.clause.number} {concern.clause.title}", "bold"))
    page.paragraph(title, lead=page.text((f"{concern.level.label.upper()} ", style)))
    for reason in concern.reasons:
        page.paragraph(page.text(" ".join(reason.split())), lead="  ")
    for fix in concern.fixes:
        page.paragraph(page.text((fix, "green")), lead=page.text(("  " + page.signs.arrow + " ", "green")))
    if concern.also:
        names = ", ".join(f"{clause.number} {clause.title}" for clause in concern.also)
        page.paragraph(page.text((f"Also touches {names}.", "dim")), lead="  ")
    page.line()


def _counts(page: Page, summary: Summary) -> None:
    if not summary.posts:
        page.paragraph(page.text(("Nothing to check: no post was given.", "bold")))
        return
    page.paragraph(page.text((summed_up(summary), "bold")))
    if summary.skipped:
        page.paragraph(page.text((f"{things(summary.skipped)}, see above.", "bold")), lead=_not_checked(page))


def _footer(page: Page, last: Report, pack: PackView, *, several: bool) -> None:
    against = f"the {pack.policy.title}, {pack.policy.edition}"
    if several:
        sentence = f"Checked against {against}."
    else:
        article = "an" if last.draft.channel == "official" else "a"
        sentence = f"Checked as {article} {last.draft.channel} post against {against}."
    told = [] if several else concerns(last, pack)
    if not several and not told:
        sentence += " No machine sees everything, so do read it once more yourself."
    page.paragraph(page.text((sentence, "dim")))
    if told:
        page.paragraph(page.text((f"To read more: tasmat-check explain {told[0].clause.number}", "dim")))


def _sign(page: Page, level: Level) -> Text:
    sign = page.signs.breach if level is Level.BREACH else page.signs.caution
    return page.text((sign + " ", _LEVEL_STYLES[level]))


def _not_checked(page: Page) -> Text:
    return page.text(("NOT CHECKED", _LOUD), " ")
