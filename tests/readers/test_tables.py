import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.models import Draft, Passage, Skipped
from tasmat_check.readers import read_posts
from tasmat_check.readers.columns import columns_of
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.records import Place, object_draft

from .conftest import PNG, Write

ON_THE_WEB = "is on the web and not in the export"
PROSE = ("We walked to the pier and had chips", "It rained all day, so we made soup")


def _read(*paths: str) -> list[Draft]:
    return list(read_posts(paths, "personal"))


def _table(*rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _parts(draft: Draft) -> list[tuple[str, str]]:
    return [(part.part, part.text) for part in draft.parts]


def test_buffer(write: Write) -> None:
    (draft,) = _read(
        write(
            "b.csv",
            '\ufeff"Text","Image URL","Tags","Posting Time"\n'
            '"It’s £3 😀\nfor chips","https://example.org/a.jpg","Sam Hill","2026-01-16 17:00"\n',
        )
    )
    assert draft.text == "It’s £3 😀\nfor chips"
    assert draft.published == datetime(2026, 1, 16, 17)
    assert _parts(draft) == [("tags", "Sam Hill")]
    assert draft.skipped == (Skipped("https://example.org/a.jpg", ON_THE_WEB),)


@pytest.mark.parametrize("last", ["https://example.org", ""])
def test_hootsuite_has_no_names_of_columns(write: Write, last: str) -> None:
    (draft,) = _read(write("h.csv", f'14/11/2026 09:05,"Happy Friday, all",{last}\n'))
    assert (draft.id, draft.text) == ("h.csv#1", "Happy Friday, all")
    assert draft.published == datetime(2026, 11, 14, 9, 5)
    assert _parts(draft) == ([("link", last)] if last else [])


def test_hootsuite_with_the_month_first(write: Write) -> None:
    rows = "11/05/2026 09:05,One\n11/14/2026 09:05,Two,https://example.org\n" * 2
    drafts = _read(write("h.csv", f"{rows}later,Three\n"))
    assert [draft.published and draft.published.month for draft in drafts] == [11, 11, 11, 11, None]
    assert [draft.text for draft in drafts] == ["One", "Two", "One", "Two", "Three"]


def test_words_after_a_stray_comma_are_not_lost(write: Write) -> None:
    drafts = _read(
        write("h.csv", "14/11/2026 09:05,One,\n" * 9 + "14/11/2026 09:05,Hello,Sam\n14/11/2026 09:05,a,b,c\n")
    )
    assert [bool(draft.skipped) for draft in drafts] == [False] * 10 + [True]
    assert (drafts[9].text, _parts(drafts[9])) == ("Hello", [("link", "Sam")])


def test_publer_parts_captions(write: Write) -> None:
    new = ["Date - Intl. format or prompt", "Text", "Link(s)", "Media URL(s) separated by comma", "Title", "Label(s)"]
    row = [
        "2026-01-16 20:35",
        "Hello || First || Second",
        "",
        "https://example.org/a.jpg, https://example.org/b",
        "",
        "",
    ]
    old = ["Date", "Message", "Link", "Photo(s)", "Title", "Labels"]
    write("b.jpg", PNG)
    (one,) = _read(write("p.csv", _table([*new, "Alt text(s)", "Comment(s)"], [*row, "Sam||Jo", "Ring 07700 900123"])))
    (two,) = _read(write("o.csv", _table(old, ["", "|| First || Second", "", "b.jpg", "", ""])))
    assert (one.text, two.text) == ("Hello", "")
    captions = [("caption 1", "First"), ("caption 2", "Second")]
    assert _parts(two) == captions
    assert _parts(one) == [
        *captions,
        ("first comment", "Ring 07700 900123"),
        ("alt text of https://example.org/a.jpg", "Sam"),
        ("alt text of https://example.org/b", "Jo"),
    ]
    assert one.published == datetime(2026, 1, 16, 20, 35)
    assert [gap.what for gap in one.skipped] == ["https://example.org/a.jpg", "https://example.org/b"]
    assert two.images == ("b.jpg",)


def test_bars_stand_in_other_texts(write: Write) -> None:
    (draft,) = _read(write("p.csv", "text,date\na || b,\n"))
    assert (draft.text, draft.parts) == ("a || b", ())


def test_metricool_joins_alt_texts_across_gaps(write: Write) -> None:
    pictures = [f"Picture Url {n}" for n in range(1, 11)]
    alt_texts = [f"Alt text picture {n}" for n in range(1, 11)]
    header = ["Text", "Date", "Time", "Draft", *pictures, *alt_texts, "First comment text"]
    gap = [""] * 8
    row = ["Hi", "2026-01-16", "17:05:00", "FALSE", "", "b.png", *gap, "", "Sam Hill", *gap, "and this"]
    write("b.png", PNG)
    (draft,) = _read(write("m.csv", _table(header, row)))
    assert draft.published == datetime(2026, 1, 16, 17, 5)
    assert _parts(draft) == [("first comment", "and this"), ("alt text of b.png", "Sam Hill")]
    assert draft.images == ("b.png",)
    assert draft.skipped == ()


def test_postfast_and_highlevel(write: Write) -> None:
    urls = "https://example.org/a.jpg,https://example.org/b.jpg"
    postfast = ["scheduled_at", "account_id", "content", "media_urls", "first_comment"]
    highlevel = [
        "postAtSpecificTime (YYYY-MM-DD HH:mm:ss)",
        "content",
        "link (OGmetaUrl)",
        "imageUrls",
        "followUpComment",
    ]
    (one,) = _read(write("p.csv", _table(postfast, ["2026-05-01T10:00:00Z", "u", "A", urls, "B"])))
    (two,) = _read(write("h.csv", _table(highlevel, ["2026-05-01 10:00:00", "A", "https://example.org", urls, "B"])))
    assert (one.text, two.text) == ("A", "A")
    assert one.published == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert two.published == datetime(2026, 5, 1, 10)
    assert _parts(one) == [("first comment", "B")]
    assert _parts(two) == [("link", "https://example.org"), ("first comment", "B")]
    assert [gap.what for gap in one.skipped] == [gap.what for gap in two.skipped] == urls.split(",")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Full Text", "text"),
        ("Caption*", "text"),
        ("Text (max. 280)", "text"),
        ("Image URL(s)", "picture"),
        ("Picture Url 10", "picture"),
        ("created_at", "date"),
        ("Hashtags", "tags"),
        ("Facebook post", "text"),
        ("Twitter / X copy", "text"),
        ("When", "date"),
        ("Post title", "text"),
        ("Suggested wording", "text"),
        ("Image file", "picture"),
        ("Alt-Text 2", "alt text"),
    ],
)
def test_name_of_a_column(name: str, role: str) -> None:
    assert list(columns_of((name,)).positions) == [role]


