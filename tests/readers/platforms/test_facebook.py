from typing import Any

import pytest

from tasmat_check.models import Passage, Skipped

from ..conftest import PNG, Write
from .meta.exporting import STATUS, WHEN, a_picture, a_post, as_meta_writes, read


@pytest.mark.parametrize(
    "name",
    [
        "posts/your_posts_1.json",
        "your_activity_across_facebook/posts/your_posts_2.json",
        "facebook-jo/your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json",
        "this_profile's_activity_across_facebook/posts/profile_posts_1.json",
        "renamed.json",
    ],
)
def test_posts_of_every_generation_of_folders(write: Write, name: str) -> None:
    write(f"export/{name}", as_meta_writes([STATUS]))
    (post,), counts = read("export")
    assert post.text == "Don’t tell Year 9 😊\n\n£5 — café"
    assert post.id == f"export/{name}#1"
    assert post.published == WHEN
    assert post.parts == (Passage("Jo Doe updated her status.", "title"),)
    assert counts == ["Read 1 post: Facebook 1."]


def test_posts_are_read_in_order_and_those_without_words_are_counted(write: Write) -> None:
    empty = [a_post(), {"timestamp": 5, "title": "Jo Doe shared a post.", "attachments": []}, a_post({"post": " "}), {}]
    posts = [STATUS, *empty, a_post({"post": "second"}, seconds=1_700_000_100)]
    write("your_posts_1.json", as_meta_writes(posts))
    drafts, counts = read("your_posts_1.json")
    assert [(draft.id, draft.text) for draft in drafts] == [
        ("your_posts_1.json#1", STATUS["data"][0]["post"]),
        ("your_posts_1.json#2", "second"),
    ]
    assert counts == ["Read 2 posts: Facebook 2.", "Left out: posts without words or pictures: 4."]


def _parts(write: Write, **fields: Any) -> tuple[Passage, ...]:
    write("your_posts_1.json", as_meta_writes([STATUS, a_post({"post": "text"}, seconds=9, **fields)]))
    drafts, _ = read("your_posts_1.json")
    return drafts[1].parts


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"title": "Jo wrote on Sam’s timeline."}, Passage("Jo wrote on Sam’s timeline.", "title")),
        ({"tags": ["Sam Friend", {"name": "Kim Pal"}]}, Passage("Sam Friend, Kim Pal", "tags")),
    ],
)
def test_prose_and_tags_are_parts(write: Write, fields: dict[str, Any], part: Passage) -> None:
    assert _parts(write, **fields) == (part,)


@pytest.mark.parametrize(
    ("attachment", "part"),
    [
        (
            {
                "place": {
                    "name": "The Pier",
                    "coordinate": {"latitude": 1.5},
                    "address": "1 Sea Rd",
                    "url": "https://e.org",
                }
            },
            Passage("The Pier\n1 Sea Rd\nhttps://e.org", "place"),
        ),
        (
            {"external_context": {"name": "News", "source": "", "url": "https://example.org/a"}},
            Passage("News\nhttps://example.org/a", "link"),
        ),
        (
            {"poll": {"question": "Who?", "options": [{"option": "Sam", "voted": True}, {"option": "Kim"}]}},
            Passage("Who?\nSam\nKim", "poll"),
        ),
        ({"event": {"name": "Fête", "start_timestamp": 1}}, Passage("Fête", "event")),
        (
            {"life_event": {"title": "New job", "place": {"name": "A School"}}},
            Passage("New job\nA School", "life event"),
        ),
        ({"text": "and more by @[12:2048:Sam Friend]"}, Passage("and more by Sam Friend", "further text")),
        ({"something_new": {"words": ["a", {"b": "c"}]}}, Passage("a\nc", "details")),
    ],
)
def test_what_is_attached_is_a_part(write: Write, attachment: dict[str, Any], part: Passage) -> None:
    assert _parts(write, attachments=[{"data": [attachment]}]) == (part,)


