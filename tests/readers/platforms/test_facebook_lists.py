import io
import json
import tarfile
import zipfile
from typing import Any

import pytest

from tasmat_check.models import Passage
from tasmat_check.readers.platforms import facebook

from ..conftest import PNG, Write
from .meta.exporting import STATUS, WHEN, a_comment, a_picture, a_post, as_meta_writes, read


@pytest.mark.parametrize(
    "content",
    [
        {"group_posts_v2": [STATUS]},
        {"group_posts": {"activity_log_data": [STATUS]}},
        {"group_posts": [STATUS]},
        {"status_updates": [STATUS]},
        {"archive_v2": [STATUS]},
    ],
)
def test_posts_in_groups_and_other_lists(write: Write, content: Any) -> None:
    write("e/groups/posts.json", as_meta_writes(content))
    (post,), _ = read("e")
    assert post.text == STATUS["data"][0]["post"]


@pytest.mark.parametrize("key", ["comments_v2", "comments", "group_comments_v2"])
def test_comments_are_the_owners_words_and_their_title_a_part(write: Write, key: str) -> None:
    write("e/c.json", as_meta_writes({key: [a_comment("Me too 😊", group="Sea Mums")]}))
    (post,), _ = read("e")
    assert (post.text, post.published) == ("Me too 😊", WHEN)
    assert post.parts == (Passage("Sea Mums", "group"), Passage("Jo Doe replied to Sam’s Me too 😊.", "title"))


def test_a_comment_of_another_is_counted_where_the_export_tells_the_owner(write: Write) -> None:
    comments = [a_comment("mine"), a_comment("theirs", "Sam Friend"), a_comment("mine before", "Jo Smith")]
    write("e/comments.json", as_meta_writes({"comments_v2": comments}))
    assert len(read("e")[0]) == 3
    profile = {
        "profile_v2": {"name": {"full_name": "Jo Doe"}, "previous_names": [{"name": "Jo Smith", "timestamp": 1}]}
    }
    write("e/profile_information/profile_information.json", as_meta_writes(profile))
    drafts, counts = read("e")
    assert [draft.text for draft in drafts] == ["mine", "mine before"]
    assert "Left out: comments of others: 1." in counts


@pytest.mark.parametrize("folder", ["personal_information/profile_information", "profile_information"])
def test_exports_of_several_people_in_one_folder_have_an_owner_each(write: Write, folder: str) -> None:
    for person, author in (("a", "Jo Doe"), ("b", "Sam Friend"), ("c", "Kim Pal")):
        write(f"all/{person}/comments/comments.json", as_meta_writes({"comments_v2": [a_comment("words", author)]}))
        if person != "c":
            profile = as_meta_writes({"profile_v2": {"name": {"full_name": author}}})
            write(f"all/{person}/{folder}/profile_information.json", profile)
    drafts, counts = read("all")
    assert len(drafts) == 3
    assert "Left out: other files of the export: 2." in counts


def test_posts_on_other_pages(write: Write) -> None:
    posts = [
        {
            "timestamp": 1_700_000_000,
            "fbid": "77",
            "label_values": [
                {"label": "Message", "value": "Happy birthday 🎂"},
                {"label": "Target", "value": "Sam Friend"},
                {"label": "Media", "media": [{"uri": "m/1.png", "description": "cake"}]},
                {"label": "Feeling/activity", "value": "feeling proud"},
                {"label": "URL", "value": "https://www.facebook.com/77", "href": "https://www.facebook.com/77"},
                {"title": "Tagged", "dict": [{"dict": [{"label": "Name", "value": "Kim Pal"}]}]},
            ],
        },
        {
            "timestamp": 1,
            "label_values": [{"label": "Neges", "value": "Pen-blwydd hapus"}, {"label": "Targed", "value": "S"}],
        },
        {"timestamp": 1, "label_values": [{"label": "Target", "value": "Sam Friend"}]},
    ]
    write("e/posts/posts_on_other_pages_and_profiles.json", as_meta_writes(posts))
    (post, other, third), _ = read("e")
    assert (post.id, post.text, post.published) == ("77", "Happy birthday 🎂", WHEN)
    assert post.parts == (
        Passage("Sam Friend", "target"),
        Passage("feeling proud", "feeling"),
        Passage("Kim Pal", "details"),
        Passage("cake", "description of 1.png"),
    )
    assert (other.text, other.parts) == ("Pen-blwydd hapus", (Passage("S", "details"),))
    assert (third.text, third.parts) == ("", (Passage("Sam Friend", "target"),))


def test_albums_tell_what_no_post_showed(write: Write) -> None:
    photos = [
        {
            "uri": "m/1.png",
            "creation_timestamp": 1,
            "title": "Trip",
            "description": "Sports day",
            "comments": [{"comment": "x"}],
        },
        {"uri": "m/2.png", "creation_timestamp": 2, "title": "Trip", "description": ""},
        {"uri": "m/1.png", "creation_timestamp": 1, "title": "Trip", "description": "Maya runs"},
    ]
    album = {
        "name": "Trip",
        "photos": photos,
        "cover_photo": photos[0],
        "comments": [{}, {}],
        "description": "All of it",
    }
    for name in ("m/1.png", "m/2.png"):
        write(f"e/{name}", PNG)
    write("e/a/album/0.json", as_meta_writes(album))
    write(
        "e/p/your_posts_1.json",
        as_meta_writes([a_post({"post": "Sports day"}, attachments=[{"data": [a_picture("m/1.png")]}])]),
    )
    write("e/p/your_uncategorized_photos.json", as_meta_writes({"other_photos_v2": [photos[1]]}))
    drafts, counts = read("e")
    assert [(draft.text, draft.images) for draft in drafts] == [
        ("Sports day", ("e/m/1.png",)),
        ("", ("e/m/2.png",)),
        ("Maya runs", ("e/m/1.png",)),
        ("All of it", ()),
    ]
    assert drafts[1].parts == (Passage("Trip", "album"),)
    assert counts == [
        "Read 4 posts: Facebook 4.",
        "Left out: comments below pictures: 3.",
        "Left out: pictures of albums that were read with their post: 2.",
    ]