@pytest.mark.parametrize(
    "name", ["", "2", "context", "text length", "account_id", "id (old)", "channel 2", "Beitrag", "Facebook"]
)
def test_name_that_says_nothing(name: str) -> None:
    assert not columns_of((name,)).positions


def test_other_text_columns_are_parts(write: Write) -> None:
    (draft,) = _read(write("p.csv", _table(["Text", "Caption", "Body"], ["One", "Two", "One"])))
    assert (draft.text, _parts(draft)) == ("One", [("caption", "Two")])


def test_link_that_the_text_holds_is_no_part(write: Write) -> None:
    (draft,) = _read(write("p.csv", "text,link\nSee https://example.org,https://example.org\n"))
    assert draft.parts == ()


def test_json(write: Write) -> None:
    record = {
        "text": "a",
        "created_at": 1_700_000_000_000,
        "tags": ["x", "y"],
        "location": {"name": "Hastings"},
        "comments": [{"by": "Jo"}],
        "media": ["https://example.org/a.jpg", {"url": "b"}],
    }
    (draft,) = _read(write("p.jsonl", json.dumps(record)))
    assert draft.published == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert _parts(draft) == [("tags", "x, y"), ("place", "Hastings")]
    assert draft.skipped == (
        Skipped("line 1: comments", "is neither a text nor a list of texts"),
        Skipped("line 1: media", "holds something that is not a text"),
        Skipped("https://example.org/a.jpg", ON_THE_WEB),
    )


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (_table(["Nr", "Beitrag"], ["1", PROSE[0]], ["2", PROSE[1]]), PROSE),
        (_table(["What we wrote", "On"], [PROSE[0], "1/2/26"], [PROSE[1], "2/2/26"]), PROSE),
        (_table(["1", PROSE[0]], ["2", PROSE[1]]), PROSE),
        (f"{PROSE[0]}\n{PROSE[1]}\n", PROSE),
        (_table([PROSE[0], "https://example.org"], [PROSE[1], "https://example.org"]), PROSE),
        (f"Nr;Beitrag\n1;{PROSE[1]}\n2;{PROSE[0]}\n", PROSE[::-1]),
    ],
)
def test_prose_is_the_text_where_no_name_says_so(write: Write, content: str, texts: tuple[str, ...]) -> None:
    drafts = _read(write("p.csv", content))
    assert [draft.text for draft in drafts] == list(texts)
    assert not any(draft.skipped for draft in drafts)


