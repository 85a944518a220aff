"""HTML: one page that holds everything, says what a person needs, and can be told nothing by a post."""

import base64
import hashlib
import html
import io
import re
import time
import tracemalloc
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasmat_check.models import Draft, Level, Location, Passage, Report, Skipped, Span
from tasmat_check.reporters import load
from tasmat_check.reporters.html_report.charts import HEIGHT, columns
from tasmat_check.reporters.html_report.keeping import Kept

from .pages import Page, many, page, written
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

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<!-- --> <!--",
    "--><b>x</b><!--",
    "]]><svg onload=alert(1)>",
    "</details></section></main>",
    "</style></textarea></title><iframe src=//example.org>",
    "javascript:alert(1)",
    "https://example.org/?q=<x>&y",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "\u2028\u2029 x",
]


def dated(report: Report, day: str) -> Report:
    return replace(report, draft=replace(report.draft, published=datetime.fromisoformat(day).replace(tzinfo=UTC)))


def filled(text: str) -> list[Report]:
    """Give reports that hold a text in every field that comes from a post or a file."""
    location = Location(Span(0, len(text)))
    found = replace(finding(text, text, "5.4 6.8", "Says “{}”", fix=text, rule=text), location=location)
    part = replace(found, location=Location(Span(0, len(text)), text), level=Level.CAUTION, clauses=("6.15",))
    draft = Draft(text, text, text, parts=(Passage(text, text),))
    first = Report(draft, (found, part), {"5.4": Level.BREACH, "6.15": Level.CAUTION}, (Skipped(text, text),))
    other = replace(first, draft=replace(draft, id="other"))
    return [first, other, Report(Draft("third", text, text))]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_post_becomes_part_of_the_page(text: str, pack: SmallPack) -> None:
    harmless = page(filled("plain words"), pack)
    hostile = page(filled(text), pack)
    assert hostile.skeleton == harmless.skeleton
    assert hostile.comments == []
    shown = " ".join(hostile.text.split())
    assert shown.count(" ".join(text.replace("\u2028", "").replace("\u2029", "").split())) >= 8


def test_only_the_pages_own_script_and_style_may_run(pack: SmallPack) -> None:
    whole = page(all_reports(), pack)
    (policy,) = (
        element.attributes["content"] or ""
        for element in whole.all("meta")
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    for tag in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(whole.one(tag).text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_points_out_of_the_page(pack: SmallPack) -> None:
    whole = page(all_reports(), pack)
    ids = {element.attributes["id"] for element in whole.elements if element.attributes.get("id")}
    for element in whole.elements:
        assert not {name for name in element.attributes if name.startswith("on") or name in ("style", "srcset")}
        assert element.tag not in ("link", "iframe", "object", "embed", "base")
        target = element.attributes.get("href") or element.attributes.get("src") or "#main"
        assert target.startswith("#")
        assert target[1:] in ids
    assert "http" not in whole.one("style").text + whole.one("script").text


def test_ids_are_given_once_and_labels_point_at_something(pack: SmallPack) -> None:
    whole = page(all_reports(), pack)
    ids = Counter(element.attributes["id"] for element in whole.elements if element.attributes.get("id"))
    assert max(ids.values()) == 1
    pointers = [element.attributes.get(name) for element in whole.elements for name in ("for", "aria-labelledby")]
    assert {each for pointer in pointers for each in (pointer or "").split()} <= set(ids)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\x00b", "a␀b"),
        ("a\u202eb\u2066c", "a�b�c"),
        ("a\ud83db", "a�b"),
        ("a\tb", "a    b"),
    ],
)
def test_what_would_be_hidden_is_shown(text: str, shown: str, pack: SmallPack) -> None:
    whole = written(filled(text), pack)
    assert shown in whole
    assert not set(whole) & set("\x1b\x00\u202e\u2066\ud83d\t")


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "latin-1"])
def test_old_encodings_get_the_same_page(encoding: str, pack: SmallPack) -> None:
    reports = [*all_reports(), *filled("Zoë “Łódź” 👋 ●")]
    out, raw = encoded(encoding)
    load("html")(reports, pack, out)
    assert raw().isascii()
    assert html.unescape(raw().decode(encoding)) == html.unescape(written(reports, pack))


def test_the_page_is_named_after_the_policy(pack: SmallPack) -> None:
    whole = page(all_reports(), pack)
    assert whole.one("title").text == "Social media report: 4 posts checked against the Example Trust Policy"
    assert "Example Trust Policy, June 2020" in whole.one("header").text
    assert whole.one("html").attributes["lang"] == "en-GB"