@pytest.mark.parametrize("key", ["videos", "videos_v2"])
def test_videos(write: Write, key: str) -> None:
    video = {"uri": "v/1.mp4", "creation_timestamp": 1_700_000_000, "description": "Our play", "title": "Play"}
    write("e/v/1.mp4", b"\0\0\0\x18ftypmp42")
    write("e/your_videos.json", as_meta_writes({key: [video]}))
    (post,), _ = read("e")
    assert (post.text, post.parts) == ("Our play", (Passage("Play", "title of 1.mp4"),))
    assert [skipped.what for skipped in post.skipped] == ["e/v/1.mp4"]


def test_stories_events_notes_and_things_for_sale(write: Write) -> None:
    story = a_post(attachments=[{"data": [a_picture("s/1.png", "At the gate")]}], title="Jo’s story was archived.")
    event = {
        "name": "Fête",
        "description": "All come!",
        "start_timestamp": 9,
        "create_timestamp": 1_700_000_000,
        "place": {"name": "A School", "coordinate": {}},
    }
    note = {"title": "Tides", "text": "They turn.", "created_timestamp": 1_700_000_000, "tags": [{"name": "Kim"}]}
    sale = {
        "title": "Cot",
        "seller": "Jo",
        "created_timestamp": 1_700_000_000,
        "description": "As new",
        "location": {"name": "Rye"},
    }
    for key, record in (
        ("archived_stories_v2", story),
        ("your_events_v2", event),
        ("notes_v2", note),
        ("items_selling_v2", sale),
        ("your_events", {"name": "Only a name", "start_timestamp": 1, "create_timestamp": 1_700_000_000}),
    ):
        write(f"e/{key}.json", as_meta_writes({key: [record]}))
    drafts, _ = read("e")
    assert {draft.text: [part.text for part in draft.parts] for draft in drafts} == {
        "At the gate": ["Jo’s story was archived."],
        "All come!": ["Fête", "A School"],
        "They turn.": ["Tides", "Kim"],
        "As new": ["Cot", "Rye"],
        "Only a name": [],
    }
    assert {draft.published for draft in drafts} == {WHEN}


@pytest.mark.parametrize(
    "content",
    [
        [
            {
                "timestamp": 1,
                "data": [{"reaction": {"reaction": "LIKE", "actor": "Jo"}}],
                "title": "Jo liked Sam’s post.",
            }
        ],
        [{"timestamp": 1, "label_values": [{"label": "Reaction", "value": "Like"}]}],
        {
            "participants": [{"name": "Sam"}],
            "messages": [{"timestamp_ms": 1, "photos": [{"uri": "a", "creation_timestamp": 1}]}],
        },
        {"wall_posts_sent_to_you": {"activity_log_data": [STATUS]}},
        {"friends_v2": [{"name": "Sam", "timestamp": 1}]},
        [{"text": "a school’s own", "timestamp": 1}],
        {"posts": [{"text": "a school’s own"}]},
        {"comments": [{"text": "a school’s own", "timestamp": 1}]},
        {"photos": ["a.png"]},
        [],
        {},
    ],
)
def test_other_files_are_not_taken_for_posts(content: Any) -> None:
    for name in ("x/files.json", "your_facebook_activity/posts/media.json"):
        assert not facebook.recognises(name, json.dumps(content))


def test_what_others_wrote_is_counted_beside_the_posts(write: Write) -> None:
    write("e/posts/your_posts_1.json", as_meta_writes([STATUS]))
    write("e/messages/inbox/sam/message_1.json", as_meta_writes({"participants": [], "messages": [{"content": "hi"}]}))
    write("e/posts/other_people's_posts.json", as_meta_writes({"wall_posts_sent_to_you": [STATUS]}))
    drafts, counts = read("e")
    assert len(drafts) == 1
    assert counts == ["Read 1 post: Facebook 1.", "Left out: other files of the export: 2."]


def test_an_empty_list_of_posts_says_so(write: Write) -> None:
    write("e/posts/your_posts_1.json", "[]")
    _, counts = read("e")
    assert counts == ["Left out: files of Facebook without a post of yours: 1."]


def test_pictures_are_found_in_archives(write: Write) -> None:
    post = a_post(attachments=[{"data": [a_picture("your_facebook_activity/posts/media/1.png", "Hi")]}])
    files = {
        "facebook-jo/your_facebook_activity/posts/media/1.png": PNG,
        "facebook-jo/your_facebook_activity/posts/your_posts_1.json": as_meta_writes([post]).encode(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    write("jo.zip", packed.getvalue())
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    write("jo.tar.gz", packed.getvalue())
    for archive_name in ("jo.zip", "jo.tar.gz"):
        (draft,), _ = read(archive_name)
        assert draft.images == (f"{archive_name}/facebook-jo/your_facebook_activity/posts/media/1.png",)
        assert not draft.skipped