def test_columns_named_after_platforms_are_texts(write: Write) -> None:
    header = ["Week", "Facebook", "Instagram"]
    (one, two, three) = _read(
        write("p.csv", _table(header, ["1", PROSE[0], PROSE[1]], ["2", "", PROSE[1]], ["3", PROSE[1], ""]))
    )
    assert (one.text, _parts(one)) == (PROSE[0], [("instagram", PROSE[1])])
    assert (two.text, two.parts, three.text, three.parts) == (PROSE[1], (), PROSE[1], ())


def test_titles_are_the_text_where_nothing_else_is(write: Write) -> None:
    header = ["Post ID", "Title", "Description", "Publish time"]
    (one, two) = _read(write("p.csv", _table(header, *(["1", text, "", "11/14/2026 02:13"] for text in PROSE))))
    assert (one.text, two.text, one.published) == (*PROSE, datetime(2026, 11, 14, 2, 13))
    (one, _) = _read(write("q.csv", _table(header, *(["1", "Our play", text, "11/14/2026 02:13"] for text in PROSE))))
    assert (one.text, _parts(one)) == (PROSE[0], [("title", "Our play")])


def test_marks_for_platforms_are_no_texts(write: Write) -> None:
    (one, _) = _read(write("p.csv", _table(["Copy", "Facebook"], [PROSE[0], "TRUE"], [PROSE[1], "FALSE"])))
    assert (one.text, one.parts) == (PROSE[0], ())


@pytest.mark.parametrize(("name", "zone"), [("Date (GMT)", UTC), ("date_utc", UTC), ("Date", None)])
def test_the_name_of_a_column_may_tell_the_time_zone(write: Write, name: str, zone: timezone | None) -> None:
    (draft,) = _read(write("p.csv", _table(["text", name], ["x", "2026-02-01 09:05"])))
    assert draft.published == datetime(2026, 2, 1, 9, 5, tzinfo=zone)


def test_unnamed_dates_and_links_are_read(write: Write) -> None:
    (one, _) = _read(write("p.csv", _table(*(["01.02.2026", text, "www.example.org"] for text in PROSE))))
    assert one.published == datetime(2026, 2, 1)
    assert _parts(one) == [("link", "www.example.org")]


def test_line_taken_for_names_is_counted(write: Write) -> None:
    intake = Intake()
    drafts = list(
        read_posts([write("p.csv", _table(["Nr", "Beitrag"], *(["1", t] for t in PROSE)))], "personal", intake)
    )
    assert len(drafts) == 2
    assert list(intake.lines())[1:] == ["Left out: first lines taken for the names of columns: 1."]


@pytest.mark.parametrize(
    "rows",
    [
        [["Nr", "A", "B"], ["1", *PROSE], ["2", *PROSE]],
        [["Forename", "Surname", "Notes"], ["Sam", "Hill", PROSE[0]], ["Jo", "Hay", PROSE[1]]],
        [["a", "b"], ["short", "words"], ["more", "words"]],
        [["1", PROSE[0]]],
        [["Wide"], ["x" * 50], ["y" * 50]],
        [["Data"], ['{"text": "We walked to the pier"}'], ['{"text": "We walked to the beach"}']],
        [["Notes:"], [PROSE[0]], ["First Name", "Last Name", "Company", "On"], ["Sam", "Hill", "Acme", "1 Nov 2023"]],
        [["Notes:"], [PROSE[0]], ["Nr", "Company", "On"], ["1", "Acme", "1 Nov 2023"]],
    ],
)
def test_no_column_is_taken_that_may_not_be_the_text(write: Write, rows: list[list[str]]) -> None:
    (draft,) = _read(write("p.csv", _table(*rows)))
    assert "no text column" in draft.skipped[0].reason


