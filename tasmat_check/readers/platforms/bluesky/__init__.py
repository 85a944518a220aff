"""Bluesky: the repository of an account (`repo.car`), or its records unpacked as JSON."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from tasmat_check.files import UnreadableError, load
from tasmat_check.models import Skipped
from tasmat_check.readers.decoding import decode
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.json_items import read_items
from tasmat_check.readers.json_values import text_at, value_at
from tasmat_check.readers.platforms.bluesky.posts import read_post
from tasmat_check.readers.platforms.bluesky.repository import read_repository

NAME = "Bluesky"

_RECORD = re.compile(r'"\$type"\s*:\s*"app\.bsky\.feed\.post"')
_COMMIT = "_commit.json"
"""What the unpacked records of an account are signed with; it holds no words."""

_LARGEST_RECORD = 4_000_000
_LEFT_OUT = {
    "app.bsky.feed.repost": "posts of others that were shared",
    "app.bsky.feed.like": "posts of others that were liked",
}


def recognises(name: str, head: str) -> bool:
    """Tell a repository by its name, since it is no text, and JSON by the kind that a record of a post states."""
    if name.lower().endswith(".car"):
        return True
    return name.lower().endswith(".json") and (bool(_RECORD.search(head)) or _is_commit(name, head))


def _is_commit(name: str, head: str) -> bool:
    return name.rpartition("/")[2] == _COMMIT and '"did:' in head


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield the posts; reposts, likes and other records are counted."""
    if _is_commit(name, export.head(name)):
        export.intake.leave_out("records other than posts")
        return
    packed = name.lower().endswith(".car")
    records = read_repository(export.place(name)) if packed else _read_json(export, name)
    for number, (own_id, record) in enumerate(records, 1):
        yield from _read_record(record, own_id, export, f"{export.place(name)}: record {number}")


def _read_record(record: object, own_id: str, export: Export, where: str) -> Iterator[Post | Skipped]:
    match text_at(record, "$type"):
        case "app.bsky.feed.post" if isinstance(value_at(record, "text"), str):
            post = read_post(record, own_id, export)
            if post.text.strip() or post.parts or post.attached or post.skipped:
                yield post
            else:
                export.intake.leave_out("posts without words or pictures")
        case "" | "app.bsky.feed.post":
            yield Skipped(where, "is damaged")
        case kind:
            export.intake.leave_out(_LEFT_OUT.get(kind, "records other than posts"))


def _read_json(export: Export, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the records of a JSON file with their ids: a list, what the network answers, or one record alone."""
    place, head = export.place(name), export.head(name).lstrip()
    if head.startswith("{") and '"records"' in head:
        listed = read_items(place, "records")
    elif head.startswith("["):
        listed = read_items(place)
    else:
        yield PurePosixPath(name).stem, _load(place)
        return
    for item in listed:
        record = value_at(item, "value")
        yield text_at(item, "uri") or text_at(item, "cid"), item if record is None else record


def _load(place: str) -> Any:
    try:
        return json.loads(decode(load(place, _LARGEST_RECORD)))
    except (ValueError, RecursionError) as problem:
        raise UnreadableError("the JSON breaks off or is damaged") from problem
