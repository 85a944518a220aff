import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.models import Draft, Passage, Skipped
from tasmat_check.readers import json_items, read_posts
from tasmat_check.readers.exports import Intake

from ..conftest import PNG, Write

MOMENT = "Sat Mar 02 09:05:07 +0000 2024"
WHEN = datetime(2024, 3, 2, 9, 5, 7, tzinfo=UTC)


def _tweet(own_id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": own_id, "id_str": own_id, "full_text": text, "created_at": MOMENT, **more}


def _script(variable: str, *items: object, end: str = "") -> str:
    return f"window.YTD.{variable} = {json.dumps(list(items), ensure_ascii=False, indent=1)}{end}"


def _tweets(*tweets: dict[str, Any], variable: str = "tweets.part0") -> str:
    return _script(variable, *({"tweet": tweet} for tweet in tweets))


def _note(own_id: str, moment: str, text: str, **core: Any) -> dict[str, Any]:
    return {"noteTweet": {"noteTweetId": own_id, "createdAt": moment, "core": {"text": text, **core}}}


def _url(short: str, long: str) -> dict[str, Any]:
    return {"url": f"https://t.co/{short}", "expanded_url": long, "indices": ["0", "5"]}


def _photo(short: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "photo",
        "url": f"https://t.co/{short}",
        "media_url_https": f"https://pbs.twimg.com/media/{name}",
        **more,
    }


def _read(*paths: str) -> tuple[list[Draft], list[str]]:
    intake = Intake()
    drafts = list(read_posts(paths, "personal", intake))
    return drafts, list(intake.lines())


@pytest.fixture(params=[8_000_000, 64], ids=["whole", "streamed"])
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "_CHUNK", request.param)


@pytest.mark.parametrize(
    ("name", "variable", "end"),
    [
        ("tweets.js", "tweets.part0", ""),
        ("tweets-part12.js", "tweets.part12", ";"),
        ("renamed.js", "tweets.part0", ";\n"),
        ("tweet.js", "tweet.part0", "\n"),
        ("deleted-tweets.js", "deleted_tweets.part0", ""),
        ("community-tweet.js", "community_tweet.part0", ""),
        ("twitter-circle-tweet.js", "twitter_circle_tweet.part0", ""),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.usefixtures("_each_way")
def test_every_generation_is_read(write: Write, name: str, variable: str, end: str, *, wrapped: bool) -> None:
    tweet = _tweet("9", "It’s £3 &amp; worth it 😀\n\nReally &lt;3")
    write(f"wrapper/data/{name}", _script(variable, {"tweet": tweet} if wrapped else tweet, end=end))
    (draft,), lines = _read("wrapper")
    assert (draft.id, draft.text, draft.published) == ("9", "It’s £3 & worth it 😀\n\nReally <3", WHEN)
    assert draft.source == f"wrapper/data/{name}"
    assert not draft.skipped
    assert lines == [f"Read 1 post: X{' (deleted)' * name.startswith('deleted')} 1."]


def test_a_list_that_lost_its_variable_is_read(write: Write) -> None:
    (draft,), _ = _read(write("tweets.json", json.dumps([{"tweet": _tweet("9", "Hello &amp; bye")}])))
    assert (draft.id, draft.text) == ("9", "Hello & bye")


def test_all_parts_are_read_and_what_others_wrote_is_counted(write: Write) -> None:
    retweet = _tweet("2", "RT @someone: not mine")
    write("x/data/tweets.js", _tweets(_tweet("1", "@sam Mine"), retweet, _tweet("3", " ")))
    write("x/data/tweets-part1.js", _tweets(_tweet("4", "lol RT @sam: quoting by hand"), variable="tweets.part1"))
    like = {"like": {"tweetId": "7", "fullText": "of others", "expandedUrl": "https://example.org"}}
    write("x/data/like.js", _script("like.part0", like, like))
    write("x/data/account.js", _script("account.part0", {"account": {"username": "jo"}}))
    write("x/data/tweet-headers.js", _script("tweet_headers.part0", {"tweet": {"tweet_id": "1"}}))
    write("x/data/direct-messages.js", _script("direct_messages.part0", {"dmConversation": {}}))
    drafts, lines = _read("x")
    assert [(draft.id, draft.text) for draft in drafts] == [("4", "lol RT @sam: quoting by hand"), ("1", "@sam Mine")]
    assert lines == [
        "Read 2 posts: X 2.",
        "Left out: other files of the export: 3.",
        "Left out: posts of others that were liked: 2.",
        "Left out: posts of others that were shared: 1.",
        "Left out: posts without words or pictures: 1.",
    ]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("See https://t.co/aa now", "See https://example.org/a?b=1&c=2 now"),
        ("See https://t.co/aa https://t.co/pp", "See https://example.org/a?b=1&c=2"),
        ("https://t.co/pp See", "See"),
        ("See https://t.co/pp now", "See now"),
        ("😀 &amp;amp; &amp;lt; https://t.co/zz", "😀 &amp; &lt; https://t.co/zz"),
        ("R&D &eacute; &copy", "R&D &eacute; &copy"),
        (" two  spaces \n", " two  spaces \n"),
    ],
)
def test_the_text_is_what_was_typed(write: Write, text: str, typed: str) -> None:
    entities = {
        "urls": [_url("aa", "https://example.org/a?b=1&c=2"), {"url": 3}, None],
        "media": [_photo("pp", "P.jpg")],
    }
    write("x/tweets_media/5-P.jpg", PNG)
    write("x/tweets.js", _tweets(_tweet("5", text, entities=entities)))
    (draft,), _ = _read("x")
    assert draft.text == typed
    assert draft.images == ("x/tweets_media/5-P.jpg",)