def test_a_note_is_the_text_and_its_title_a_part(write: Write) -> None:
    note = {"note": {"title": "On tides", "text": "They turn.", "media": [{"uri": "posts/n.png"}]}}
    write("e/posts/n.png", PNG)
    write("e/posts/your_posts_1.json", as_meta_writes([a_post(attachments=[{"data": [note]}])]))
    (post,), _ = read("e")
    assert (post.text, post.parts, post.images) == ("They turn.", (Passage("On tides", "title"),), ("e/posts/n.png",))


def test_mentions_read_as_the_person_saw_them(write: Write) -> None:
    write("p.json", as_meta_writes([a_post({"post": "Thanks @[100:2048:Sam Friend] and @[7:Kim]! @[all]"})]))
    (post,), _ = read("p.json")
    assert post.text == "Thanks Sam Friend and Kim! @[all]"


def test_a_text_only_below_its_picture_is_the_text_of_the_post(write: Write) -> None:
    exif = {"exif_data": [{"upload_ip": "192.0.2.1"}, {"latitude": 50.87, "longitude": 0.55}]}
    media = a_picture(
        "your_facebook_activity/posts/media/1.png", "Sports day 🏃", media_metadata={"photo_metadata": exif}
    )
    write("e/wrapped/your_facebook_activity/posts/media/1.png", PNG)
    write("e/wrapped/your_facebook_activity/posts/p.json", as_meta_writes([a_post(attachments=[{"data": [media]}])]))
    (post,), counts = read("e")
    assert (post.text, post.parts) == ("Sports day 🏃", ())
    assert post.images == ("e/wrapped/your_facebook_activity/posts/media/1.png",)
    ((sighting,),) = [seen.sightings for seen in post.seen]
    assert (sighting.label, sighting.text) == ("GPS", "50.870, 0.550")
    assert counts == ["Read 1 post: Facebook 1."]


def test_a_text_repeated_below_every_picture_is_one_text(write: Write) -> None:
    pictures = [
        {"data": [a_picture("a.png", "Trip "), a_picture("b.png", "Trip")]},
        {"data": [a_picture("c.mp4", "The bus")]},
    ]
    write("p.json", as_meta_writes([a_post({"post": "Trip"}, attachments=pictures)]))
    (post,), _ = read("p.json")
    assert (post.text, post.parts) == ("Trip", (Passage("The bus", "description of c.mp4"),))
    assert post.skipped == tuple(Skipped(name, "is not in the export") for name in ("a.png", "b.png", "c.mp4"))


def test_different_words_below_pictures_are_parts(write: Write) -> None:
    pictures = [
        {"data": [a_picture("a.png", "one", title="Mobile uploads"), a_picture("b.png", "two", title="Mobile uploads")]}
    ]
    write("p.json", as_meta_writes([a_post(attachments=pictures)]))
    (post,), _ = read("p.json")
    assert post.text == ""
    assert post.parts == (
        Passage("one", "description of a.png"),
        Passage("two", "description of b.png"),
        Passage("Mobile uploads", "title of a.png"),
    )


def test_records_of_one_post_are_joined_though_others_stand_between(write: Write) -> None:
    def one(name: str) -> dict[str, Any]:
        return a_post({"post": "Fun run"}, attachments=[{"data": [a_picture(name)]}], title="Jo added 2 photos.")

    later = a_post({"post": "Fun run"}, seconds=1_700_000_001)
    for name in ("1.png", "2.png"):
        write(f"e/x/{name}", PNG)
    write("e/x/p.json", as_meta_writes([one("1.png"), STATUS, one("2.png"), later, one("1.png")]))
    drafts, counts = read("e")
    assert [(draft.text[:7], draft.images) for draft in drafts] == [
        ("Fun run", ("e/x/1.png", "e/x/2.png")),
        ("Don’t t", ()),
        ("Fun run", ()),
    ]
    assert drafts[0].parts == (Passage("Jo added 2 photos.", "title"),)
    assert counts == ["Read 3 posts: Facebook 3.", "Left out: repeats of a post that was read: 1."]
