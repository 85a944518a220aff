"""The pages of YouTube that Takeout wrote up to 2022: comments and live chats as items of a list, and histories."""

import re
from collections.abc import Iterator

from tasmat_check.files import load
from tasmat_check.readers.decoding import decode
from tasmat_check.readers.drafts import LARGEST_FILE
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.json_values import iso_moment
from tasmat_check.readers.web import read_page

_ITEM = re.compile(r"<li>((?:(?!<br|</?li\b).){1,2000})<br\s*/?>((?:(?!<li\b).)*?)</li>", re.IGNORECASE | re.DOTALL)
_VIDEO = re.compile(r"youtube\.com/|youtu\.be/")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:Z| UTC)")
_ID = re.compile(r"[?&;]lc=([\w.-]+)")
_HISTORY = re.compile(r'<div class=["\']outer-cell\b')


def is_page(head: str) -> bool:
    """Tell a list of comments by an item with a link to a video and a time, a history by its cells."""
    return bool(_VIDEO.search(head)) and (_HISTORY.search(head) is not None or any(True for _ in _items(head)))


def read_comments(export: Export, name: str) -> Iterator[Post]:
    """Yield each comment of a list; what the page says around it is no part of its words. Histories have none."""
    for about, body, (day, clock) in _items(decode(load(export.place(name), LARGEST_FILE))):
        if text := read_page(body).text:
            own_id = _ID.search(about)
            yield Post(text, own_id[1] if own_id else "", iso_moment(f"{day}T{clock}Z"))
        else:
            export.intake.leave_out("posts without words or pictures")


def _items(markup: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Yield what the page says about each comment, the comment, and its day and time."""
    for item in _ITEM.finditer(markup):
        time = _TIME.search(item[1])
        if time and _VIDEO.search(item[1]):
            yield item[1], item[2], (time[1], time[2])
