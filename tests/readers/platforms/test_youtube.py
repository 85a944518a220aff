import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.platforms import youtube

from ..conftest import Write

OLD = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text"
NEW = (
    "Channel ID,Comment create timestamp,Price,Comment ID,Parent comment ID,Post ID,Video ID,Comment text,"
    "Top-level comment ID"
)
GERMAN = "Kommentar-ID,Kanal-ID,Zeitstempel,Preis,ID des übergeordneten Kommentars,Video-ID,Kommentartext"
MOMENT = datetime(2024, 4, 14, 7, 39, 35, tzinfo=UTC)


def rows(header: str, *cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    return f"{header}\n{out.getvalue()}\n\n"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("It’s £3 😀, {really}", "It’s £3 😀, {really}"),
        ('{"text":"one"}', "one"),
        ('{"takeoutSegments":[{"text":"old "},{"text":"style 😀"}]}', "old style 😀"),
        ('{"text":"\\u003e quoted"},{"text":"\\n"},{"text":"@jo","mention":{"channelId":"UCx"}}', "> quoted\n@jo"),
        ('{"text":"ends with a \\""},{"text":5},{"emoji":"x"},7', 'ends with a "'),
        ('{ "text" : "a" }', "a"),
        ("123", "123"),
    ],
)
def test_texts_in_every_form_are_read_as_typed(write: Write, written: str, text: str) -> None:
    row = ["Ug1", "UCme", "2024-04-14T07:39:35+00:00", "0", "", "v", written]
    (comment,) = read_posts([write("comments.csv", rows(OLD, row))], "personal")
    assert (comment.id, comment.text, comment.published, comment.skipped) == ("Ug1", text, MOMENT, ())


@pytest.mark.parametrize(
    ("name", "header", "row"),
    [
        ("comments.csv", OLD, ["Ug1.a", "UCme", "2024-04-14T07:39:35Z", "0", "Ug1", "v", '{"text":"hi"}']),
        ("kommentare.csv", NEW, ["UCme", "2024-04-14 07:39:35 UTC", "0", "Ug1.a", "Ug1", "", "v", '{"text":"hi"}', ""]),
        (
            "Kommentare.csv",
            GERMAN,
            ["Ug1.a", "UCme", "2024-04-14T07:39:35.0000+00:00", "0", "Ug1", "v", '{"text":"hi"}'],
        ),
        (
            "live chats.csv",
            "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Currency code,Video ID,Live Chat Text",
            ["Ug1.a", "UCme", "2024-04-14T07:39:35+00:00", "990000", "GBP", "v", '{"text":"hi"}'],
        ),
    ],
)
def test_columns_may_stand_in_any_order_and_language(write: Write, name: str, header: str, row: list[str]) -> None:
    write(f"Takeout/YouTube/{name}", rows(header, row))
    intake = Intake()
    (comment,) = read_posts(["Takeout"], "personal", intake)
    assert (comment.id, comment.text, comment.published) == ("Ug1.a", "hi", MOMENT)
    assert list(intake.lines()) == ["Read 1 post: YouTube 1."]


def test_the_address_behind_a_shortened_link_is_a_part(write: Write) -> None:
    segments = '{"text":"see "},{"text":"example.org/a…","link":{"linkUrl":"https://example.org/a/b"}}'
    (comment,) = read_posts([write("c.csv", rows(OLD, ["Ug1", "UC", "", "", "", "", segments]))], "personal")
    assert (comment.text, comment.published) == ("see example.org/a…", None)
    assert comment.parts == (Passage("https://example.org/a/b", "link"),)


