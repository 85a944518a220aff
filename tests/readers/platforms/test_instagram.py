import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.platforms import facebook, instagram

from ..conftest import PNG, Write
from .meta.exporting import JSON, as_meta_writes, places_in, put, read

WHEN = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def _picture(uri: str, title: str = "", seconds: int = 1_700_000_000, **more: Any) -> dict[str, Any]:
    return {"uri": uri, "creation_timestamp": seconds, "title": title, **more}


SINGLE = {"media": [_picture("media/posts/202311/1.png", "Single 🙌 don’t")]}


@pytest.mark.parametrize(
    "name",
    [
        "content/posts_1.json",
        "your_instagram_activity/content/posts_2.json",
        "instagram-jo/your_instagram_activity/media/posts_1.json",
        "renamed.json",
    ],
)
def test_a_single_picture_carries_the_caption_itself(write: Write, name: str) -> None:
    write("e/media/posts/202311/1.png", PNG)
    write(f"e/{name}", as_meta_writes([SINGLE]))
    (post,), counts = read("e")
    assert (post.text, post.published, post.parts) == ("Single 🙌 don’t", WHEN, ())
    assert post.images == ("e/media/posts/202311/1.png",)
    assert counts == ["Read 1 post: Instagram 1."]


def test_several_pictures_have_the_caption_on_the_post(write: Write) -> None:
    pictures = [_picture("m/1.png", "", 5), _picture("m/2.png", "Maya 🏃", 6), _picture("m/3", "Fête")]
    for name in ("1.png", "2.png", "3"):
        write(f"e/m/{name}", PNG)
    write("e/posts_1.json", as_meta_writes([{"media": pictures, "title": "Fête", "creation_timestamp": 1_700_000_000}]))
    (post,), _ = read("e")
    assert (post.text, post.published) == ("Fête", WHEN)
    assert post.parts == (Passage("Maya 🏃", "description of 2.png"),)
    assert post.images == ("e/m/1.png", "e/m/2.png", "e/m/3")
    assert not post.skipped


def test_positions_of_pictures_are_seen(write: Write) -> None:
    exif = [{"device_id": "x"}, {"latitude": "50.87", "longitude": 0.55}]
    media = _picture("m/1.png", "x", media_metadata={"photo_metadata": {"exif_data": exif}})
    video = _picture(
        "m/2.mp4", "y", 9, media_metadata={"video_metadata": {"exif_data": [{"latitude": 1, "longitude": 2}]}}
    )
    write("e/m/1.png", PNG)
    write("e/posts_1.json", as_meta_writes([{"media": [media]}, {"media": [video]}]))
    drafts, _ = read("e")
    assert [seen.sightings[0].text for draft in drafts for seen in draft.seen] == ["50.870, 0.550", "1.000, 2.000"]


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("ig_stories", _picture("m/1.png", "words 😊")),
        ("ig_profile_picture", _picture("m/1.png", "words 😊")),
        ("ig_reels_media", {"media": [_picture("m/1.png", "words 😊")]}),
        (
            "ig_archived_post_media",
            {"media": [_picture("m/1.png")], "title": "words 😊", "creation_timestamp": 1_700_000_000},
        ),
        ("ig_igtv_media", {"media": [_picture("m/1.png", "words 😊")]}),
        ("ig_other_media", {"media": [_picture("m/1.png", "words 😊")]}),
    ],
)
def test_stories_reels_and_other_lists(write: Write, key: str, record: Any) -> None:
    write("e/m/1.png", PNG)
    write("e/list.json", as_meta_writes({key: [record]}))
    (post,), _ = read("e")
    assert (post.text, post.published, post.images) == ("words 😊", WHEN, ("e/m/1.png",))


def test_a_story_without_words_is_read_and_a_record_with_neither_is_counted(write: Write) -> None:
    write("e/m/1.png", PNG)
    write("e/stories.json", as_meta_writes({"ig_stories": [_picture("m/1.png"), _picture(""), {}]}))
    (post,), counts = read("e")
    assert (post.text, post.images) == ("", ("e/m/1.png",))
    assert counts == ["Read 1 post: Instagram 1.", "Left out: posts without words or pictures: 2."]


