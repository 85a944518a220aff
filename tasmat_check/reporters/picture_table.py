"""Tells of each picture what was found in it: what, where, how surely, which clauses it bears on, and what to do."""

from collections.abc import Iterator
from typing import NamedTuple

from tasmat_check.models import SURE, Finding, Location, Report, Seen

_THIRDS = (("upper left", "top", "upper right"), ("left", "middle", "right"), ("lower left", "bottom", "lower right"))
_LONGEST = 28


class Row(NamedTuple):
    """One line about a picture."""

    what: str
    where: str
    how_sure: str
    clauses: str
    advice: str


def tables(report: Report) -> Iterator[tuple[str, list[Row]]]:
    """Give, for each picture with findings, its name and its rows; the same thing at one place stands there once."""
    for seen in report.draft.seen:
        if found := things_found(report, seen.image):
            yield seen.image, [row(about, seen) for about in found]


def things_found(report: Report, image: str) -> list[list[Finding]]:
    """Give what was found in one picture, each thing once with all the findings about it."""
    things: dict[tuple[str, Location], list[Finding]] = {}
    for finding in report.findings:
        if finding.location.image == image:
            things.setdefault((finding.evidence, finding.location), []).append(finding)
    return list(things.values())


def row(findings: list[Finding], seen: Seen) -> Row:
    """Tell of one thing, given all the findings about it."""
    first = findings[0]
    what = " ".join(first.evidence.split())
    short = what if len(what) <= _LONGEST else what[: _LONGEST - 2] + " …"
    clauses = dict.fromkeys(number for finding in findings for number in finding.clauses[:1])
    sure = "sure" if max(finding.confidence for finding in findings) >= SURE else "possible"
    advice = "cover it" if first.location.box else "remove it"
    return Row(short, where(first.location, seen), sure, ", ".join(clauses), advice)


def where(location: Location, seen: Seen) -> str:
    """Tell in words in which ninth of a picture something is, or that it is hidden in the file."""
    box = location.box
    if box is None or not seen.width or not seen.height:
        return "hidden data"
    column = min(2, 3 * (box.left + box.right) // (2 * seen.width))
    row = min(2, 3 * (box.top + box.bottom) // (2 * seen.height))
    return _THIRDS[row][column]