@pytest.mark.parametrize("folder", ["tweets_media", "tweet_media"])
@pytest.mark.parametrize("packed", [True, False])
def test_pictures_videos_and_alt_texts_are_joined(write: Write, tmp_path: Path, folder: str, *, packed: bool) -> None:
    film = {
        **_photo("ff", "thumb.jpg"),
        "type": "video",
        "video_info": {"variants": [{"url": "https://v/F.mp4?tag=1"}]},
    }
    gif = {**_photo("gg", "gone.jpg"), "type": "animated_gif"}
    media = [_photo("pp", "P.jpg", ext_alt_text="The hall"), _photo("qq", "Q.png"), film]
    write(
        "x/data/tweets.js",
        _tweets(
            _tweet("5", "https://t.co/pp", entities={"media": media[:1]}, extended_entities={"media": media}),
            _tweet("51", "Cat", entities={"media": [gif]}),
        ),
    )
    for name in ("5-P.jpg", "5-F.mp4", "51-other.mp4", "6-P.jpg"):
        write(f"x/data/{folder}/{name}", PNG)
    root = "x"
    if packed:
        root = "x.zip"
        with zipfile.ZipFile(root, "w") as archive:
            for path in sorted((tmp_path / "x").rglob("*.*")):
                archive.write(path, path.relative_to(tmp_path / "x").as_posix())
    (first, second), lines = _read(root)
    assert first.text == ""
    assert first.images == (f"{root}/data/{folder}/5-P.jpg",)
    assert first.parts == (Passage("The hall", f"alt text of {root}/data/{folder}/5-P.jpg"),)
    assert [skipped.what for skipped in first.skipped] == ["5-Q.png", f"{root}/data/{folder}/5-F.mp4"]
    assert first.skipped[0].reason == "is not in the export"
    assert [skipped.what for skipped in second.skipped] == [f"{root}/data/{folder}/51-other.mp4"]
    assert "Left out: pictures that belong to no post: 1." in lines


def test_long_texts_are_joined_to_their_posts_and_the_others_read_alone(write: Write) -> None:
    cut = "@sam A long story about our trip &amp; the sea… https://t.co/me"
    own_link = {"urls": [_url("me", "https://twitter.com/i/web/status/1")]}
    write("x/data/tweets.js", _tweets(_tweet("1", cut, entities=own_link), _tweet("2", "Short…")))
    whole = "A long story about our trip &amp; the sea, and a link https://t.co/nn, told to the end"
    urls = [{"shortUrl": "https://t.co/nn", "expandedUrl": "https://example.org/n", "fromIndex": "1"}]
    notes: tuple[dict[str, Any], ...] = (
        _note("70", "2024-03-02T09:05:06.900Z", whole, urls=urls),
        _note("71", "2024-03-02T09:05:07.000Z", "Another story of the same second"),
        {"noteTweet": {"core": {}}},
    )
    path = write("x/data/note-tweet.js", _script("note_tweet.part0", *notes))
    (alone, refused, first, second), lines = _read("x")
    assert (alone.id, alone.text) == ("71", "Another story of the same second")
    assert refused.skipped == (Skipped("x/data/note-tweet.js: long text 3", "has no text"),)
    assert (first.id, first.published) == ("1", WHEN)
    assert first.text == "A long story about our trip & the sea, and a link https://example.org/n, told to the end"
    assert (second.id, second.text, first.skipped, second.skipped) == ("2", "Short…", (), ())
    assert "Left out: long texts that were joined to their posts: 1." in lines
    assert [draft.id for draft in _read(path)[0]][:2] == ["70", "71"]


