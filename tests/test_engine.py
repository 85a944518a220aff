"""The engine: drafts in, reports out, whatever the text looks like."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check import pack
from tasmat_check.engine import Checker
from tasmat_check.meaning import model
from tasmat_check.models import Draft, Level, Passage, Report, Skipped

FILES = {
    "policy.toml": """
title = "Oakwell Policy"
edition = "2026"
scope = "Everyone."
[[clause]]
number = "1.1"
section = "s"
title = "No insults"
level = "breach"
summary = "s"
advice = "a"
[[clause]]
number = "1.2"
section = "s"
title = "Mind your tone"
level = "caution"
summary = "s"
advice = "a"
channels = ["personal"]
[[clause]]
number = "9.1"
section = "s"
title = "What may follow"
level = "note"
summary = "s"
advice = "a"
follows = ["*"]
roles = ["contractor"]
""",
    "organisation.toml": '[trust]\nname = "Oakwell Trust"\n[[school]]\nname = "Ashdown School"\n',
    "lexicons/insult.txt": "clown\nwaste of space\n",
    "rules/insulted.toml": """
id = "insulted"
clauses = ["1.1", "1.2"]
level = "breach"
message = "Insults somebody: “{evidence}”"
why = "w"
fix = "f"
[match]
kind = "phrase"
patterns = ["(he|she) is a {insult}"]
""",
    "rules/grumpy.toml": """
id = "grumpy"
clauses = ["1.2"]
level = "caution"
message = "Sounds grumpy"
why = "w"
fix = "f"
[match]
kind = "regex"
patterns = ["(?:ugh)+$", "grr+"]
""",
    "rules/named.toml": """
id = "named"
clauses = ["1.2"]
level = "note"
message = "Names a school"
why = "w"
fix = "f"
[match]
kind = "entity"
labels = ["SCHOOL"]
""",
}


@pytest.fixture(scope="module")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> pack.Pack:
    folder = tmp_path_factory.mktemp("pack")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return pack.load(folder)


@pytest.fixture(scope="module")
def small_checker(small_pack: pack.Pack) -> Checker:
    return Checker(small_pack, meaning=False)


def told(report: Report) -> list[tuple[str, str, str]]:
    return [(finding.rule, finding.evidence, finding.location.part) for finding in report.findings]


def test_findings_stand_in_the_order_of_the_post_and_its_parts(small_checker: Checker) -> None:
    text = "Grrr. At Ashdown School he is a clown."
    parts = (Passage("She is a waste of space", "alt text of b.jpg"), Passage(" ", "alt text of a.jpg"))
    report = small_checker.check(Draft("1", "post", text, parts=parts))
    assert told(report) == [
        ("grumpy", "Grrr", ""),
        ("named", "Ashdown School", ""),
        ("insulted", "he is a clown", ""),
        ("insulted", "She is a waste of space", "alt text of b.jpg"),
    ]
    assert list(report.clauses.items()) == [("1.1", Level.BREACH), ("1.2", Level.CAUTION)]
    assert report.verdict == "breach"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("He is a clown", "breach"),
        ("grrr", "caution"),
        ("At Ashdown School", "clear"),
        ("Hello", "clear"),
        ("", "clear"),
    ],
)
def test_the_verdict_is_the_gravest_level(text: str, verdict: str, small_checker: Checker) -> None:
    assert small_checker.check(Draft("1", "post", text)).verdict == verdict


def test_channel_and_role_are_heeded(small_pack: pack.Pack) -> None:
    checker = Checker(small_pack, meaning=False, role="contractor")
    report = checker.check(Draft("1", "post", "He is a clown. Grrr", "official"))
    assert told(report) == [("insulted", "He is a clown", "")]
    assert report.findings[0].clauses == ("1.1",)
    assert dict(report.clauses) == {"1.1": Level.BREACH, "9.1": Level.NOTE}


def test_what_a_reader_could_not_read_stays_in_the_report(small_checker: Checker) -> None:
    skipped = (Skipped("photo.heic", "unknown kind of picture"),)
    assert small_checker.check(Draft("1", "post", "Hello", skipped=skipped)).skipped == skipped


def test_a_stream_is_checked_in_order_and_read_no_further_than_needed(small_checker: Checker) -> None:
    read = 0

    def drafts() -> Iterator[Draft]:
        nonlocal read
        for number in range(1_000):
            read += 1
            yield Draft(str(number), "post", "He is a clown" if number % 2 else "")

    reports = small_checker.check_many(drafts())
    first = [next(reports) for _ in range(130)]
    assert [report.draft.id for report in first] == [str(number) for number in range(130)]
    assert [report.verdict for report in first[:4]] == ["clear", "breach", "clear", "breach"]
    assert read < 300


def test_a_stream_of_no_drafts_gives_no_reports(small_checker: Checker) -> None:
    assert list(small_checker.check_many([])) == []


_PIECES = st.sampled_from(
    [
        *(
            "He is a clown",
            "Call me on 07700 900123",
            "sam@example.org",
            "@ashdown",
            "#Torfield",
            "Year 7 pupils",
            "Mr Oak",
        ),
        *(
            "I teach at Torfield School",
            "sh!t",
            "f***",
            "Zoë",
            "Zoe\u0308",
            "pаss",
            "s\u200bchool",
            "\u202eloohcs",
            "مدرسة",
        ),
        *(
            "👩\u200d🏫",
            "🤡",
            "🇬🇧",
            "\ufffd",
            "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
            "\0",
        ),
        *(
            "\r\n",
            "\u2028",
            "...",
            "?!",
            "’",
            "“",
            "TN34 3JT",
            "12/03/2014",
            "https://example.org/?q=1",
            "¼",
            "ß",
            "ﬀ",
            "İ",
        ),
    ]
)
_POSTS = st.one_of(st.lists(_PIECES, max_size=12).map(" ".join), st.lists(_PIECES, max_size=8).map("".join), st.text())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_POSTS, official=st.booleans())
def test_evidence_is_what_stands_at_its_place_in_any_text(
    text: str, official: bool, shipped_pack: pack.Pack, checker: Checker
) -> None:
    report = checker.check(Draft("1", "post", text, "official" if official else "personal"))
    assert report.skipped == ()
    for finding in report.findings:
        span = finding.location.span
        assert 0 <= span.start < span.end <= len(text)
        assert finding.evidence == text[span.start : span.end]
        assert 0 < finding.confidence <= 1
        assert finding.clauses
        assert set(finding.clauses) <= set(report.clauses)
    order = [clause.number for clause in shipped_pack.policy.clause]
    assert list(report.clauses) == sorted(report.clauses, key=order.index)
    cited = {number for finding in report.findings for number in finding.clauses}
    for number, level in report.clauses.items():
        clause = shipped_pack.clause(number)
        assert level <= clause.limit
        assert number in cited or clause.follows
        if number in cited:
            assert level <= max(finding.level for finding in report.findings if number in finding.clauses)


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "8G1 @" * 20_000, "Torfield School " * 6_000], ids=["word", "handles", "schools"]
)
def test_hostile_posts_take_seconds_not_minutes(checker: Checker, text: str) -> None:
    start = time.process_time()
    checker.check(Draft("post", "post", text))
    assert time.process_time() - start < 20


def test_a_post_too_long_for_the_model_says_so(small_pack: pack.Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_MOST_WINDOWS", 1)
    long, short = (Checker(small_pack).check(Draft("1", "post", text)) for text in ("word " * 300, "word"))
    assert [skipped.what for skipped in long.skipped] == ["the post's end"]
    assert short.skipped == ()
