"""Reads the records of a list one by one, and joins those that are one post."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime

from tasmat_check.files import UnreadableError
from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.json_items import read_items
from tasmat_check.readers.platforms.meta.encoding import repaired
from tasmat_check.readers.platforms.meta.fields import Fields
from tasmat_check.readers.platforms.meta.wording import joined

_NEAR = 64
"""Records among which those of one post are looked for, so that a list of any length needs little memory."""

EMPTY = "posts without words or pictures"

_Key = tuple[datetime | None, str]


def read_records(place: str, where: str, read: Callable[[Fields], Iterator[Post]]) -> Iterator[Post | Skipped]:
    """Yield what `read` makes of each record of the list at `where`; one that cannot be read is said to be so."""
    for number, item in enumerate(read_items(place, where), 1):
        what = f"{place} post {number}"
        if not isinstance(item, dict):
            yield Skipped(what, "is not a record of a post")
            continue
        try:
            fields = Fields(repaired(item))
            yield from read(fields)
        except RecursionError:
            yield Skipped(what, "is nested too deeply")
            continue
        if fields.odd:
            odd = ", ".join(dict.fromkeys(fields.odd))
            yield Skipped(what, f"parts of it have a shape that is not known: {odd}")


def joining(export: Export, posts: Iterator[Post | Skipped]) -> Iterator[Post | Skipped]:
    """Join posts with the same words, or without any, that went out in the same second: each is one post.

    Facebook writes a record a picture for some posts with several. A record that adds nothing is counted as left out.
    """
    waiting: deque[Post | Skipped] = deque()
    try:
        for post in posts:
            if not isinstance(post, Post) or not _joins(export, waiting, post):
                waiting.append(post)
            if len(waiting) > _NEAR:
                yield waiting.popleft()
    except UnreadableError:
        yield from waiting
        raise
    yield from waiting


def _joins(export: Export, waiting: deque[Post | Skipped], post: Post) -> bool:
    """Join a post to its other record among those that wait, if it is there."""
    for place, near in enumerate(waiting):
        if isinstance(near, Post) and post.published and _key(near) == _key(post):
            whole = joined(near, post)
            if whole == near:
                export.intake.leave_out("repeats of a post that was read")
            waiting[place] = whole
            return True
    return False


def _key(post: Post) -> _Key:
    return post.published, post.text.strip()