@pytest.mark.parametrize(
    ("post", "note", "text"),
    [
        ("Tea &gt; cake…", "Tea > cake &amp; more", "Tea > cake &amp; more"),
        ("Tea &gt; cake…", "Tea &gt; cake &amp; more", "Tea > cake & more"),
        ("Tea &amp;amp; cake…", "Tea &amp; cake & more", "Tea &amp; cake & more"),
        ("👩‍🏫 and ☀️  now…", "👩🏫 and ☀ now, later", "👩🏫 and ☀ now, later"),
        ("@sam @pat_1 All of it https://t.co/pp", "All of it", "All of it"),
    ],
)
@pytest.mark.parametrize("second", ["02.000", "07.999", "09.000"])
def test_posts_and_long_texts_are_compared_by_what_was_typed(
    write: Write, post: str, note: str, text: str, second: str
) -> None:
    write("x/tweets.js", _tweets(_tweet("1", post)))
    write("x/note-tweet.js", _script("note_tweet.part0", _note("7", f"2024-03-02T09:05:{second}Z", note)))
    assert [(draft.id, draft.text) for draft in _read("x")[0]] == [("1", text)]


@pytest.mark.parametrize(
    ("post", "moment"),
    [("Tea", "09:05:07"), ("Te…", "09:05:01"), ("Te…", "09:05:10"), ("Tee…", "09:05:07"), ("…", "09:05:07")],
)
def test_other_posts_keep_their_own_text(write: Write, post: str, moment: str) -> None:
    write("x/tweets.js", _tweets(_tweet("1", post)))
    write("x/note-tweet.js", _script("note_tweet.part0", _note("7", f"2024-03-02T{moment}.000Z", "Tea and cake")))
    assert [(draft.id, draft.text) for draft in _read("x")[0]] == [("7", "Tea and cake"), ("1", post)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("A story… https://t.co/me", True),
        ("A story…", False),
        ("A &gt; " + "b" * 265 + "… https://t.co/aa https://t.co/pp", True),
        ("A" * 280, False),
    ],
)
def test_a_long_text_that_is_missing_is_told(write: Write, text: str, *, cut: bool) -> None:
    own_link = {"urls": [_url("me", "https://x.com/i/web/status/1")] if "/me" in text else []}
    (draft,), _ = _read(write("tweets.js", _tweets(_tweet("1", text, entities=own_link))))
    assert draft.skipped == (Skipped("1", "the rest of this long post is not in the export"),) * cut


def test_places_are_parts_and_positions_go_with_the_pictures(write: Write) -> None:
    place = {"place": {"full_name": "Hastings, England"}, "geo": {"type": "Point", "coordinates": ["50.85", "0.57"]}}
    turned = {"coordinates": {"type": "Point", "coordinates": [0.57, 50.85]}}
    photo = {"entities": {"media": [_photo("pp", "P.jpg")]}}
    write("x/tweets_media/2-P.jpg", PNG)
    write(
        "x/tweets.js",
        _tweets(_tweet("1", "Here", **place), _tweet("2", "There", **turned, **photo), _tweet("3", "Now", **turned)),
    )
    (first, second, third), _ = _read("x")
    assert first.parts == (Passage("Hastings, England", "place"), Passage("50.85, 0.57", "position"))
    assert third.parts == (Passage("50.85, 0.57", "position"),)
    assert second.parts == ()
    assert [(seen.image, seen.sightings[0].text) for seen in second.seen] == [
        ("x/tweets_media/2-P.jpg", "50.850, 0.570")
    ]


@pytest.mark.parametrize("data", [[{"text": "One", "hashtags": [{"text": "Tag"}]}, {"text": "Two"}], None])
@pytest.mark.parametrize("dumped", [True, False])
def test_articles_are_read(write: Write, data: object, *, dumped: bool) -> None:
    content = json.dumps({"blocks": data}) if dumped else {"blocks": data}
    article = {"article": {"id": "8", "title": "Our week", "data": content}}
    (draft,), _ = _read(write("article.js", _script("article.part0", article)))
    if data:
        assert (draft.id, draft.text, draft.parts) == ("8", "One\n\nTwo", (Passage("Our week", "title"),))
    else:
        assert draft.skipped == (Skipped("article.js: article 1", "the words of this article were not found"),)