NEW_COMMENT = {
    "media_list_data": [{"uri": ""}],
    "string_map_data": {
        "Comment": {"value": "so proud 💪"},
        "Media Owner": {"value": "sam.friend"},
        "Time": {"timestamp": 1_700_000_000},
    },
}
DUTCH_COMMENT = {
    "string_map_data": {
        "Opmerking": {"value": "so proud 💪"},
        "Media-eigenaar": {"value": "sam.friend"},
        "Tijd": {"timestamp": 1_700_000_000},
    }
}
FRENCH_COMMENT = {
    "string_map_data": {
        "Commentaire": {"value": "so proud 💪"},
        "Propriétaire du contenu": {"value": "sam.friend"},
        "Heure": {"timestamp": 1_700_000_000},
    }
}
OLD_COMMENT = {"title": "sam.friend", "string_list_data": [{"value": "so proud 💪", "timestamp": 1_700_000_000}]}


@pytest.mark.parametrize(
    ("name", "content", "owner"),
    [
        ("post_comments.json", {"comments_media_comments": [OLD_COMMENT]}, "media owner"),
        ("post_comments_1.json", {"comments_media_comments": [NEW_COMMENT]}, "media owner"),
        ("post_comments_1.json", [NEW_COMMENT], "media owner"),
        ("renamed.json", [NEW_COMMENT], "media owner"),
        ("post_comments_2.json", [DUTCH_COMMENT], "details"),
        ("post_comments_2.json", [FRENCH_COMMENT], "details"),
        ("reels_comments.json", {"comments_reels_comments": [NEW_COMMENT]}, "media owner"),
        ("hype.json", {"comments_story_comments": [NEW_COMMENT]}, "media owner"),
    ],
)
def test_comments_of_every_generation(write: Write, name: str, content: Any, owner: str) -> None:
    write(f"e/comments/{name}", as_meta_writes(content))
    (post,), _ = read("e")
    assert (post.text, post.published) == ("so proud 💪", WHEN)
    assert post.parts == (Passage("sam.friend", owner),)


def test_several_comments_below_one_post(write: Write) -> None:
    values = [{"value": "one", "timestamp": 1}, {"value": "two", "timestamp": 2}, {"value": "", "timestamp": 3}]
    write("e/c.json", as_meta_writes({"comments_media_comments": [{"title": "sam", "string_list_data": values}]}))
    drafts, _ = read("e")
    assert [(draft.text, draft.parts) for draft in drafts] == [
        ("one", (Passage("sam", "media owner"),)),
        ("two", (Passage("sam", "media owner"),)),
    ]


def test_a_comment_without_words_is_counted(write: Write) -> None:
    silent = {"string_map_data": {"Media Owner": {"value": "sam"}, "Time": {"timestamp": 1}}}
    write("e/comments/post_comments_1.json", as_meta_writes([NEW_COMMENT, silent]))
    drafts, counts = read("e")
    assert len(drafts) == 1
    assert "Left out: posts without words or pictures: 1." in counts


