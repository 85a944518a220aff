"""Findings that were judged before, and judging them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tasmat_check.baseline import Baseline, Reviewed
from tasmat_check.engine import Checker
from tasmat_check.errors import InputError
from tasmat_check.models import Draft, Report
from tasmat_check.pack import Pack
from tasmat_check.reviewing import review

TEXT = "8G1 just as bad as 8G2 LOL, call me on 07700 900123"


@pytest.fixture(scope="module")
def report(shipped_pack: Pack) -> Report:
    return Checker(shipped_pack, meaning=False).check(Draft("1", "posts.csv", TEXT))


def judged(path: Path, report: Report, pack: Pack, *answers: str) -> tuple[int, list[str]]:
    given: Iterator[str] = iter(answers)
    shown: list[str] = []

    def ask(_: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    return review([report], pack, Baseline.load_or_new(path), ask, shown.append), shown


def test_what_was_judged_is_hidden_and_the_verdict_settled_anew(
    tmp_path: Path, report: Report, shipped_pack: Pack
) -> None:
    assert report.verdict == "breach"
    count = len(report.findings)
    answered, shown = judged(tmp_path / "b.json", report, shipped_pack, *["r"] * count)
    assert answered == count
    assert any("▶8G1" in line for line in shown)
    baseline = Baseline.load(tmp_path / "b.json")
    hidden = baseline.without_reviewed(report, shipped_pack, "staff")
    assert (hidden.findings, hidden.clauses, hidden.verdict, baseline.hidden) == ((), {}, "clear", {"right": count})


def test_a_changed_post_is_looked_at_anew(tmp_path: Path, report: Report, shipped_pack: Pack) -> None:
    judged(tmp_path / "b.json", report, shipped_pack, *["w"] * len(report.findings))
    baseline = Baseline.load(tmp_path / "b.json")
    changed = replace(report, draft=replace(report.draft, text=TEXT + "!"))
    assert baseline.without_reviewed(changed, shipped_pack, "staff") == changed
    moved = replace(report, draft=replace(report.draft, id="2", source="other.csv"))
    assert baseline.without_reviewed(moved, shipped_pack, "staff").findings == ()


def test_the_file_holds_no_word_of_the_post(tmp_path: Path, report: Report, shipped_pack: Pack) -> None:
    judged(tmp_path / "b.json", report, shipped_pack, "a", "agreed with the head", *["r"] * len(report.findings))
    content = (tmp_path / "b.json").read_text()
    assert '"reason": "agreed with the head"' in content
    assert date.today().isoformat() in content
    assert not any(word in content for word in ("8G1", "LOL", "07700", "900123", "posts.csv"))
    judged(tmp_path / "c.json", report, shipped_pack, "a", "agreed with the head", *["r"] * len(report.findings))
    marks = [set(Baseline.load(tmp_path / name)._reviewed) for name in ("b.json", "c.json")]
    assert marks[0].isdisjoint(marks[1])


def test_skipping_and_quitting_keep_nothing(tmp_path: Path, report: Report, shipped_pack: Pack) -> None:
    assert judged(tmp_path / "b.json", report, shipped_pack, "s", "what?", "q")[0] == 0
    assert not (tmp_path / "b.json").exists()
    answered, _ = judged(tmp_path / "b.json", report, shipped_pack, "r")
    assert answered == 1
    again, _ = judged(tmp_path / "b.json", report, shipped_pack, *["r"] * 20)
    assert again == len(report.findings) - 1


@pytest.mark.parametrize("content", [None, "", "{}", '{"version": 1, "key": "short"}', "[1]"])
def test_a_baseline_that_is_none_is_told(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "b.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match=r"b\.json"):
        Baseline.load(path)


def test_judgements_are_saved_as_they_are_given(tmp_path: Path, report: Report) -> None:
    baseline = Baseline.load_or_new(tmp_path / "b.json")
    finding = report.findings[0]
    assert not baseline.knows(report, finding)
    baseline.judge(report, finding, Reviewed(judgement="wrong", on=date(2026, 1, 2)))
    baseline.save()
    assert Baseline.load(tmp_path / "b.json").knows(report, finding)