def test_what_could_not_be_checked_stands_above_everything(pack: SmallPack) -> None:
    whole = page(all_reports(), pack)
    alarm = whole.one("section", class_="alarm")
    assert "2 things in 2 posts" in alarm.text
    assert "lunch.jpg" in alarm.text
    assert "This kind is unknown" in alarm.text
    sections = [element for element in whole.elements if element.tag == "section"]
    assert sections[0] is alarm
    assert not page([clear_report()], pack).all("section", class_="alarm")


def test_gaps_of_one_reason_are_told_together_and_their_number_is_bounded(pack: SmallPack) -> None:
    gaps = tuple(Skipped(f"{number}.mp4", "videos are not checked") for number in range(7))
    others = tuple(Skipped(f"{number}.x", f"reason {number}") for number in range(100))
    alarm = page([Report(Draft("a", "a", ""), skipped=gaps + others)], pack).one("section", class_="alarm")
    assert "7 times, such as" in " ".join(alarm.text.split())
    assert "2.mp4" in alarm.text
    assert "3.mp4" not in alarm.text
    assert "And 71 things for other reasons" in alarm.text


def test_posts_stand_gravest_first_and_what_was_not_checked_before_what_is_clear(pack: SmallPack) -> None:
    order = [clear_report(), skipped_report(), part_report(), breach_report()]
    whole = page(order, pack)
    posts = whole.all("details", class_="post")
    assert [post.attributes["data-outcome"] for post in posts] == ["breach", "caution", "unchecked", "clear"]
    assert [post.attributes["id"] for post in posts] == ["p4", "p3", "p2", "p1"]
    assert ["open" in post.attributes for post in posts] == [True, True, True, False]
    cards = {element.classes[1]: element.text.split()[0] for element in whole.all("li", class_="card")}
    assert cards == {"breach": "1", "caution": "1", "unchecked": "1", "clear": "1"}


def test_many_posts_are_closed_at_first(pack: SmallPack) -> None:
    assert not any("open" in post.attributes for post in page(many(11), pack).all("details", class_="post"))


def test_marks_stand_in_the_text_by_level(pack: SmallPack) -> None:
    whole = page(all_reports(), pack)
    words = whole.all("div", class_="words")
    assert words[0].text == POST
    marks = [(mark.text, mark.classes) for mark in whole.all("mark")]
    assert ("Kelly Pike", ["breach"]) in marks
    assert ("Jayden Pike threw a chair again", ["breach"]) in marks  # two findings that touch are one mark
    assert ("07700 900123", ["caution"]) in marks
    assert ("add me", ["caution"]) in marks
    assert "alt text of lunch.jpg" in [element.text for element in whole.all("p", class_="part-name")]


def test_a_post_tells_clauses_reasons_and_what_to_do_once(pack: SmallPack) -> None:
    post = page([breach_report()], pack).one("details", class_="post").text
    assert "2 things to change, 1 to think over" in post
    assert post.count("Names someone you know through work: “Jayden Pike” and “Kelly Pike”") == 1
    assert "Leave the person out." in post
    assert "Also touches 6.8 What you learn at work." in post
    assert "Please note: 9.1 Disciplinary action possible" in " ".join(post.split())


def test_a_single_post_has_no_charts_no_filter_and_only_its_clauses(pack: SmallPack) -> None:
    whole = page([breach_report()], pack)
    assert not whole.all("form")
    assert not whole.all("table")
    told = [element.attributes["id"] for element in whole.all("article", class_="clause")]
    assert told == ["clause-5.4", "clause-6.1", "clause-6.8", "clause-6.15", "clause-9.1", "clause-9.2"]


def test_several_posts_get_every_clause(pack: SmallPack) -> None:
    whole = page(all_reports(), pack)
    assert len(whole.all("article", class_="clause")) == len(pack.policy.clause)
    assert "3.1" not in whole.text


def test_quiet_counts_clear_posts_without_showing_them(pack: SmallPack) -> None:
    whole = page(all_reports(), pack, quiet=True)
    assert [post.attributes["data-outcome"] for post in whole.all("details", class_="post")] == [
        "breach",
        "caution",
        "unchecked",
    ]
    assert "1 Nothing found" in " ".join(whole.all("li", class_="clear")[0].text.split())
    assert "counted here, but not shown below" in whole.text


def test_no_post_is_still_a_page(pack: SmallPack) -> None:
    assert "Nothing to check: no post was given." in page([], pack).text


