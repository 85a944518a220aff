import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.models import Draft, Finding, Level, Location, Passage, Report, Skipped, Span
from tasmat_check.reporters import FORMATS, load
from tasmat_check.reporters.masking import MASK, mask_report

from .samples import POST, breach_report, finding, small_pack

# Letters that none of the report's own words use, so that every one of them in a report is a leak.
SECRET = st.text("ЖЩЫЭЮЯ", min_size=1, max_size=12)
SECRETS = st.lists(SECRET, min_size=1, max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(SECRETS, st.sampled_from(["Names “{}”", "Says {} to all", "{}", "Nothing quoted", "“{0}” and {0} too"]))
def test_no_format_leaks_evidence(secret: str, message: str) -> None:
    text = f"Once {secret} upon"
    found = finding(text, secret, "5.4 6.8", message)
    in_part = finding(text, secret, "6.15", message, part="alt text of a.jpg", level=Level.CAUTION)
    draft = Draft("a", "a", text, parts=(Passage(text, "alt text of a.jpg"),))
    report = Report(draft, (found, in_part), {"5.4": Level.BREACH, "6.15": Level.CAUTION})
    for name in FORMATS:
        out = io.StringIO()
        load(name)([report, report], small_pack(), out, mask=True)
        assert not set(out.getvalue()) & set("ЖЩЫЭЮЯ"), name


@pytest.mark.parametrize(
    ("message", "evidence", "masked"),
    [
        ("Names a pupil: “Sam”", "Sam", "Names a pupil: “●●●”"),
        ("Says “in” in the bin", "in", "Says “●●●” ●●● the bin"),
        ("Names “Sam Hill”", "Sam\nHill", "Names “●●●”"),
        ("Sounds like an insult", "you fool", "Sounds like an insult"),
        ("No evidence “here”", "", "No evidence “here”"),
        ("Matches “.*”", ".*", "Matches “●●●”"),
    ],
)
def test_message(message: str, evidence: str, masked: str) -> None:
    found = Finding("r", ("5.4",), Level.BREACH, message, "", evidence, 1, Location(Span(0, 1)))
    report = mask_report(Report(Draft("a", "a", "Text"), (found,)))
    assert report.findings[0].message == masked
    assert report.findings[0].evidence == MASK


def test_only_words_of_the_post_go() -> None:
    report = breach_report()
    masked = mask_report(report)
    assert masked.draft.text == ""
    assert masked.clauses == report.clauses
    assert [found.location for found in masked.findings] == [found.location for found in report.findings]
    assert report.draft.text == POST


def test_a_reason_keeps_what_it_quotes_to_itself() -> None:
    report = Report(
        Draft("a", "a", ""), skipped=(Skipped("a.csv", "no text column; the columns are: “Sam bit me”, …"),)
    )
    assert mask_report(report).skipped == (Skipped("a.csv", f"no text column; the columns are: “{MASK}”, …"),)
