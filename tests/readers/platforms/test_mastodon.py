import io
import json
import tarfile
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.models import Draft, Passage, Skipped
from tasmat_check.readers import json_items, read_posts
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.platforms.fediverse_text import typed

from ..conftest import PNG, Write

OWN = "https://m.example.org/users/jo/statuses/"


def _create(number: int, content: object, **more: Any) -> dict[str, Any]:
    note = {"id": f"{OWN}{number}", "type": "Note", "content": content, "published": "2024-03-02T09:05:07Z", **more}
    return {"id": f"{OWN}{number}/activity", "type": "Create", "to": [], "object": note}


def _outbox(*activities: object) -> str:
    listed = {"id": "outbox.json", "type": "OrderedCollection", "totalItems": 2, "orderedItems": list(activities)}
    return json.dumps({"@context": "https://www.w3.org/ns/activitystreams", **listed}, ensure_ascii=False)


def _read(*paths: str) -> tuple[list[Draft], list[str]]:
    intake = Intake()
    drafts = list(read_posts(paths, "personal", intake))
    return drafts, list(intake.lines())


LINK = (
    '<a href="https://example.org/a?b=1&amp;c"><span class="invisible">https://</span>'
    '<span class="ellipsis">example.org/a</span><span class="invisible">?b=1&amp;c</span></a>'
)


def _mention(name: str) -> str:
    return f'<span><a href="https://x.example/@{name}" class="u-url mention">@<span>{name}</span></a></span>'


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One<br>two<br/>three</p><p>Four</p>", "One\ntwo\nthree\n\nFour"),
        ("<p>Tea &amp; cake &lt;3 &amp;amp; it’s £3 😀</p>", "Tea & cake <3 &amp; it’s £3 😀"),
        (f"<p>See {LINK}</p>", "See https://example.org/a?b=1&c"),
        (f"<p>{_mention('sam')} hi</p>", "@sam@x.example hi"),
        (f"<p>Hi</p><p>{_mention('sam')} and {_mention('pat')}</p>", "Hi\n\n@sam@x.example and @pat"),
        ('<p><a class="mention hashtag" href="#">#<span>Sports</span></a>Day</p>', "#SportsDay"),
        ('<p class="quote-inline">RE: <a href="https://x.example/1">x</a></p><p>So true</p>', "So true"),
        ('<p class="quote-inline">RE:<br>x<p>So true</p>', "So true"),
        ("<p>a</p>\n<ul>\n<li>b</li>\n<li>c</li></ul>\n<p>d</p>", "a\n\nb\nc\n\nd"),
        ("a  b\nc", "a  b\nc"),
        ("1 < 2", "1 < 2"),
        ("", ""),
    ],
)
def test_the_markup_becomes_what_was_typed(markup: str, text: str) -> None:
    assert typed(markup, ["@sam@x.example", "@pat@x.example", "@pat@y.example", ""]) == text


def test_tags_without_end_take_no_time() -> None:
    assert typed("<" * 100_000) == "<" * 100_000


@pytest.fixture(params=[8_000_000, 64], ids=["whole", "streamed"])
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "_CHUNK", request.param)


@pytest.mark.usefixtures("_each_way")
def test_posts_are_read_and_boosts_counted(write: Write) -> None:
    boost = {"type": "Announce", "object": "https://x.example/1"}
    direct = _create(3, "<p>Only for you</p>", to=["https://x.example/users/sam"])
    doubled = '"orderedItems": [], "orderedItems": '  # as Mastodon writes it
    outbox = _outbox(_create(1, "<p>Hello £</p>"), boost, direct, {"type": "Like"}, _create(4, ""))
    write("m/outbox.json", outbox.replace('"orderedItems": ', doubled))
    write("m/actor.json", '{"preferredUsername": "jo", "outbox": "outbox.json"}')
    write("m/likes.json", '{"id": "likes.json", "type": "OrderedCollection", "orderedItems": ["https://x.example/1"]}')
    (first, second), lines = _read("m")
    assert (first.id, first.text, first.source) == (f"{OWN}1", "Hello £", "m/outbox.json")
    assert first.published == datetime(2024, 3, 2, 9, 5, 7, tzinfo=UTC)
    assert (second.id, second.text) == (f"{OWN}3", "Only for you")
    assert lines == [
        "Read 2 posts: Mastodon 2.",
        "Left out: other files of the export: 2.",
        "Left out: posts of others that were shared: 1.",
        "Left out: activities other than posts: 1.",
        "Left out: posts without words or pictures: 1.",
    ]


