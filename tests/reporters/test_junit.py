"""JUnit's XML: a test case a post."""

import io
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from tasmat_check.models import Draft, Level, Report, Skipped
from tasmat_check.reporters import load

from .samples import (
    SmallPack,
    all_reports,
    breach_report,
    clear_report,
    encoded,
    finding,
    hostile_report,
    picture_report,
    small_pack,
)


def cases(reports: list[Report], pack: SmallPack, **options: Any) -> list[Element]:
    out, raw = encoded("utf-8")
    load("junit")(reports, pack, out, **options)
    return list(fromstring(raw()).iter("testcase"))


def outcomes(case: Element) -> list[str]:
    return [element.tag for element in case]


def test_the_document(pack: SmallPack, snapshot: SnapshotAssertion) -> None:
    out = io.StringIO()
    load("junit")([*all_reports(), picture_report()], pack, out)
    assert out.getvalue() == snapshot


def test_every_post_is_a_case(pack: SmallPack) -> None:
    reports = all_reports()
    told = [(case.get("name"), case.get("classname")) for case in cases(reports, pack, quiet=True)]
    assert told == [(report.draft.id, report.draft.source) for report in reports]


def test_breaches_fail_cautions_pass_and_gaps_are_errors(pack: SmallPack) -> None:
    breach, part, clear, skipped = cases(all_reports(), pack)
    assert outcomes(breach) == ["failure", "system-out"]
    assert outcomes(part) == ["error", "system-out"]
    assert outcomes(clear) == []
    assert outcomes(skipped) == ["error"]


def test_a_breach_and_a_gap_are_both_told(pack: SmallPack) -> None:
    report = Report(
        Draft("a", "a", "Sam"), (finding("Sam", "Sam", "5.4"),), {"5.4": Level.BREACH}, (Skipped("b.jpg", "is broken"),)
    )
    (case,) = cases([report], pack)
    assert outcomes(case) == ["failure", "error"]
    assert [element.get("message") for element in case] == ["5.4 People you know through work", "b.jpg"]
    assert case[1].text == "b.jpg: is broken"


def test_a_failure_names_each_clause_once_and_tells_every_breach(pack: SmallPack) -> None:
    (case,) = cases([breach_report()], pack)
    assert case[0].get("message") == "6.1 Not naming your employer; 5.4 People you know through work"
    assert (case[0].text or "").count("Names someone you know through work") == 2
    assert "own" not in (case[0].text or "")
    assert "Gives away a phone number" in (case[1].text or "")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1))
@pytest.mark.parametrize("mask", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_any_text_is_well_formed(encoding: str, mask: bool, text: str) -> None:
    found = finding(text, text, "5.4", "{}", fix=text, rule=text)
    report = Report(Draft(text, text, text), (found,), {"5.4": Level.BREACH}, (Skipped(text, text),))
    out, raw = encoded(encoding)
    load("junit")([report, clear_report()], small_pack(), out, mask=mask)
    assert len(list(fromstring(raw()).iter("testcase"))) == 2


def test_a_post_cannot_leave_its_element(pack: SmallPack) -> None:
    (case,) = cases([hostile_report()], pack)
    assert outcomes(case) == ["failure", "error"]
    shown = case[0].text or ""
    assert "]]>␛[31m␀" in shown
    assert "</a>&\"'" in shown
    assert case.get("name", "").startswith("\ufffd]]>")
