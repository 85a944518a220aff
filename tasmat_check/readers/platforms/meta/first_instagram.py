"""Reads the exports of Instagram from before 2020: captions in `media.json`, comments in `comments.json`."""

from collections.abc import Iterator

from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.json_items import read_items
from tasmat_check.readers.json_values import iso_moment
from tasmat_check.readers.platforms.meta.encoding import repaired
from tasmat_check.readers.platforms.meta.fields import Fields
from tasmat_check.readers.platforms.meta.media import Media
from tasmat_check.readers.platforms.meta.records import EMPTY, joining, read_records
from tasmat_check.readers.platforms.meta.shape import Shape
from tasmat_check.readers.platforms.meta.wording import Wording

_MEDIA = ("photos", "videos", "stories", "profile")
_SENT = "direct"
_COMMENTS = ("media_comments", "live_comments")


def is_first(shape: Shape) -> bool:
    """Tell these files by the paths and times of pictures, or by the names of the lists of comments."""
    pictures = any(shape.has(f"{where}.item.path", f"{where}.item.taken_at") for where in (*_MEDIA, _SENT))
    return pictures or shape.has(*_COMMENTS)


def read_first(export: Export, place: str, shape: Shape) -> Iterator[Post | Skipped]:
    """Yield the posts or comments of a file; pictures sent in messages are counted."""
    for where in filter(shape.has, _COMMENTS):
        yield from _comments(export, place, where)
    for where in filter(shape.has, _MEDIA):
        yield from joining(export, read_records(place, where, lambda fields: _captioned(export, fields)))
    if shape.has(_SENT) and (sent := sum(1 for _ in read_items(place, _SENT))):
        export.intake.leave_out("pictures sent in messages", sent)


def _captioned(export: Export, fields: Fields) -> Iterator[Post]:
    wording = Wording(media=[Media(fields.text("path"), fields.text("caption"), "", None)])
    wording.add_part(fields.text("location"), "place")
    if post := wording.post(iso_moment(fields.text("taken_at"))):
        yield post
    else:
        export.intake.leave_out(EMPTY)


def _comments(export: Export, place: str, where: str) -> Iterator[Post | Skipped]:
    """Yield the comments of a list, each a time, the words, and whose post it is about."""
    for number, item in enumerate(read_items(place, where), 1):
        match repaired(item):
            case [str(time), str(text), *_]:
                if text.strip():
                    yield Post(text, published=iso_moment(time))
                else:
                    export.intake.leave_out(EMPTY)
            case _:
                yield Skipped(f"{place} post {number}", "is not a record of a comment")
