import hashlib
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.models import Draft, Passage, Skipped
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.platforms.bluesky.cbor import DamagedError, decode
from tasmat_check.readers.platforms.bluesky.links import link_of

from ..conftest import PNG, Write

OWNER = "did:plc:jo"


class Link(bytes):
    """The hash by which one block names another."""


def _number(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind * 32 + number])
    size = next(size for size in range(4) if number < 256 ** (1 << size))
    return bytes([kind * 32 + 24 + size]) + number.to_bytes(1 << size)


def _cbor(value: Any) -> bytes:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key), key))
        return _number(5, len(value)) + b"".join(_cbor(key) + _cbor(value[key]) for key in keys)
    if isinstance(value, list):
        return _number(4, len(value)) + b"".join(map(_cbor, value))
    return _simple_cbor(value)


def _simple_cbor(value: Any) -> bytes:
    match value:
        case None | bool():
            data = {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
        case Link():
            data = b"\xd8\x2a" + _cbor(b"\0" + bytes(value))
        case float():
            data = b"\xfb" + struct.pack(">d", value)
        case int():
            data = _number(0, value) if value >= 0 else _number(1, -1 - value)
        case _:
            data = value.encode() if isinstance(value, str) else value
            data = _number(3 if isinstance(value, str) else 2, len(data)) + data
    return data


def _cid(data: bytes) -> Link:
    return Link(b"\x01\x71\x12\x20" + hashlib.sha256(data).digest())


def _sized(data: bytes) -> bytes:
    size, length = b"", len(data)
    while length > 127:
        size, length = size + bytes([length & 127 | 128]), length >> 7
    return size + bytes([length]) + data


def _block(value: Any) -> bytes:
    data = _cbor(value)
    return _sized(_cid(data) + data)


HEADER = _sized(_cbor({"roots": [_cid(b"")], "version": 1}))
COMMIT = {"did": OWNER, "rev": "3k", "sig": b"0" * 64, "data": _cid(b""), "prev": None, "version": 3}


def _car(records: dict[str, Any], damaged: Iterable[bytes] = ()) -> bytes:
    """Pack records by key, with a tree of one node whose keys leave out what they share."""
    entries: list[dict[str, Any]] = []
    before = ""
    for key, record in sorted(records.items()):
        shared = next((n for n, (a, b) in enumerate(zip(before, key, strict=False)) if a != b), len(before))
        entries.append({"k": key[shared:].encode(), "p": shared, "t": None, "v": _cid(_cbor(record))})
        before = key
    node = {"e": entries, "l": None}
    return b"".join([HEADER, _block(COMMIT), *map(_block, records.values()), *damaged, _block(node)])


def _post(text: object, **more: Any) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2024-03-02T09:05:07.123Z", **more}


def _images(*alts: str, link: object = None) -> dict[str, Any]:
    image = {"$type": "blob", "ref": link or _cid(b"x"), "mimeType": "image/png", "size": 3}
    return {"$type": "app.bsky.embed.images", "images": [{"alt": alt, "image": image} for alt in alts]}


def _read(*paths: str) -> tuple[list[Draft], list[str]]:
    intake = Intake()
    drafts = list(read_posts(paths, "personal", intake))
    return drafts, list(intake.lines())


def _address(key: str) -> str:
    return f"at://{OWNER}/app.bsky.feed.post/{key}"


@pytest.mark.parametrize("packed", [True, False])
def test_posts_are_read_with_their_addresses_and_the_rest_is_counted(write: Write, *, packed: bool) -> None:
    records = {
        "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "description": "Teacher"},
        "app.bsky.feed.like/3ka": {"$type": "app.bsky.feed.like", "subject": {"uri": "at://x"}},
        "app.bsky.feed.repost/3ka": {"$type": "app.bsky.feed.repost"},
        "app.bsky.feed.post/3kb": _post(
            "Tea &amp; cake, it’s £3 😀\n\nBye", langs=["en"], reply={"root": {"uri": "at://y"}}
        ),
        "app.bsky.feed.post/3kc": _post("Later", createdAt="soon"),
        "app.bsky.feed.post/3kd": _post(" "),
    }
    path = write("repo.car", _car(records))
    if packed:
        with zipfile.ZipFile("export.zip", "w") as archive:
            archive.write(path, "jo/repo.car")
        path = "export.zip"
    (first, second), lines = _read(path)
    assert (first.id, first.text) == (_address("3kb"), "Tea &amp; cake, it’s £3 😀\n\nBye")
    assert first.published == datetime(2024, 3, 2, 9, 5, 7, 123_000, tzinfo=UTC)
    assert (second.id, second.text, second.published) == (_address("3kc"), "Later", None)
    assert not first.skipped
    assert lines == [
        "Read 2 posts: Bluesky 2.",
        "Left out: records other than posts: 1.",
        "Left out: posts of others that were liked: 1.",
        "Left out: posts of others that were shared: 1.",
        "Left out: posts without words or pictures: 1.",
    ]


def test_alt_texts_are_parts_and_pictures_that_are_not_there_are_told(write: Write) -> None:
    quoting = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"uri": "at://z"},
        "media": _images("", "The stage"),
    }
    film = {"$type": "app.bsky.embed.video", "video": {"ref": _cid(b"v")}, "alt": "Sports day"}
    records = {"app.bsky.feed.post/1": _post("", embed=quoting), "app.bsky.feed.post/2": _post("Film", embed=film)}
    (first, second), _ = _read(write("repo.car", _car(records)))
    assert first.parts == (Passage("The stage", "alt text of picture 2"),)
    assert first.skipped == (Skipped(_address("1"), "its pictures are not in the export"),)
    assert second.parts == (Passage("Sports day", "alt text of the video"),)
    assert second.skipped == (Skipped(_address("2"), "its video is not in the export"),)


