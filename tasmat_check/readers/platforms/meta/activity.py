"""Reads what one record of Facebook says: the same envelope serves posts, comments, stories, albums and events."""

from datetime import datetime

from tasmat_check.readers.platforms.meta.fields import Fields, words_in
from tasmat_check.readers.platforms.meta.labels import labels_of, read_labels
from tasmat_check.readers.platforms.meta.media import media_of
from tasmat_check.readers.platforms.meta.wording import Wording

TIMES = ("timestamp", "creation_timestamp", "created_timestamp", "create_timestamp")

_KNOWN = frozenset(
    {"data", "attachments", "title", "tags", "uri", "text", "description", "name", "label_values", *TIMES}
)
_PARTS = {
    "external_context": "link",
    "place": "place",
    "event": "event",
    "life_event": "life event",
    "poll": "poll",
    "for_sale_item": "item for sale",
    "name": "name",
}
_OF_THE_PLATFORM = frozenset({"backdated_timestamp", "update_timestamp", "fbid"})


def wording_of(fields: Fields) -> Wording:
    """Sort the texts and pictures of a record."""
    if fields.values and _KNOWN.isdisjoint(fields.values):
        fields.odd.append("the record")
    if "label_values" in fields:
        return read_labels(labels_of(fields))
    wording = Wording()
    if "uri" in fields:
        wording.media.append(media_of(fields))
    else:
        _read_envelope(fields, wording)
    return wording


def moment_of_record(fields: Fields) -> datetime | None:
    """Give the time of a record, which may stand only with its comment or label."""
    within = [comment.moment("timestamp") for comment in comments_of(fields)]
    labelled = [label.moment for label in labels_of(fields)]
    return fields.moment(*TIMES) or next((moment for moment in (*within, *labelled) if moment), None)


def comments_of(fields: Fields) -> list[Fields]:
    """Give the comments that a record consists of; mostly it is one."""
    entries = [entry.values.get("comment") for entry in fields.several("data")]
    return [Fields(comment, fields.odd) for comment in entries if isinstance(comment, dict)]


def _read_envelope(fields: Fields, wording: Wording) -> None:
    for entry in fields.several("data"):
        _read_entry(entry, wording)
    for attachment in fields.several("attachments"):
        for entry in attachment.several("data"):
            _read_entry(entry, wording)
    wording.add_words(fields.text("text", "description"))
    name = fields.text("name")
    if not wording.typed and "data" not in fields:
        wording.add_words(name)
    wording.add_part(fields.text("title"), "title")
    wording.add_part(name, "title")
    for key in ("place", "location"):
        wording.add_part("\n".join(words_in(fields.values.get(key))), "place")
    wording.add_part(", ".join(fields.names("tags")), "tags")
    wording.media += [media_of(media) for media in fields.several("media")]


def _read_entry(entry: Fields, wording: Wording) -> None:
    """Read one of the small objects of which a post consists: its text, a picture, a place, a link, a poll."""
    for key, value in entry.values.items():
        if key in ("post", "text"):
            wording.add_words(entry.text(key))
        elif key == "media":
            wording.media += [media_of(media) for media in entry.several(key)]
        elif key in ("comment", "note"):
            _read_words(entry, key, wording)
        elif key not in _OF_THE_PLATFORM:
            wording.add_part("\n".join(words_in(value)), _PARTS.get(key, "details"))


def _read_words(entry: Fields, key: str, wording: Wording) -> None:
    """Read a comment or a note; a note has a title and pictures too."""
    if isinstance(entry.values[key], str):
        wording.add_words(entry.text(key))
        return
    words = entry.one(key)
    wording.add_words(words.text("comment", "text"))
    for name in ("title", "group"):
        wording.add_part(words.text(name), name)
    wording.add_part(", ".join(words.names("tags")), "tags")
    wording.media += [media_of(media) for media in words.several("media")]
