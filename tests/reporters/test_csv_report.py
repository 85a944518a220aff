"""CSV: rows that a spreadsheet shows as they are."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from tasmat_check.models import Box, Draft, Level, Location, Report, Seen, Skipped, Span
from tasmat_check.reporters import load
from tasmat_check.reporters.table import HEADS

from .samples import SmallPack, all_reports, breach_report, encoded, finding, picture_report


def rows(reports: list[Report], pack: SmallPack, **options: Any) -> list[dict[str, str]]:
    out = io.StringIO()
    load("csv")(reports, pack, out, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff"))))


def test_every_finding_is_a_row(pack: SmallPack) -> None:
    reports = all_reports()
    table = rows(reports, pack)
    wanted = [(report.draft.id, found.rule) for report in reports for found in report.findings]
    assert [(row["post"], row["rule"]) for row in table if row["rule"]] == [
        (" ".join(post.split()), rule) for post, rule in wanted
    ]
    assert all(tuple(row) == HEADS for row in table)


def test_a_row_tells_clause_level_and_what_to_do(pack: SmallPack) -> None:
    report = Report(
        Draft("a.txt", "a.txt", "Sam bit me"), (finding("Sam bit me", "Sam", "5.4 6.8"),), {"5.4": Level.BREACH}
    )
    (row,) = rows([report], pack)
    told = (row["verdict"], row["level"], row["clause"], row["title"], row["also"], row["where"])
    assert told == ("breach", "breach", "5.4", "People you know through work", "6.8", "the post's text")
    assert (row["evidence"], row["what to do"], row["confidence"]) == ("Sam", "Leave it out.", "0.90")


def test_what_was_not_checked_is_a_row(pack: SmallPack) -> None:
    (row,) = rows([Report(Draft("a", "a", ""), skipped=(Skipped("clip.mp4", "videos are not checked"),))], pack)
    assert (row["level"], row["where"], row["what"]) == ("not checked", "clip.mp4", "videos are not checked")
    assert row["verdict"] == "not checked"


def test_a_row_tells_when_an_exported_post_went_out(pack: SmallPack) -> None:
    assert {row["published"] for row in rows([picture_report()], pack)} == {"2024-03-01T09:30:00+00:00"}
    assert {row["published"] for row in rows([breach_report()], pack)} == {""}


def test_places_in_pictures_are_told(pack: SmallPack) -> None:
    found = finding("face", "face", "5.4")
    boxed = replace(found, location=Location(Span(0, 0), image="a.jpg", box=Box(0, 0, 10, 10)))
    hidden = replace(found, location=Location(Span(0, 0), image="a.jpg", source="GPSInfo"))
    draft = Draft("a", "a", "", seen=(Seen("a.jpg", 300, 300),))
    table = rows([Report(draft, (boxed, hidden), {"5.4": Level.BREACH})], pack)
    assert [row["where"] for row in table] == ["a.jpg: upper left", "a.jpg: GPSInfo"]


@pytest.mark.parametrize("text", ["=1+1", "+44 7700 900123", "-1", "@sum(a1)", "|calc", "\t=1", "%x", "\n@x"])
def test_no_cell_is_a_formula(text: str, pack: SmallPack) -> None:
    found = finding(text, text, "5.4", "{}", fix=text, rule=text)
    report = Report(Draft(text, text, text), (found,), {"5.4": Level.BREACH}, (Skipped(text, text),))
    for row in rows([report], pack):
        assert not any(cell.startswith(("=", "+", "-", "@", "|", "%", "\t", "\r")) for cell in row.values())
        assert text.strip() in "".join(row.values())


@pytest.mark.parametrize(("encoding", "marked"), [("utf-8", True), ("cp1252", False)])
def test_excel_is_told_of_utf_8(encoding: str, marked: bool, pack: SmallPack) -> None:
    out, raw = encoded(encoding)
    load("csv")(all_reports(), pack, out)
    assert raw().startswith(b"\xef\xbb\xbf") is marked


def test_masked_rows_quote_nothing(pack: SmallPack) -> None:
    report = Report(Draft("a", "a", "Sam bit me"), (finding("Sam bit me", "Sam", "5.4"),), {"5.4": Level.BREACH})
    (row,) = rows([report], pack, mask=True)
    assert "Sam" not in "".join(row.values())