def test_pictures_that_were_fetched_are_found_by_their_link(write: Write) -> None:
    link = link_of(_cid(b"x"))
    assert link.startswith("bafyrei")
    write(f"jo/blobs/{link}", PNG)
    write("jo/repo.car", _car({"app.bsky.feed.post/1": _post("Hi", embed=_images("The hall"))}))
    (draft,), _ = _read("jo")
    assert draft.images == (f"jo/blobs/{link}",)
    assert draft.parts == (Passage("The hall", f"alt text of jo/blobs/{link}"),)


def test_hidden_links_and_tags_are_parts(write: Write) -> None:
    uris = ("https://example.org/shown", "https://example.org/long/hidden")
    facets = [{"features": [{"$type": "app.bsky.richtext.facet#link", "uri": uri}]} for uri in uris]
    card = {"external": {"uri": "https://example.org/card", "title": "Our school", "description": "Theirs"}}
    text = "See https://example.org/shown and example.org/long..."
    record = _post(text, facets=facets, tags=["Hastings", "Sea"], embed=card)
    (draft,), _ = _read(write("repo.car", _car({"app.bsky.feed.post/1": record})))
    assert draft.text == text
    assert draft.parts == (
        Passage("#Hastings #Sea", "tags"),
        Passage("Our school", "title of the link"),
        Passage("https://example.org/long/hidden\nhttps://example.org/card", "link"),
    )


def test_unpacked_records_are_read(write: Write) -> None:
    picture = _images("The hall", link={"$link": "bafkreix"})
    write("jo/app.bsky.feed.post/3kb.json", json.dumps(_post("One", embed=picture)))
    write("jo/app.bsky.feed.like/3kc.json", json.dumps({"$type": "app.bsky.feed.like"}))
    write("jo/_commit.json", json.dumps({"did": "did:plc:jo", "rev": "3k", "version": 3}))
    write("jo/list.json", json.dumps({"records": [{"uri": _address("3kd"), "value": _post("Two")}]}))
    write("jo/plain.json", json.dumps([_post("Three"), 7]))
    drafts, lines = _read("jo")
    assert [(draft.id, draft.text) for draft in drafts if draft.text] == [
        ("3kb", "One"),
        (_address("3kd"), "Two"),
        ("jo/plain.json#1", "Three"),
    ]
    assert drafts[0].skipped == (Skipped("3kb", "its pictures are not in the export"),)
    assert drafts[-1].skipped == (Skipped("jo/plain.json: record 2", "is damaged"),)
    assert lines == [
        "Read 3 posts: Bluesky 3.",
        "Left out: records other than posts: 1.",
        "Left out: other files of the export: 1.",
    ]


