import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.platforms import tiktok

from ..conftest import Write

LINK = "https://www.tiktokv.com/share/video/7/"
MOMENT = datetime(2024, 5, 1, 18, 2, 3, tzinfo=UTC)
DATE = "2024-05-01 18:02:03"
OLD = {
    "Activity": {"Video Browsing History": {"VideoList": [{"Date": DATE, "Link": "https://example.org/others"}]}},
    "Comment": {"Comments": {"CommentsList": [{"Date": DATE, "Comment": "It’s £3 😀\nreally"}]}},
    "Video": {"Videos": {"VideoList": [{"Date": DATE, "Link": LINK, "Likes": "3"}]}},
}
NEW = {
    "Comment": {
        "Comments": {
            "CommentsList": [
                {"date": DATE, "comment": "none", "photo": "N/A", "url": LINK},
                {"date": DATE, "comment": "", "photo": "https://example.org/p.jpg", "url": ""},
                {"date": DATE, "comment": "", "photo": "N/A"},
            ]
        }
    },
    "Post": {
        "Posts": {
            "VideoList": [
                {
                    "Date": f"{DATE} UTC",
                    "Link": LINK,
                    "Title": "End of term",
                    "Location": "Ore",
                    "Alternate_Text": "N/A",
                }
            ]
        },
        "Recently Deleted Posts": {"PostList": [{"Date": "", "Title": "Deleted", "Link": "N/A"}]},
    },
    "Profile And Settings": {},
    "TikTok Live": {
        "Watch Live History": {
            "WatchLiveMap": {"9": {"Link": "x", "Comments": [{"CommentTime": DATE, "CommentContent": "live!"}]}}
        }
    },
    "Your Activity": {"Reposts": {"RepostList": [{"Date": DATE, "Link": "https://example.org/others"}]}},
}
NOT_THERE = "is on the web and not in the export"


def test_old_sections_are_read_and_watched_videos_are_not(write: Write) -> None:
    comment, video = read_posts([write("user_data.json", json.dumps(OLD))], "personal")
    assert (comment.text, comment.published) == ("It’s £3 😀\nreally", MOMENT)
    assert (video.id, video.text, video.published) == ("7", "", MOMENT)
    assert video.skipped == (Skipped(LINK, NOT_THERE),)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_new_sections_are_read(tmp_path: Path, mark: str) -> None:
    path = str(tmp_path / "TikTok_Data.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("TikTok/user_data_tiktok.json", mark + json.dumps(NEW))
    intake = Intake()
    drafts = list(read_posts([path], "personal", intake))
    assert [draft.text for draft in drafts] == ["none", "", "End of term", "Deleted", "live!"]
    _, picture, video, deleted, live = drafts
    assert picture.skipped == (Skipped("https://example.org/p.jpg", NOT_THERE),)
    assert (video.id, video.published, video.parts) == ("7", MOMENT, (Passage("Ore", "place"),))
    assert (deleted.published, deleted.skipped) == (None, ())
    assert live.published == MOMENT
    assert intake.left_out == {"posts without words or pictures": 1}


def test_text_files_are_read_with_comments_of_several_lines(write: Write) -> None:
    write(
        "t/Comment/Comments.txt",
        f"Date: {DATE} UTC\r\nComment: It’s £3 😀\r\nNote: two: lines\r\n\r\nand more\r\nPhoto: N/A\r\nUrl: \r\n\r\n"
        f"Date: {DATE} UTC\r\nComment: second\r\n\r\n",
    )
    write("t/Post/Posts.txt", f"Date: {DATE} UTC\nLink: {LINK}\nLike(s): 3\nWho can view: Public\nTitle: Chips\n\n")
    write("t/Activity/Watch History.txt", f"Date: {DATE} UTC\nLink: {LINK}\n\n")
    intake = Intake()
    first, second, video = read_posts(["t"], "personal", intake)
    assert (first.text, first.published) == ("It’s £3 😀\nNote: two: lines\n\nand more", MOMENT)
    assert second.text == "second"
    assert (video.id, video.text) == ("7", "Chips")
    assert intake.left_out == {"other files of the export": 1}


def test_what_stands_before_a_break_is_read(write: Write) -> None:
    name = write("user_data.json", json.dumps(OLD)[:-30])
    comment, broken = read_posts([name], "personal")
    assert comment.text == "It’s £3 😀\nreally"
    assert broken.skipped == (Skipped(name, "the JSON breaks off or is damaged at line 1 column 336"),)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("a word", "is not an object with a text"),
        ([], "is not an object with a text"),
        ({"comment": {"a": 1}}, "its comment is not a text"),
        ({"Comment": ["a"]}, "its comment is not a text"),
    ],
)
def test_a_strange_record_is_told_with_its_number(write: Write, record: object, reason: str) -> None:
    content = {"Comment": {"Comments": {"CommentsList": [{"comment": "one"}, record, {"comment": 3}]}}}
    one, strange, three = read_posts([write("user_data.json", json.dumps(content))], "personal")
    assert (one.text, three.text) == ("one", "3")
    assert strange.skipped == (Skipped("user_data.json: post 2", reason),)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("posts.json", '[{"text": "VideoList"}]'),
        ("menu.json", '{"App Settings": {}, "text": "a"}'),
        ("diary.txt", "Date: Monday\nComment: a good day\n"),
        ("Watch History.txt", f"Date: {DATE}\nLink: {LINK}\n\nDate: {DATE}\nLink: {LINK}\n"),
        ("empty.txt", ""),
        ("page.html", json.dumps(NEW)),
    ],
)
def test_other_files_are_not_taken_for_an_export(name: str, head: str) -> None:
    assert not tiktok.recognises(name, head)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["Date", "Title", "Link"]), inner),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES, VALUES)
def test_values_of_any_shape_do_no_harm(write: Write, value: object, item: object) -> None:
    content = {
        "Comment": {"Comments": {"CommentsList": value}},
        "Post": {"Posts": {"VideoList": [item, {"Title": "a"}]}},
    }
    drafts = list(read_posts([write("user_data.json", json.dumps(content))], "personal"))
    assert drafts[-1].text == "a"