def test_warnings_polls_and_titles_are_parts(write: Write) -> None:
    poll = {"oneOf": [{"type": "Note", "name": "Tea"}, {"type": "Note", "name": "Cake"}], "summary": "Food"}
    write("m/outbox.json", _outbox(_create(1, "<p>Which?</p>", **poll), _create(2, "", name="News")))
    (first, second), _ = _read("m")
    assert first.parts == (Passage("Food", "content warning"), Passage("Tea\nCake", "poll"))
    assert (second.text, second.parts) == ("", (Passage("News", "title"),))


def test_the_text_of_another_language_is_taken_where_there_is_no_other(write: Write) -> None:
    (draft,), _ = _read(write("outbox.json", _outbox(_create(1, None, contentMap={"cy": "<p>Helô</p>"}))))
    assert draft.text == "Helô"


def test_a_picture_without_a_list_around_it_is_joined(write: Write) -> None:
    write("m/a.png", PNG)
    write(
        "m/outbox.json", _outbox(_create(1, "", attachment={"type": "Document", "url": "/a.png", "name": "The stage"}))
    )
    (draft,), _ = _read("m")
    assert (draft.images, [part.text for part in draft.parts]) == (("m/a.png",), ["The stage"])


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    "url",
    [
        "media_attachments/files/1/original/a.png",
        "/system/media_attachments/files/1/original/a.png",
        "https://files.m.example/media_attachments/files/1/original/a.png",
    ],
)
def test_pictures_are_joined(write: Write, url: str, *, packed: bool) -> None:
    picture = {"type": "Document", "mediaType": "image/png", "url": url, "name": "The stage"}
    others = [{"type": "Link", "href": "https://example.org"}, {"type": "Document", "url": None}, None]
    missing = {"type": "Document", "url": "media_attachments/files/2/original/b.png", "name": None}
    files = {
        "outbox.json": _outbox(_create(1, "", attachment=[picture, *others, missing])).encode(),
        "media_attachments/files/1/original/a.png": PNG,
        "media_attachments/files/9/original/a.png": PNG,
    }
    root = "archive-2024.tar.gz" if packed else "m"
    if packed:
        with tarfile.open(root, "w:gz") as archive:
            for name, content in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    else:
        for name, content in files.items():
            write(f"m/{name}", content)
    (draft,), lines = _read(root)
    assert draft.images == (f"{root}/media_attachments/files/1/original/a.png",)
    assert draft.parts == (Passage("The stage", f"alt text of {draft.images[0]}"),)
    assert draft.skipped == (
        Skipped(f"{OWN}1", "one of its pictures has no file"),
        Skipped("media_attachments/files/2/original/b.png", "is not in the export"),
    )
    assert "Left out: pictures that belong to no post: 1." in lines


def test_what_is_broken_is_told_and_the_rest_read(write: Write) -> None:
    whole = _outbox(_create(1, "<p>One</p>"), {"type": "Create", "object": "gone"}, 7)
    (first, *others), _ = _read(write("outbox.json", whole.rstrip("]}") + ', {"type": "Cre'))
    assert first.text == "One"
    assert [skipped for draft in others for skipped in draft.skipped] == [
        Skipped("outbox.json: post 2", "is of a shape that is not known"),
        Skipped("outbox.json: post 3", "is of a shape that is not known"),
        Skipped("outbox.json", "the JSON breaks off or is damaged at line 1 column 420"),
    ]


@pytest.mark.parametrize("content", ['[{"text": "Create"}]', '{"type": "OrderedCollection", "orderedItems": ["x"]}'])
def test_other_lists_are_not_taken_for_an_outbox(write: Write, content: str) -> None:
    assert not any("Mastodon" in line for line in _read(write("posts.json", content))[1])


def test_an_empty_outbox_is_told(write: Write) -> None:
    drafts, lines = _read(write("outbox.json", _outbox()))
    assert drafts[0].skipped == (Skipped("outbox.json", "is a file of Mastodon, but holds no posts of yours"),)
    assert lines == ["Left out: files of Mastodon without a post of yours: 1."]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("<>&/pab ='\"", max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
_KEYS = ("id", "content", "contentMap", "summary", "attachment", "tag", "oneOf", "published", "type", "name")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES), _VALUES)
def test_no_value_is_too_strange(write: Write, note: dict[str, Any], other: object) -> None:
    drafts, _ = _read(
        write("outbox.json", _outbox({"type": "Create", "object": {"content": "One", **note}}, {"type": other}, other))
    )
    assert drafts