def test_a_damaged_record_is_told_and_the_others_read(write: Write) -> None:
    wrong = _sized(_cid(b"other") + _cbor(_post("Changed")))
    strange = [_block([1]), _sized(_cid(b"\xff") + b"\xff"), _block(_post(7))]
    content = _car({"app.bsky.feed.post/1": _post("One"), "app.bsky.feed.post/2": _post("Two")}, [wrong, *strange])
    first, second, *others = _read(write("repo.car", content))[0]
    assert [(first.id, first.text), (second.id, second.text)] == [(_address("1"), "One"), (_address("2"), "Two")]
    told = [skipped for draft in others for skipped in draft.skipped]
    assert told == [Skipped(f"repo.car: record {number}", "is damaged") for number in (3, 4, 5, 6)]


@pytest.mark.parametrize(
    "rest",
    [
        b"\x80",
        _block(_post("Cut"))[:-1],
        b"\xff" * 9,
        b"\xff\xff\xff\xff\x0f",
        b"\0",
        _sized(b"\x12\x20" + bytes(40)),
    ],
)
def test_where_the_file_breaks_off_is_told_after_the_posts_before(write: Write, rest: bytes) -> None:
    first, broken = _read(write("repo.car", HEADER + _block(_post("One")) + rest))[0]
    assert (first.id, first.text) == (link_of(_cid(_cbor(_post("One")))), "One")
    reason = "breaks off or is damaged at record 2, after the posts that were read"
    assert broken.skipped == (Skipped("repo.car", reason),)


@pytest.mark.parametrize("content", [b"", b"text", _sized(_cbor({"version": 2, "roots": []})), _sized(_cbor([]))])
def test_another_kind_of_file_is_refused(write: Write, content: bytes) -> None:
    (draft,), _ = _read(write("a.car", content))
    assert "is not a repository of Bluesky" in draft.skipped[0].reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x81" * 100 + b"\x00",
        b"\x9b" + b"\xff" * 8,
        b"\x5f\x41a\xff",
        b"\x00\x00",
        b"\x62\xff\xff",
        b"\xa1\x01\x01",
        b"\xa2\x61a\x01\x61a\x02",
        b"\xc1\x41\x00",
        b"\xd8\x2a\x41\x01",
        b"\xf7",
        b"\xfa\x00\x00\x00\x00",
        b"\x1c",
        b"\x9a\x00\x04\x00\x00" + b"\x80" * 0x40000,
    ],
)
def test_what_is_no_dag_cbor_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        decode(data)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(_VALUES)
def test_every_value_comes_back(value: object) -> None:
    assert decode(_cbor(value)) == value


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    try:
        decode(data)
    except DamagedError:
        return


_KEYS = ("text", "createdAt", "facets", "tags", "embed", "reply")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES), _VALUES)
def test_no_value_is_too_strange(write: Write, record: dict[str, Any], other: object) -> None:
    node = {"e": [{"k": other, "p": other, "v": other}, other], "l": None}
    content = HEADER + b"".join(
        map(_block, [COMMIT, node, _post("One", **{k: v for k, v in record.items() if k != "text"}), other])
    )
    drafts, _ = _read(write("repo.car", content))
    assert drafts[0].text == "One"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.integers(0, 700), st.integers(0, 255))
def test_no_changed_byte_makes_it_fail(write: Write, place: int, byte: int) -> None:
    content = bytearray(_car({"app.bsky.feed.post/1": _post("One"), "app.bsky.feed.post/2": _post("Two")}))
    content[place % len(content)] = byte
    assert _read(write("repo.car", bytes(content)))[0]


def test_a_large_repository_needs_little_memory(write: Write) -> None:
    filler = {"$type": "app.bsky.actor.profile", "description": "x" * 100_000}
    write("repo.car", HEADER + _block(filler) * 300)
    tracemalloc.start()
    try:
        _, lines = _read("repo.car")
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
    assert lines == ["Left out: records other than posts: 300."]