def test_charts_come_as_tables_of_the_same_numbers(pack: SmallPack) -> None:
    reports = [dated(breach_report(), "2025-03-04"), dated(breach_report(), "2025-05-30"), part_report()]
    whole = page(reports, pack)
    rows = [[cell.text.strip() for cell in whole.elements if row in cell.within[-1:]] for row in whole.all("tr")]
    assert ["5.4 People you know through work", "", "2", "0", "6"] in rows
    assert ["6.14 Colleagues as friends", "", "0", "1", "1"] in rows
    assert ["Breach", "", "8"] in rows
    assert [row for row in rows if row[0].endswith(" 2025")] == [
        ["March 2025", "1", "0", "1"],
        ["April 2025", "0", "0", "0"],
        ["May 2025", "1", "0", "1"],
    ]
    assert "1 post without a date" in whole.one("figure", class_="months").text


def test_columns_are_as_high_as_their_numbers() -> None:
    drawn = columns({"2024-11": Counter(breach=2, caution=2, clear=9), "2025-01": Counter(breach=1)})
    assert [(each.name, each.label, each.under, each.posts) for each in drawn] == [
        ("2024-11", "Nov", "2024", 13),
        ("2024-12", "Dec", "", 0),
        ("2025-01", "Jan", "2025", 1),
    ]
    assert [(each.breach_top, each.caution_top) for each in drawn] == [
        (HEIGHT / 2, 0),
        (HEIGHT, HEIGHT),
        (HEIGHT * 3 / 4, HEIGHT * 3 / 4),
    ]


def test_a_long_time_is_drawn_by_years() -> None:
    drawn = columns({"2015-01": Counter(breach=1), "2015-07": Counter(breach=1), "2025-01": Counter(clear=1)})
    assert [(each.name, each.breach) for each in drawn] == [("2015", 2), ("2025", 0)]
    assert columns({}) == []


def test_the_filter_offers_what_there_is_and_waits_for_a_script(pack: SmallPack) -> None:
    whole = page([dated(breach_report(), "2025-03-04"), *all_reports()], pack)
    assert "hidden" in whole.one("form").attributes
    chosen: dict[str | None, list[str | None]] = {}
    for option in whole.all("option"):
        chosen.setdefault(option.within[-1].attributes["name"], []).append(option.attributes["value"])
    assert chosen == {
        "outcome": ["", "breach", "caution", "unchecked", "clear"],
        "clause": ["", "5.4", "6.1", "6.8", "6.14", "6.15"],
        "month": ["", "2025-03", "-"],
        "channel": ["", "official", "personal"],
        "source": ["", "cake.txt", "monday.txt", "posts.jsonl", "walk.txt"],
    }
    first = whole.all("details", class_="post")[0].attributes
    assert (first["data-month"], first["data-channel"], first["data-source"]) == ("2025-03", "personal", "monday.txt")
    assert first["data-clauses"] == "5.4 6.1 6.8 6.15"


def test_companions_are_not_counted_as_found(pack: SmallPack) -> None:
    options = [option.attributes["value"] for option in page(all_reports(), pack).all("option")]
    assert "9.1" not in options


def test_masked_pages_hold_no_word_of_a_post(pack: SmallPack) -> None:
    reports = [breach_report(), part_report(), dated(breach_report(), "2025-03-04"), skipped_report()]
    whole = written(reports, pack, mask=True)
    for word in ("Jayden", "Pike", "Saxon", "07700", "900123", "chair", "Priya", "lovely", "data:image"):
        assert word not in whole, word
    assert "●●●" in whole
    assert "The words and pictures of the posts are left out" in whole
    assert "monday.txt" in whole


def test_what_is_kept_comes_back_whole() -> None:
    kept = Kept()
    pieces = [f"{number} é👋\n" * 50 for number in range(300)]
    for piece in pieces:
        kept.add(piece)
    assert "".join(kept.pieces()) == "".join(pieces)
    assert kept.count == 300
    assert "".join(Kept().pieces()) == ""


class Measured(io.StringIO):
    """Counts what is written and keeps none of it."""

    size = 0

    def write(self, text: str) -> int:
        self.size += len(text)
        return len(text)


@pytest.mark.slow
def test_ten_thousand_posts_are_soon_written(pack: SmallPack) -> None:
    out = Measured()
    begun = time.process_time()
    load("html")(many(10_000), pack, out)
    assert time.process_time() - begun < 20  # 3.4 on the machine it was written on
    assert 10_000_000 < out.size < 20_000_000


def test_memory_holds_posts_compressed(pack: SmallPack) -> None:
    tracemalloc.start()
    load("html")(many(2_000), pack, Measured())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000  # 1.8 here; the page itself would need 11


def test_assets_are_plain_ascii(pack: SmallPack) -> None:
    whole = page([clear_report()], pack)
    assert whole.one("style").text.isascii()
    assert whole.one("script").text.isascii()
    assert re.search(r"@media print", whole.one("style").text)


def test_the_parser_of_these_tests_refuses_a_broken_page() -> None:
    with pytest.raises(AssertionError):
        Page("<p><b>x</p>")