def test_captions_that_newer_exports_list_again_are_read_once(write: Write) -> None:
    def labelled(caption: str, seconds: int = 1_700_000_000) -> dict[str, Any]:
        url = "https://www.instagram.com/p/1/"
        owner = {"title": "Owner", "dict": [{"dict": [{"label": "Name", "value": "Jo Doe"}]}]}
        labels = [{"label": "URL", "value": url, "href": url}, {"label": "Caption", "value": caption}, owner]
        return {"timestamp": seconds, "media": [], "label_values": labels, "fbid": "9"}

    write("e/media/posts/202311/1.png", PNG)
    write(
        "e/your_instagram_activity/media/posts.json",
        as_meta_writes([labelled("Single 🙌 don’t"), labelled("Only here"), labelled("❤️", 1), labelled("❤️", 2)]),
    )
    write("e/your_instagram_activity/media/posts_1.json", as_meta_writes([SINGLE]))
    drafts, counts = read("e")
    assert [(draft.id[-1], draft.text, draft.parts) for draft in drafts] == [
        ("1", "Single 🙌 don’t", ()),
        ("9", "Only here", ()),
        ("9", "❤️", ()),
        ("9", "❤️", ()),
    ]
    assert counts == ["Read 4 posts: Instagram 4.", "Left out: captions that were read with their post: 1."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("likes/liked_posts.json", {"likes_media_likes": [{"title": "sam", "string_list_data": [{"value": "x"}]}]}),
        ("saved/saved_posts.json", [{"timestamp": 1, "label_values": [{"label": "Caption", "value": "of others"}]}]),
        ("followers_1.json", [{"title": "", "string_list_data": [{"value": "sam", "timestamp": 1}]}]),
        ("personal_information.json", {"profile_user": [{"string_map_data": {"Name": {"value": "Jo"}}}]}),
        ("messages/inbox/s/message_1.json", {"participants": [], "messages": [{"photos": [_picture("a")]}]}),
        ("subscriptions/reels.json", {"subscriptions_reels": [{"title": "x", "string_map_data": {}}]}),
        ("posts_1.json", [{"text": "a school’s own", "media": ["a.png"]}]),
        ("posts.json", {"posts": [{"text": "a school’s own"}]}),
    ],
)
def test_other_files_are_not_taken_for_posts(name: str, content: Any) -> None:
    assert not instagram.recognises(name, json.dumps(content))
    assert not facebook.recognises(name, json.dumps(content))


def test_files_of_facebook_are_not_taken_for_instagrams() -> None:
    facebooks = [{"timestamp": 1, "data": [{"post": "x"}], "attachments": [{"data": [{"media": _picture("a")}]}]}]
    assert not instagram.recognises("posts_1.json", json.dumps(facebooks))
    assert not facebook.recognises("posts_1.json", json.dumps([SINGLE]))


def test_a_file_that_breaks_off_gives_what_came_before(write: Write) -> None:
    write("e/posts_1.json", as_meta_writes([SINGLE, SINGLE])[:-30])
    first, broken = read("e")[0]
    assert first.text == "Single 🙌 don’t"
    assert broken.skipped == (Skipped("e/posts_1.json", "the JSON breaks off or is damaged at line 1 column 270"),)


def test_records_of_a_strange_shape_are_said_to_be_so(write: Write) -> None:
    write(
        "e/posts_1.json", as_meta_writes([SINGLE, 5, {"foo": 1}, {"media": "x"}, {"media": [{"uri": 5}], "title": "t"}])
    )
    drafts, _ = read("e")
    assert [skipped.what for draft in drafts for skipped in draft.skipped][1:] == [
        f"e/posts_1.json post {number}" for number in (2, 3, 4, 5)
    ]
    assert [draft.text for draft in drafts if draft.text] == ["Single 🙌 don’t", "t"]


SEED = [
    {
        "media": [
            _picture("a", "t", media_metadata={"photo_metadata": {"exif_data": [{"latitude": 1, "longitude": 2}]}})
        ],
        "title": "x",
    },
    NEW_COMMENT,
    OLD_COMMENT,
    {"timestamp": 1, "media": [], "label_values": [{"label": "Caption", "value": "v", "dict": [{"value": "x"}]}]},
]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(places_in(SEED)), JSON)
def test_any_value_of_any_kind_raises_nothing_and_loses_no_other_record(
    write: Write, place: tuple[Any, ...], value: Any
) -> None:
    changed = put(deepcopy(SEED), place, value)
    write("posts_1.json", json.dumps([SINGLE, *changed, {"media": [_picture("", "last", 2)]}]))
    texts = [draft.text for draft in read("posts_1.json")[0]]
    assert texts[0] == SINGLE["media"][0]["title"]
    assert "last" in texts


CARD = (
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{caption}</h2>'
    '<div class="_3-95 _a6-p"><div><a href="../../media/1.png"><img src="../../media/posts/1.png" class="_a6_o"/></a>'
    '</div><table><tr><td><div class="_a6-q">Latitude</div></td><td><div class="_a6-q">50.87</div></td></tr></table>'
    '</div><div class="_3-94 _a6-o">Nov 14, 2023 10:13 pm</div></div>'
)


