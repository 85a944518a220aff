"""Threads, whose posts and replies come inside Instagram's export."""

import re
from collections.abc import Iterator
from functools import partial

from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.platforms.meta.captions import read_record
from tasmat_check.readers.platforms.meta.pages import is_page, read_pages
from tasmat_check.readers.platforms.meta.records import joining, read_records
from tasmat_check.readers.platforms.meta.shape import shape_of

NAME = "Threads"

_LIST = "text_post_app_text_posts"
_PAGES = re.compile("threads_and_replies")


def recognises(name: str, head: str) -> bool:
    """Tell the owner's own posts; likes, saved and viewed posts are in lists of other names."""
    return is_page(name, head, _PAGES) or shape_of(head).has(_LIST)


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield posts and replies."""
    place = export.place(name)
    if is_page(name, export.head(name), _PAGES):
        yield from read_pages(export, place, title_is_typed=True)
        return
    yield from joining(export, read_records(place, _LIST, partial(read_record, export)))
