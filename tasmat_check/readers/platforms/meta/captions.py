"""Reads one record of Instagram or Threads: a post whose words are captions, or a comment."""

from collections.abc import Iterator

from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.platforms.meta.fields import Fields, words_in
from tasmat_check.readers.platforms.meta.labels import labels_of, read_labels
from tasmat_check.readers.platforms.meta.media import Media, media_of
from tasmat_check.readers.platforms.meta.records import EMPTY
from tasmat_check.readers.platforms.meta.repeats import remember, was_read
from tasmat_check.readers.platforms.meta.wording import Wording

_TIMES = ("creation_timestamp", "timestamp")
_KNOWN = frozenset({"media", "uri", "title", "string_list_data", "string_map_data", "label_values", *_TIMES})


def read_record(export: Export, fields: Fields) -> Iterator[Post]:
    """Yield the post of a record, or its comments, of which older exports keep several in one."""
    if fields.values and _KNOWN.isdisjoint(fields.values):
        fields.odd.append("the record")
    found = [post for post in _posts(fields) if post]
    if not found:
        export.intake.leave_out(EMPTY)
    for post in found:
        things = [("caption", post.text), *(("file", attached.path) for attached in post.attached)]
        if "label_values" not in fields:
            remember(export, *things)
        elif was_read(export, *things):
            export.intake.leave_out("captions that were read with their post")
            continue
        yield post


def _posts(fields: Fields) -> Iterator[Post | None]:
    if "string_list_data" in fields and fields.values["string_list_data"]:
        yield from _old_comments(fields)
    elif "string_map_data" in fields or "label_values" in fields:
        yield _labelled(fields)
    else:
        yield _captioned(fields)


def _old_comments(fields: Fields) -> Iterator[Post | None]:
    for entry in fields.several("string_list_data"):
        wording = Wording()
        wording.add_words(entry.text("value"))
        if wording.typed:
            wording.add_part(fields.text("title"), "media owner")
        yield wording.post(entry.moment("timestamp"))


def _labelled(fields: Fields) -> Post | None:
    labels = labels_of(fields)
    wording = read_labels(labels)
    for key in ("media", "media_list_data"):
        wording.media += [media_of(media) for media in fields.several(key)]
    if "string_map_data" in fields and not wording.typed and not any(media.path for media in wording.media):
        return None
    moment = fields.moment(*_TIMES) or next((label.moment for label in labels if label.moment), None)
    return wording.post(moment, fields.text("fbid"))


def _captioned(fields: Fields) -> Post | None:
    """Read a post; a single picture carries its caption itself, several have it on the post."""
    records = fields.several("media") if "media" in fields else [fields]
    media = [_captioned_media(record) for record in records]
    wording = Wording(media=media)
    wording.add_words(fields.text("title"))
    for key in ("place", "location"):
        wording.add_part("\n".join(words_in(fields.values.get(key))), "place")
    wording.add_part(", ".join(fields.names("tags")), "tags")
    moments = [record.moment(*_TIMES) for record in records]
    return wording.post(fields.moment(*_TIMES) or next((moment for moment in moments if moment), None))


def _captioned_media(fields: Fields) -> Media:
    """Read a picture, whose title is its caption here."""
    media = media_of(fields)
    return Media(media.path, media.title or media.description, "", media.position, media.comments)
