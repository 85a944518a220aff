import io
import re
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tasmat_check.models import Draft, Level, Location, Passage, Report, Skipped, Span
from tasmat_check.reporters import load

from .samples import (
    POST,
    SmallPack,
    all_reports,
    breach_report,
    clear_report,
    encoded,
    finding,
    part_report,
    skipped_report,
)

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(reports: list[Report], pack: SmallPack, **options: Any) -> str:
    out = io.StringIO()
    load("terminal")(reports, pack, out, **options)
    return out.getvalue()


def one(text: str, evidence: str, **draft: Any) -> Report:
    found = finding(text, evidence, "5.4")
    return Report(Draft("a.txt", "a.txt", text, **draft), (found,), {"5.4": Level.BREACH})


@pytest.mark.parametrize("report", [breach_report(), part_report(), clear_report(), skipped_report()])
def test_one_post(report: Report, pack: SmallPack, snapshot: SnapshotAssertion) -> None:
    assert shown([report], pack) == snapshot


def test_several_posts(pack: SmallPack, snapshot: SnapshotAssertion) -> None:
    assert shown(all_reports(), pack) == snapshot


def test_colours(pack: SmallPack, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert shown([breach_report()], pack) == snapshot


def test_masked(pack: SmallPack, snapshot: SnapshotAssertion) -> None:
    assert shown(all_reports(), pack, mask=True) == snapshot


def test_narrow_window(pack: SmallPack, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    output = shown([breach_report()], pack)
    assert max(map(len, output.splitlines())) <= 40
    assert output == snapshot


@pytest.mark.parametrize(("columns", "widest"), [("1", 20), ("300", 88)])
def test_width_stays_readable(columns: str, widest: int, pack: SmallPack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    output = shown([one("Sam " + "word " * 100, "Sam")], pack)
    assert widest - 8 <= max(map(len, output.splitlines())) <= widest


def test_no_color_leaves_no_escape_and_marks_by_signs(pack: SmallPack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    output = shown([breach_report()], pack)
    assert "\x1b" not in output
    assert "▶Kelly Pike◀" in output


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "latin-1"])
def test_old_consoles_fall_back_to_letters_they_have(encoding: str, pack: SmallPack) -> None:
    out, written = encoded(encoding)
    load("terminal")([*all_reports(), one("Renée… \udc80\u202e“Łódź” 👋", "Łódź")], pack, out)
    output = written().decode(encoding)
    assert "[[Kelly Pike]]" in output
    assert "-> Leave the person out." in output
    assert "odz]]" in output or "ód" in output


def test_masked_on_an_old_console(pack: SmallPack) -> None:
    out, written = encoded("cp1252")
    load("terminal")([breach_report()], pack, out, mask=True)
    assert "Says where you work: “***”".encode("cp1252") in written()


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("Sam \x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("Sam \x1b]8;;http://example.org\x07here", "␛]8;;http://example.org␇here"),
        ("Sam [red]bold[/red] [link=x]y[/link] :smile:", "[red]bold[/red] [link=x]y[/link] :smile:"),
        ("Sam \x9b31m \x7f", "�31m ␡"),
        ("Sam \u202eevil\u2066", "�evil�"),
        ("Sam one\rtwo", "one\n  │ two"),
        ("Sam one\r\n\r\ntwo", "one\n  │\n  │ two"),
        ("Sam \ud83d", "Sam◀ �"),
    ],
)
def test_a_post_cannot_command_the_terminal(text: str, visible: str, pack: SmallPack) -> None:
    output = shown([one(text, "Sam")], pack)
    assert visible in "\n".join(line.rstrip() for line in output.splitlines())
    assert not set(output) & set("\x1b\x07\x7f\x9b\u202e\u2066\r\ud83d")


def test_names_and_reasons_cannot_command_the_terminal_either(pack: SmallPack) -> None:
    draft = Draft("a\x1b[2J\nb", "a", "Text", parts=(Passage("Sam", "alt\x1b[1m"),))
    found = finding("Sam", "Sam", "5.4", "Names\x1b[5m “{}”", part="alt\x1b[1m", fix="[bold]Go")
    report = Report(draft, (found,), {"5.4": Level.BREACH}, (Skipped("c\x1b[3m\nd.jpg", "why\x07"),))
    output = shown([report, clear_report()], pack)
    assert "\x1b" not in output
    assert "\x07" not in output
    assert "── a␛[2J b\n" in output
    assert "NOT CHECKED c␛[3m d.jpg: why␇\n" in output
    assert "[bold]Go" in output