def test_what_is_broken_is_told_and_the_rest_read(write: Write) -> None:
    good = _script("tweets.part0", {"tweet": _tweet("1", "One")}, {"tweet": {"id_str": "2"}}, 7)
    write("x/tweets.js", good.rstrip("]") + ', {"tweet": {"full_text": "cut o')
    (first, *others), _ = _read("x")
    assert first.text == "One"
    assert [skipped for draft in others for skipped in draft.skipped] == [
        Skipped("x/tweets.js: post 2", "has no text"),
        Skipped("x/tweets.js: post 3", "has no text"),
        Skipped("x/tweets.js", "the JSON breaks off or is damaged at line 16 column 27"),
    ]


@pytest.mark.parametrize("moment", ["Sat Mrz 02 09:05:07 +0000 2024", "Sat Feb 31 09:05:07 +0000 2024", "", None, 7])
def test_a_moment_that_cannot_be_read_is_none(write: Write, moment: object) -> None:
    (draft,), _ = _read(write("tweets.js", _tweets({**_tweet("1", "One"), "created_at": moment})))
    assert (draft.text, draft.published) == ("One", None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("posts.json", '[{"id": 1, "text": "Ours"}]'),
        ("posts.json", '[{"full_text": "Ours"}]'),
        ("site.js", "window.data = [{}]"),
        ("site.js", 'var tweet = {"full_text": "x", "id_str": "1"}'),
        ("manifest.js", 'window.__THAR_CONFIG = {"a": "YTD.tweets.part0"}'),
    ],
)
def test_other_lists_are_not_taken_for_posts_of_x(write: Write, name: str, content: str) -> None:
    assert not any("X" in line for line in _read(write(name, content))[1])


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
_KEYS = ("id_str", "full_text", "created_at", "entities", "extended_entities", "place", "geo", "coordinates")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.sampled_from(["tweets", "note_tweet", "article", "like"]),
    st.dictionaries(st.sampled_from(_KEYS), _VALUES | st.just({"media": [{}], "urls": [{"url": 1}]})),
    _VALUES,
)
def test_no_value_is_too_strange(write: Write, kind: str, tweet: dict[str, Any], other: object) -> None:
    note = {"noteTweet": {"core": other, "createdAt": other}}
    items = [{"tweet": {**_tweet("1", "One"), **tweet}}, {"tweet": other}, other, note, {"article": other}]
    drafts, lines = _read(write(f"{kind}/{kind}.js", _script(f"{kind}.part0", *items)))
    assert drafts
    assert kind != "like" or lines == ["Left out: posts of others that were liked: 5."]


def _months(*tweets: dict[str, Any]) -> str:
    return f"Grailbird.data.tweets_2016_05 = \n {json.dumps(tweets)}"


OLD = {
    "id_str": "7",
    "text": "Spring &amp; all https://t.co/a",
    "created_at": "2016-05-06 10:11:12 +0000",
    "entities": {"urls": [_url("a", "https://example.org/a")]},
}
SHARED = {**OLD, "id_str": "8", "text": "RT @sam: hello", "retweeted_status": {"text": "hello"}}
TABLE = (
    '"tweet_id","in_reply_to_status_id","timestamp","source","text","retweeted_status_id","expanded_urls"\n'
    '"8","","2016-05-07 10:11:12 +0000","<a>","RT @sam: hello","5",""\n'
    '"7","","2016-05-06 10:11:12 +0000","<a>","Spring &amp; all","","https://example.org/a,https://example.org/a"\n'
)


def test_an_archive_from_before_2019_is_read_once(write: Write) -> None:
    write("e/data/js/tweets/2016_05.js", _months(OLD, SHARED))
    write("e/data/js/user_details.js", 'var user_details = {"bio": "x"}')
    write("e/tweets.csv", TABLE)
    (post,), lines = _read("e")
    assert (post.id, post.text) == ("7", "Spring & all https://example.org/a")
    assert post.published == datetime(2016, 5, 6, 10, 11, 12, tzinfo=UTC)
    assert lines == [
        "Read 1 post: X 1.",
        "Left out: repeats of posts that were read: 2.",
        "Left out: posts of others that were shared: 1.",
        "Left out: other files of the export: 1.",
    ]


def test_the_table_of_an_old_archive_is_read_where_it_is_alone(write: Write) -> None:
    write("e/data/js/tweets/2016_05.js", _months(OLD, SHARED))
    (post,), lines = _read(write("e/tweets.csv", TABLE))
    assert (post.id, post.text, post.parts) == ("7", "Spring & all", (Passage("https://example.org/a", "link"),))
    assert post.published == datetime(2016, 5, 6, 10, 11, 12, tzinfo=UTC)
    assert lines == ["Read 1 post: X 1.", "Left out: posts of others that were shared: 1."]
