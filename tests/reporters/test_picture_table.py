"""The small table of a picture: what, where in words, how surely, which clauses."""

import pytest

from tasmat_check.models import Box, Draft, Finding, Level, Location, Report, Seen, Span
from tasmat_check.reporters.picture_table import Row, tables, where

SEEN = Seen("a.jpg", 300, 300)


def found(evidence: str, box: Box | None, clauses: tuple[str, ...] = ("6.9",), confidence: float = 0.9) -> Finding:
    place = Location(Span(0, 0), image="a.jpg", box=box, source="" if box else "GPSInfo")
    return Finding("r", clauses, Level.BREACH, "m", "f", evidence, confidence, place)


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (Box(0, 0, 50, 50), "upper left"),
        (Box(120, 120, 180, 180), "middle"),
        (Box(250, 250, 300, 300), "lower right"),
        (Box(0, 0, 300, 300), "middle"),
        (Box(299, 0, 300, 1), "upper right"),
        (None, "hidden data"),
    ],
)
def test_places_are_told_in_words(box: Box | None, words: str) -> None:
    assert where(Location(Span(0, 0), image="a.jpg", box=box), SEEN) == words


def test_one_thing_is_one_row_whatever_it_breaches() -> None:
    box = Box(0, 0, 50, 50)
    findings = (
        found("crest", box, ("6.12",)),
        found("crest", box, ("6.9", "6.12")),
        found("face", None, confidence=0.7),
    )
    report = Report(Draft("1", "1", "", seen=(SEEN, Seen("b.jpg"))), findings)
    rows = [
        Row("crest", "upper left", "sure", "6.12, 6.9", "cover it"),
        Row("face", "hidden data", "possible", "6.9", "remove it"),
    ]
    assert list(tables(report)) == [("a.jpg", rows)]


def test_long_evidence_is_cut() -> None:
    ((_, [row]),) = tables(Report(Draft("1", "1", "", seen=(SEEN,)), (found("word " * 20, Box(0, 0, 9, 9)),)))
    assert len(row.what) == 28