def test_overlapping_findings_make_one_mark_and_the_gravest_colour(
    pack: SmallPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "I saw Sam Hill fall over."
    wide = finding(text, "saw Sam Hill fall", "6.14", level=Level.CAUTION)
    inner = finding(text, "Sam Hill", "5.4")
    report = Report(Draft("a", "a", text), (wide, inner), {"5.4": Level.BREACH, "6.14": Level.CAUTION})
    assert "I ▶saw Sam Hill fall◀ over." in shown([report], pack)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = shown([report], pack)
    assert "\x1b[30;43msaw \x1b[0m\x1b[1;37;41mSam Hill\x1b[0m\x1b[30;43m fall\x1b[0m" in coloured
    assert text in ESCAPE.sub("", coloured)


def test_marks_outside_the_text_do_no_harm(pack: SmallPack) -> None:
    found = finding("Sam", "Sam", "5.4", location=Location(Span(1, 99)))
    nowhere = finding("Sam", "Sam", "5.4", location=Location(Span(0, 0), "gone.jpg"))
    output = shown([Report(Draft("a", "a", "Sam"), (found, nowhere), {"5.4": Level.BREACH})], pack)
    assert "S▶am◀" in output


def test_a_long_post_is_cut_to_the_lines_around_its_marks(pack: SmallPack) -> None:
    lines = [f"Line {number}." for number in range(100)]
    lines[50] = "Here is Sam."
    output = shown([one("\n".join(lines), "Sam")], pack)
    quoted = [line[4:] for line in output.splitlines() if line.startswith("  │")]
    assert quoted == ["…", "Line 48.", "Line 49.", "Here is ▶Sam◀.", "Line 51.", "Line 52.", "…"]


def test_a_post_of_forty_lines_is_shown_whole(pack: SmallPack) -> None:
    output = shown([one("Sam\n" * 39 + "end", "Sam")], pack)
    assert sum(line.startswith("  │") for line in output.splitlines()) == 40


def test_messages_that_differ_in_their_quote_are_told_once(pack: SmallPack) -> None:
    names = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus"]
    text = " ".join(names)
    found = tuple(finding(text, name, "5.4", "Names “{}”") for name in names)
    output = shown([Report(Draft("a", "a", text), found, {"5.4": Level.BREACH})], pack)
    assert "  Names “Ann”, “Bo”, “Cy”, “Di”, “Ed” and 2 more\n" in output


def test_a_clause_without_a_fix_gives_its_own_advice(pack: SmallPack) -> None:
    assert "→ Leave it." in shown([part_report()], pack)


def test_a_clause_with_its_own_block_is_not_also_touched(pack: SmallPack) -> None:
    text = "Sam at Hill"
    found = (finding(text, "Sam", "5.4 6.1 6.8"), finding(text, "Hill", "6.1 6.8"))
    levels = dict.fromkeys(("5.4", "6.1", "6.8"), Level.BREACH)
    output = shown([Report(Draft("a", "a", text), found, levels)], pack)
    assert output.count("Also touches 6.8 What you learn at work.") == 1
    assert "Also touches 6.1" not in output


def test_what_was_not_checked_never_looks_clear(pack: SmallPack) -> None:
    output = shown([skipped_report()], pack)
    assert "NOT CHECKED dog.heic" in output
    assert "✓" not in output
    assert "Nothing found that breaks the policy." not in output


def test_notes_alone_leave_a_post_clear(pack: SmallPack) -> None:
    report = Report(Draft("a", "a", "Sam"), (finding("Sam", "Sam", "5.4", level=Level.NOTE),), {"5.4": Level.NOTE})
    output = shown([report], pack)
    assert "Nothing found that breaks the policy." in output
    assert "NOTE 5.4" in output


def test_quiet_shows_only_posts_with_something_to_tell(pack: SmallPack) -> None:
    output = shown(all_reports(), pack, quiet=True)
    assert "cake.txt" not in output
    assert "walk.txt" in output
    assert output.rstrip().endswith("NOT CHECKED 2 things, see above.")


def test_quiet_still_counts(pack: SmallPack) -> None:
    assert shown([clear_report()], pack, quiet=True) == "1 post: nothing found in 1.\n"


def test_no_posts_at_all_is_said(pack: SmallPack) -> None:
    assert shown([], pack) == "Nothing to check: no post was given.\n"


def test_a_masked_report_shows_no_word_of_the_post(pack: SmallPack) -> None:
    output = shown([breach_report()], pack, mask=True)
    assert not any(word in output for word in POST.split() if len(word) > 5)
