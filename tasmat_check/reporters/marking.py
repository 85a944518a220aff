"""Shows a passage with the words that findings point at marked in place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.text import Text

from tasmat_check.models import Finding, Level
from tasmat_check.reporters.lettering import Lettering

STYLES = {Level.BREACH: "bold white on red", Level.CAUTION: "black on yellow", Level.NOTE: "underline"}
LONG = 40
AROUND = 2


def stretches(text: str, findings: Iterable[Finding]) -> Iterator[tuple[str, Level | None]]:
    """Cut a text where marks begin and end; each piece comes with the gravest level that covers it."""
    changes = sorted(_changes(len(text), findings))
    open_marks: Counter[Level] = Counter()
    last = 0
    for position, group in groupby(changes, key=lambda change: change[0]):
        if position > last:
            yield text[last:position], max(+open_marks, default=None)
        for _, level, step in group:
            open_marks[level] += step
        last = position
    if last < len(text):
        yield text[last:], None


def marked(text: str, findings: Iterable[Finding], lettering: Lettering, *, signs: bool) -> Text:
    """Give the text with marks as colours, and between signs where there are no colours."""
    result = Text()
    for within, group in groupby(stretches(text, findings), key=lambda piece: piece[1] is not None):
        if within and signs:
            result.append(lettering.signs.opening, "bold")
        for piece, level in group:
            result.append(lettering.shown(piece), STYLES[level] if level else None)
        if within and signs:
            result.append(lettering.signs.closing, "bold")
    return result


def excerpt(lines: Sequence[Text]) -> Iterator[Text | None]:
    """Give the lines of a passage; of a long one, only those around marks, with None for each gap."""
    if len(lines) <= LONG:
        yield from lines
        return
    kept = {
        near
        for index, line in enumerate(lines)
        if line.spans
        for near in range(max(0, index - AROUND), min(len(lines), index + AROUND + 1))
    }
    last = -1
    for index in sorted(kept):
        if index > last + 1:
            yield None
        yield lines[index]
        last = index
    if last < len(lines) - 1:
        yield None


def _changes(length: int, findings: Iterable[Finding]) -> Iterator[tuple[int, Level, int]]:
    for finding in findings:
        start = max(0, finding.location.span.start)
        end = min(length, finding.location.span.end)
        if start < end:
            yield start, finding.level, 1
            yield end, finding.level, -1
