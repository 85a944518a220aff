"""Annotations for GitHub Actions: one command a line, and only ours."""

import io
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from tasmat_check.models import Draft, Level, Report, Skipped
from tasmat_check.reporters import load

from .samples import (
    SmallPack,
    all_reports,
    clear_report,
    encoded,
    finding,
    hostile_report,
    picture_report,
    skipped_report,
    small_pack,
)

COMMAND = re.compile(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)")


def parsed(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Read commands as GitHub's runner does; any other line is a mistake."""
    commands = []
    for line in output.removesuffix("\n").split("\n") if output else []:
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = [pair.split("=", 1) for pair in match[2].split(",")]
        commands.append((match[1], {name: unquote(value) for name, value in pairs}, unquote(match[3])))
    return commands


def annotations(reports: list[Report], pack: SmallPack, **options: Any) -> list[tuple[str, dict[str, str], str]]:
    out = io.StringIO()
    load("github")(reports, pack, out, **options)
    return parsed(out.getvalue())


def test_the_annotations(pack: SmallPack, snapshot: SnapshotAssertion) -> None:
    out = io.StringIO()
    load("github")([*all_reports(), picture_report()], pack, out)
    assert out.getvalue() == snapshot


def test_levels(pack: SmallPack) -> None:
    report = Report(Draft("a", "a", "Sam"), tuple(finding("Sam", "Sam", "5.4", level=level) for level in Level))
    assert [command for command, _, _ in annotations([report], pack)] == ["notice", "warning", "error"]


def test_a_post_without_findings_is_not_annotated(pack: SmallPack) -> None:
    assert annotations([clear_report()], pack) == []


def test_what_was_not_checked_is_an_error(pack: SmallPack) -> None:
    (told,) = annotations([skipped_report()], pack)
    assert told == (
        "error",
        {"file": "walk.txt", "title": "Not checked"},
        "walk.txt: dog.heic: this kind is unknown",
    )


@pytest.mark.parametrize("mask", [False, True])
@pytest.mark.parametrize(
    ("text", "evidence", "lines"),
    [
        ("One\n👋 Sam smiles", "Sam", {"line": "2", "endLine": "2", "col": "3", "endColumn": "6"}),
        ("One Sam\nsmiles", "Sam\nsmiles", {"line": "1", "endLine": "2"}),
    ],
)
def test_lines_and_columns(text: str, evidence: str, lines: dict[str, str], mask: bool, pack: SmallPack) -> None:
    report = Report(Draft("a.txt", "a.txt", text), (finding(text, evidence, "5.4"),))
    ((_, properties, _),) = annotations([report], pack, mask=mask)
    assert properties == {"file": "a.txt", "title": "5.4 People you know through work", **lines}


def test_the_picture_is_the_file(pack: SmallPack) -> None:
    told = annotations([picture_report()], pack)
    assert [properties["file"] for _, properties, _ in told] == ["beach, day.jpg"] * 2
    assert "beach, day.jpg: upper left" in told[0][2]
    assert "beach, day.jpg: GPSInfo" in told[1][2]


def test_a_post_cannot_give_commands(pack: SmallPack) -> None:
    told = annotations([hostile_report()], pack)
    assert [command for command, _, _ in told] == ["error"] * 4
    assert all("\n::error::x%0A,:[go]" in message for _, _, message in told)
    assert all("\n::error::x%0A,:[go]" in properties["file"] for _, properties, _ in told)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1))
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_any_text_stays_in_its_command(encoding: str, text: str) -> None:
    found = finding(text, text, "5.4", "{}", fix=text, rule=text)
    report = Report(Draft(text, text, text), (found, found), {"5.4": Level.BREACH}, (Skipped(text, text),))
    out, raw = encoded(encoding)
    load("github")([report], small_pack(), out)
    assert len(parsed(raw().decode(encoding))) == 3