def test_damage_is_told_and_empty_comments_are_counted(write: Write) -> None:
    name = write(
        "c.csv",
        rows(
            OLD,
            ["Ug1", "UC", "", "", "", "", '{"text":"cut'],
            ["Ug2", "UC", "", "", "", "", ""],
            ["short"],
            ["Ug3", "UC", "", "", "", "", "last"],
        ),
    )
    intake = Intake()
    damaged, short, last = read_posts([name], "personal", intake)
    assert damaged.skipped == (Skipped("c.csv: comment 1", "its text is damaged"),)
    assert short.skipped == (Skipped("c.csv line 4", "has 1 columns where the first line has 7"),)
    assert (last.id, last.text) == ("Ug3", "last")
    assert intake.left_out == {"posts without words or pictures": 1}


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("comments.csv", "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"),
        ("comments.csv", "Date,Comment Text\n2024-01-01,hello\n"),
        ("survey.csv", 'Who,When,What\nUCAS,2024-01-01,{"text":"hi"}\n'),
        ("comments.txt", OLD),
        ("subscriptions.csv", "Channel Id,Channel Url,Channel Title\nUC1,http://example.org,Chips\n"),
        ("empty.csv", ""),
    ],
)
def test_other_files_are_not_taken_for_comments(name: str, head: str) -> None:
    assert not youtube.recognises(name, head)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "link", "linkUrl"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["text", "takeoutSegments"]), JSON, min_size=1))
def test_segments_of_any_shape_do_no_harm(value: dict[str, object]) -> None:
    segments = youtube._segments(json.dumps(value))
    assert segments is not None
    assert isinstance("".join(youtube._words(segment) for segment in segments), str)
    assert all(passage.text for passage in youtube._links(segments, ""))


ABOUT = 'You added a <a href="http://www.youtube.com/watch?v=a&amp;lc=Ugx1">comment</a> on a video at '
PAGE = (
    f"<html><body><ul><li>{ABOUT}2018-03-11 17:34:53 UTC.<br/>It’s £3 &amp; more<br>😀</li>"
    '<li>Sent at 2016-06-15T08:50:49Z while watching <a href="https://youtu.be/a">A film</a>.<br />Hello</li>'
    f"<li>{ABOUT}2018-03-12 17:34:53 UTC.<br/></li></ul></body></html>"
)
HISTORY = '<div class="outer-cell"><a href="https://www.youtube.com/watch?v=a">Watched a film</a></div>'


def test_comments_of_old_pages_are_read_without_what_the_page_says(write: Write) -> None:
    write("e/my-comments/my-comments.html", PAGE)
    write("e/history/watch-history.html", HISTORY)
    intake = Intake()
    one, two = read_posts(["e"], "personal", intake)
    assert (one.id, one.text, one.published) == (
        "Ugx1",
        "It’s £3 & more\n😀",
        datetime(2018, 3, 11, 17, 34, 53, tzinfo=UTC),
    )
    assert (two.text, two.published) == ("Hello", datetime(2016, 6, 15, 8, 50, 49, tzinfo=UTC))
    assert intake.left_out == {"posts without words or pictures": 1, "files of YouTube without a post of yours": 1}


@pytest.mark.parametrize(
    "page",
    [
        "<ul><li>Sports day<br>2024-05-01 10:00:00 UTC</li></ul>",
        '<ul><li><a href="https://www.youtube.com/watch?v=a">Our film</a><br>Look!</li></ul>',
        "",
    ],
)
def test_other_pages_are_not_taken_for_comments(page: str) -> None:
    assert not youtube.recognises("page.html", page)


def test_videos_and_posts_are_the_owners_words(write: Write) -> None:
    names = "Video ID,Video description (original),Video title (original),Video publish timestamp"
    write(
        "e/videos.csv", rows(names, ["v1", "About 3B", "Our play", "2024-04-14T07:39:35+00:00"], ["v2", "", "Two", ""])
    )
    write("e/posts.csv", rows("Post ID,Post text,Image name 1", ["Ugk1", "Come along", ""]))
    post, one, two = read_posts(["e"], "personal")
    assert (post.id, post.text) == ("Ugk1", "Come along")
    assert (one.id, one.text, one.published) == ("v1", "About 3B", MOMENT)
    assert one.parts == (Passage("Our play", "title"),)
    assert (two.id, two.text, two.parts) == ("v2", "", (Passage("Two", "title"),))


def test_plain_texts_are_read_where_the_columns_are_in_another_language(write: Write) -> None:
    cells = ["Ug1", "UCx", "2024-04-14T07:39:35+00:00", "0", "", "v"]
    write("reacties.csv", rows(GERMAN, [*cells, '{"text":"one"}'], [*cells, "two"]))
    assert [draft.text for draft in read_posts(["reacties.csv"], "personal")] == ["one", "two"]
