import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tasmat_check.models import Draft, Level, Report, Skipped
from tasmat_check.reporters import json_report, load

from .samples import SmallPack, all_reports, breach_report, clear_report, encoded, finding, skipped_report

ODD = "Sam \ud83d \u2028 \x9b \u202e “é” 👋"


def written(name: str, reports: list[Report], pack: SmallPack, **options: Any) -> str:
    out = io.StringIO()
    load(name)(reports, pack, out, **options)
    return out.getvalue()


def odd_report() -> Report:
    found = finding(ODD, ODD, "5.4")
    return Report(Draft(ODD, "a", ODD), (found,), {"5.4": Level.BREACH}, (Skipped(ODD, ODD),))


@pytest.mark.parametrize("mask", [False, True])
def test_json(mask: bool, pack: SmallPack, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_report, "__version__", "1.2.3")
    assert written("json", all_reports(), pack, mask=mask) == snapshot


@pytest.mark.parametrize("mask", [False, True])
def test_jsonl(mask: bool, pack: SmallPack, snapshot: SnapshotAssertion) -> None:
    assert written("jsonl", all_reports(), pack, mask=mask) == snapshot


def test_no_posts_is_still_a_document(pack: SmallPack) -> None:
    document = json.loads(written("json", [], pack))
    assert document["posts"] == []
    assert document["summary"] == {"posts": 0, "breach": 0, "caution": 0, "clear": 0, "skipped": 0}


def test_lines_are_the_posts_of_the_document(pack: SmallPack) -> None:
    lines = written("jsonl", all_reports(), pack).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(written("json", all_reports(), pack))["posts"]


def test_clauses_stand_in_the_policys_order(pack: SmallPack) -> None:
    report = Report(Draft("a", "a", ""), clauses={"9.1": Level.NOTE, "6.14": Level.CAUTION, "5.4": Level.BREACH})
    record = json.loads(written("jsonl", [report], pack))
    assert [clause["clause"] for clause in record["clauses"]] == ["5.4", "6.14", "9.1"]


def test_quiet_keeps_posts_that_passed(pack: SmallPack) -> None:
    assert len(written("jsonl", [clear_report()], pack, quiet=True).splitlines()) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "ascii"])
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_any_text_on_any_stream(name: str, encoding: str, pack: SmallPack) -> None:
    out, raw = encoded(encoding)
    load(name)([odd_report()], pack, out)
    text = raw().decode(encoding)
    document = json.loads(text)
    record = document["posts"][0] if name == "json" else document
    assert record["findings"][0]["evidence"] == ODD.replace("\ud83d", "\ufffd")
    assert not set(text) & set("\u2028\x9b\u202e")


def test_text_is_written_as_it_is_where_the_stream_can(pack: SmallPack) -> None:
    assert "“day at Saxon Mount”" in written("jsonl", [breach_report()], pack)


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "sarif", "junit", "github"])
def test_memory_stays_flat(name: str, pack: SmallPack) -> None:
    class Nowhere(io.StringIO):
        def write(self, text: str) -> int:
            return len(text)

    def stream() -> Iterator[Report]:
        for _ in range(2000):
            yield breach_report()
            yield skipped_report()

    tracemalloc.start()
    load(name)(stream(), pack, Nowhere())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
