"""Shows on a page what a batch comes to: totals, months, clauses, and the posts to look at first."""

from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import TextIO

from rich.text import Text

from tasmat_check.batch.manifest import Manifest
from tasmat_check.batch.summary import Month, Overview, Touched, Worst
from tasmat_check.reporters.page import Page

_VERDICTS = {
    "breach": ("not ready to post", "bold red"),
    "caution": ("worth a second thought", "bold yellow"),
    "not checked": ("NOT CHECKED", "bold white on magenta"),
    "clear": ("nothing found", "bold green"),
}
_TREND_MONTHS = 12
_WIDE_ENOUGH = 72
_STEPS = "▁▂▃▄▅▆▇█"
_PLAIN_STEPS = ".:-=+*#@"
_LONGEST_TEXT = 280


def write(overview: Overview, manifest: Manifest, out: TextIO, *, texts: bool) -> None:
    """Write the tables; `texts` shows what the worst posts say."""
    page = Page(out)
    if not manifest.done:
        warning = "This batch is not finished: what follows counts the posts checked so far. Go on with --resume."
        page.paragraph(page.text((warning, "bold")))
        page.line()
    if not overview.posts:
        page.paragraph(page.text("No post is checked yet."))
        return
    _totals(page, overview)
    _months(page, overview.months)
    _clauses(page, overview)
    _worst(page, overview.worst, texts=texts)


def _totals(page: Page, overview: Overview) -> None:
    _heading(page, f"{overview.posts:,} posts" + (f", {overview.repeated:,} of them repeats" * bool(overview.repeated)))
    rows = []
    for verdict, (words, style) in _VERDICTS.items():
        if count := overview.verdicts.get(verdict, 0):
            share = f"{count / overview.posts:.1%}"
            rows.append((page.text((words, style)), page.text(f"{count:,}"), page.text(share)))
    page.table(("verdict", "posts", "share"), rows, numbers=(1, 2))


def _months(page: Page, months: Iterable[Month]) -> None:
    _heading(page, "By month")
    heads = ("month", "posts", "not ready", "second thought", "not checked")
    rows = [_texts(page, month.name or "no date", *_counts(month)) for month in months]
    page.table(heads, rows, numbers=range(1, 5))


def _counts(month: Month) -> Iterator[str]:
    yield f"{month.posts:,}"
    for count in (month.breach, month.caution, month.not_checked):
        yield f"{count:,}" if count else ""


def _clauses(page: Page, overview: Overview) -> None:
    if not overview.clauses:
        return
    _heading(page, "By clause")
    months = [month.name for month in overview.months if month.name][-_TREND_MONTHS:]
    heads = ["clause", "what it is about", "not ready", "second thought"]
    trend = len(months) > 1 and page.width >= _WIDE_ENOUGH
    if trend:
        heads.append(f"{months[0]} to {months[-1]}")
    rows = []
    for each in overview.clauses:
        cells = [each.clause, each.title, *(f"{count:,}" if count else "" for count in (each.breach, each.caution))]
        rows.append(_texts(page, *cells, *([_trend(page, each, months)] if trend else [])))
    page.table(heads, rows, numbers=(2, 3))


def _trend(page: Page, touched: Touched, months: list[str]) -> str:
    """Draw how often a clause was touched in each month, the most of them as the highest step."""
    counts = [touched.months.get(month, 0) for month in months]
    steps = _STEPS if page.lettering.shown(_STEPS) == _STEPS and not page.lettering.simple else _PLAIN_STEPS
    most = max(counts)
    return "".join(steps[(count * (len(steps) - 1) + most - 1) // most] if count else " " for count in counts)


def _worst(page: Page, worst: Iterable[Worst], *, texts: bool) -> None:
    rows = []
    for post in worst:
        name = " ".join(post.id.split())
        told = page.text((name, "bold"), f" (went out {post.times} times)" if post.times > 1 else "")
        if texts and post.text:
            told.append("\n").append(page.text(shorten(post.text, _LONGEST_TEXT, placeholder=" …")))
        counts = _texts(page, post.day, f"{post.breaches or ''}", f"{post.cautions or ''}", ", ".join(post.clauses))
        rows.append((told, *counts))
    if rows:
        _heading(page, "Look at these first")
        page.table(("post", "day", "breach", "caution", "clauses"), rows, numbers=(2, 3))


def _heading(page: Page, words: str) -> None:
    page.paragraph(page.text((words, "bold")))


def _texts(page: Page, *cells: str) -> list[Text]:
    return [page.text(cell) for cell in cells]