def test_web_pages_have_the_caption_in_the_heading(write: Write) -> None:
    write("e/media/posts/1.png", PNG)
    page = f"<html><body>{CARD.format(caption='Caf&eacute; 😊')}{CARD.format(caption='')}</body></html>"
    write("e/your_instagram_activity/media/posts_1.html", page)
    (post, silent), _ = read("e")
    assert (post.text, post.published) == ("Café 😊", datetime(2023, 11, 14, 22, 13))
    assert post.parts == (Passage("Latitude\n50.87", "details"),)
    assert post.images == silent.images == ("e/media/posts/1.png",)
    assert silent.text == ""


def test_comments_on_web_pages_are_tables(write: Write) -> None:
    rows = "".join(
        f'<tr><td colspan="2" class="_2pin _a6_q">{name}<div><div>{value}</div></div></td></tr>'
        for name, value in (("Comment", "so proud 💪"), ("Media Owner", "sam"), ("Time", "Nov 14, 2023 10:13 pm"))
    )
    card = (
        f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p"><table>{rows}</table></div></div>'
    )
    write("e/your_instagram_activity/comments/post_comments_1.html", card * 2)
    drafts, _ = read("e")
    assert len(drafts) == 2
    assert drafts[0].text.splitlines()[:4] == ["Comment", "so proud 💪", "Media Owner", "sam"]
    assert drafts[0].published == datetime(2023, 11, 14, 22, 13)


FIRST = {
    "photos": [
        {
            "caption": "Chips 🎉",
            "taken_at": "2019-01-02T03:04:05",
            "location": "Hastings",
            "path": "photos/201901/b.png",
        },
        {"caption": "Chips 🎉", "taken_at": "2019-01-02T03:04:05", "path": "photos/201901/c.png"},
    ],
    "stories": [{"caption": "", "taken_at": "2019-02-03T04:05:06+00:00", "path": "stories/201902/a.png"}],
    "direct": [{"taken_at": "2019-02-03T04:05:06", "path": "direct/201902/d.png"}],
}


def test_exports_from_before_2020_are_read(write: Write) -> None:
    write("e/media.json", json.dumps(FIRST))
    write(
        "e/comments.json",
        json.dumps(
            {"media_comments": [["2019-04-05T06:07:08", "It’s £3", "sam"], ["", " ", ""], 5], "live_comments": []}
        ),
    )
    write("e/likes.json", json.dumps({"media_likes": [["2019-04-05T06:07:08", "sam"]]}))
    for name in ("photos/201901/b", "photos/201901/c", "stories/201902/a", "direct/201902/d"):
        write(f"e/{name}.png", PNG)
    (comment, odd, photos, story), counts = read("e")
    assert (comment.text, comment.published) == ("It’s £3", datetime(2019, 4, 5, 6, 7, 8))
    assert odd.skipped == (Skipped("e/comments.json post 3", "is not a record of a comment"),)
    assert (photos.text, photos.published) == ("Chips 🎉", datetime(2019, 1, 2, 3, 4, 5))
    assert photos.parts == (Passage("Hastings", "place"),)
    assert photos.images == ("e/photos/201901/b.png", "e/photos/201901/c.png")
    assert (story.published, story.images) == (datetime(2019, 2, 3, 4, 5, 6, tzinfo=UTC), ("e/stories/201902/a.png",))
    assert counts == [
        "Read 3 posts: Instagram 3.",
        "Left out: posts without words or pictures: 1.",
        "Left out: pictures sent in messages: 1.",
        "Left out: other files of the export: 1.",
        "Left out: pictures that belong to no post: 1.",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(JSON, st.data())
def test_no_value_in_an_export_from_before_2020_raises(write: Write, value: Any, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places_in(FIRST)))
    write("e/media.json", json.dumps(put(deepcopy(FIRST), place, value)))
    write("e/comments.json", json.dumps({"media_comments": value, "live_comments": [value, [value, value]]}))
    drafts, counts = read("e")
    assert drafts or counts


def test_deleted_posts_are_read(write: Write) -> None:
    write("e/gone.json", as_meta_writes({"ig_recently_deleted_media": [SINGLE]}))
    (post,), _ = read("e")
    assert post.text == "Single 🙌 don’t"