def test_title_above_the_names_of_columns(write: Write) -> None:
    intake = Intake()
    name = write("p.csv", "Calendar 2026,,\n,,\nDate,Post,Tags\n01/02/2026,Hello,x\n")
    (draft,) = read_posts([name], "personal", intake)
    assert (draft.text, draft.published) == ("Hello", datetime(2026, 2, 1))
    assert "Left out: rows above the names of columns: 1." in intake.lines()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_sheet_saved_as_text(write: Write, encoding: str) -> None:
    sheet = 'Date\tPost\tWho\r\n3/9/2026\tBring £3, please\tJo\r\n4/9/2026\t"Two ""here"""\tSam\r\n'
    (one, two) = _read(write("p.txt", sheet.encode(encoding)))
    assert (one.text, one.published) == ("Bring £3, please", datetime(2026, 9, 3))
    assert (two.text, two.published) == ('Two "here"', datetime(2026, 9, 4))


@pytest.mark.parametrize(
    "draft", ["Post\tText\n", "Date\tPost\n", "Post\nThe fete is on\n", "Post\tText\nThe fete is on\n", "", "\n\n"]
)
def test_draft_is_no_sheet(write: Write, draft: str) -> None:
    assert [read.text for read in _read(write("p.txt", draft))] == [draft]


def test_broken_first_line_is_told(write: Write) -> None:
    drafts = _read(write("p.csv", '"a"b,c\ntext,date\nHello,\n'))
    assert [draft.text for draft in drafts] == ["", "Hello"]
    assert drafts[0].skipped[0].reason.startswith("not valid CSV")


@pytest.mark.parametrize("wrapped", [False, True])
def test_pictures_beside_the_file_are_checked_once(write: Write, tmp_path: Path, wrapped: bool) -> None:
    write("f/a.png", PNG)
    write("f/z/list.csv", "text,image\nx,../a.png\ny,pics/c.png\n")
    write("f/z/pics/c.png", PNG)
    write("f/z/zz.png", PNG)
    if wrapped:
        with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
            for path in sorted((tmp_path / "f").rglob("*.*")):
                archive.write(path, path.relative_to(tmp_path / "f").as_posix())
    drafts = _read("f.zip" if wrapped else "f")
    shown = [image for draft in drafts for image in draft.images]
    assert sum(image.endswith("c.png") for image in shown) == 1
    assert {Path(image).name for image in shown} == {"a.png", "c.png", "zz.png"}


def test_pictures_may_be_named_as_on_windows(write: Write) -> None:
    write("f/pics/c.png", PNG)
    (draft,) = _read(write("f/list.csv", "text,image\nx,pics\\c.png\n"))
    assert (draft.images, draft.skipped) == (("f/pics/c.png",), ())


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        ("//example.org/share/a.png", "is on another computer and was not opened"),
        ("\\\\example.org\\share\\a.png", "is on another computer and was not opened"),
        ("ftp://example.org/a.png", ON_THE_WEB),
        ("gone.png", "no such file"),
    ],
)
def test_picture_that_is_not_opened(write: Write, image: str, reason: str) -> None:
    (draft,) = _read(write("p.csv", _table(["text", "images"], ["x", image])))
    assert draft.skipped == (Skipped(image, reason),)


def test_list_in_an_archive_reaches_nothing_outside(write: Write, tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(PNG)
    for image in (str(outside), "../outside.png"):
        with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
            archive.writestr("list.csv", _table(["text", "images"], ["x", image]))
        (draft,) = _read("f.zip")
        assert (draft.images, len(draft.skipped)) == ((), 1)
        write("f.zip", b"")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["text", "caption", "id", "channel", "date", "time", "images", "alt_text", "tags", "link", "Label(s)"]
)


@given(st.dictionaries(KEYS | st.text(max_size=6), VALUES) | VALUES)
def test_no_record_raises(record: object) -> None:
    assert isinstance(object_draft(record, Place("p.jsonl", 1, "line 1"), "personal"), Draft)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.text(max_size=40) | st.sampled_from(["text", "date", "14/11/2026 09:05", *PROSE])), max_size=8)
)
def test_no_table_raises(write: Write, rows: list[list[str]]) -> None:
    content = "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
    assert all(isinstance(draft, Draft) for draft in _read(write("p.csv", content)))


def test_part_names_are_what_rules_know(write: Write) -> None:
    header = ["text", "Headline", "Description", "Labels", "Location", "CW"]
    (draft,) = _read(write("p.csv", _table(header, list("abcdef"))))
    assert draft.parts == tuple(
        Passage(text, part)
        for text, part in zip("bcdef", ["title", "description", "tags", "place", "content warning"], strict=True)
    )
