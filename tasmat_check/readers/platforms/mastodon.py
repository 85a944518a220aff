"""Mastodon, and servers like it: `outbox.json` of the archive of an account."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.exports import Attached, Export, Post
from tasmat_check.readers.json_items import read_items_of
from tasmat_check.readers.json_values import iso_moment, objects_at, text_at, value_at
from tasmat_check.readers.platforms.fediverse_text import typed

NAME = "Mastodon"

_ACTIVITY = re.compile(r'"type"\s*:\s*"(?:Create|Announce)"')
_OWN_ID = re.compile(r'"id"\s*:\s*"[^"]*outbox[^"]*"')


def recognises(name: str, head: str) -> bool:  # noqa: ARG001 - likes and bookmarks are the same kind of list
    """Tell an outbox by its kind of list and the activities in it, or by its own id where it is empty."""
    listed = '"OrderedCollection' in head and '"orderedItems"' in head
    return listed and bool(_ACTIVITY.search(head) or _OWN_ID.search(head))


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield the posts, private ones too; boosts and other activities are counted."""
    listed = read_items_of(export.place(name), "orderedItems".__eq__)  # written twice, the first one empty
    for number, (_, activity) in enumerate(listed, 1):
        note = value_at(activity, "object")
        match text_at(activity, "type"):
            case "Create" if isinstance(note, Mapping):
                post = _post(note)
                if post.text.strip() or post.parts or post.attached or post.skipped:
                    yield post
                else:
                    export.intake.leave_out("posts without words or pictures")
            case "Announce":
                export.intake.leave_out("posts of others that were shared")
            case kind if kind and kind != "Create":
                export.intake.leave_out("activities other than posts")
            case _:
                yield Skipped(f"{export.place(name)}: post {number}", "is of a shape that is not known")


def _post(note: Mapping[str, Any]) -> Post:
    own_id = text_at(note, "id")
    content = text_at(note, "content") or _first_text(value_at(note, "contentMap"))
    files = [attachment for attachment in objects_at(note, "attachment") if text_at(attachment, "type") != "Link"]
    mentions = [text_at(tag, "name") for tag in objects_at(note, "tag") if text_at(tag, "type") == "Mention"]
    return Post(
        typed(content, mentions),
        own_id,
        iso_moment(text_at(note, "published")),
        tuple(_parts(note)),
        tuple(Attached(text_at(file, "url"), text_at(file, "name")) for file in files if text_at(file, "url")),
        tuple(Skipped(own_id, "one of its pictures has no file") for file in files if not text_at(file, "url")),
    )


def _first_text(content: object) -> str:
    values = content.values() if isinstance(content, Mapping) else ()
    return next((value for value in values if isinstance(value, str)), "")


def _parts(note: Mapping[str, Any]) -> Iterator[Passage]:
    """Yield what the owner wrote beside the text: a title, a content warning, the options of a poll."""
    options = [text_at(option, "name") for key in ("oneOf", "anyOf") for option in objects_at(note, key)]
    for text, part in (
        (text_at(note, "name"), "title"),
        (text_at(note, "summary"), "content warning"),
        ("\n".join(options), "poll"),
    ):
        if text.strip():
            yield Passage(text, part)
