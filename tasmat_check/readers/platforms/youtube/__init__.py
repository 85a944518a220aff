"""YouTube: comments, live chats, posts and videos of Google Takeout, whose columns change order and language."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.csv_rows import column_names, read_rows, row_of
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.platforms.youtube.pages import is_page, read_comments

NAME = "YouTube"

_DESCRIPTION = "video_description_(original)"
_TEXTS = ("comment_text", "live_chat_text", "post_text", _DESCRIPTION)
_IDS = ("comment_id", "live_chat_id", "post_id")
_TIMES = ("comment_create_timestamp", "live_chat_create_timestamp", "post_create_timestamp", "video_publish_timestamp")
_TITLES = ("video_title_(original)",)
_SEGMENTS = re.compile(r'\s*\{\s*"(?:text|takeoutSegments)"\s*:')
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*(?: UTC)?$")
_CHANNEL = re.compile(r"UC[\w-]+$")


def recognises(name: str, head: str) -> bool:
    """Tell a file by its columns in English; else by a row with a channel, a time and a text in segments."""
    if name.lower().endswith((".html", ".htm")):
        return is_page(head)
    if not name.lower().endswith(".csv"):
        return False
    columns = column_names(head)
    if not {*_TEXTS}.isdisjoint(columns):
        return not {*_IDS, "video_id"}.isdisjoint(columns)
    row = row_of(head.partition("\n")[2])
    return all(any(sign.match(cell) for cell in row) for sign in (_CHANNEL, _TIME, _SEGMENTS))


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield each comment, chat, post and video; all of them are the owner's."""
    if not name.lower().endswith(".csv"):
        yield from read_comments(export, name)
        return
    place = export.place(name)
    column = _text_column(export.head(name))
    for number, row in enumerate(read_rows(place), 1):
        if isinstance(row, Skipped):
            yield row
            continue
        segments = _segments(row.get(column, ""))
        if segments is None:
            yield Skipped(f"{place}: comment {number}", "its text is damaged")
            continue
        text = "".join(_words(segment) for segment in segments)
        parts = (*_titles(row), *_links(segments, text))
        if text.strip() or parts:
            yield Post(text, _id(row), _moment(row), parts)
        else:
            export.intake.leave_out("posts without words or pictures")


def _text_column(head: str) -> str:
    """Give the name of the column of the text; in other languages it is the one with segments in the first row."""
    columns = column_names(head)
    first = zip(columns, row_of(head.partition("\n")[2]), strict=False)
    named = (name for name in _TEXTS if name in columns)
    return next(iter((*named, *(name for name, cell in first if _SEGMENTS.match(cell)))), "")


def _titles(row: dict[str, str]) -> Iterator[Passage]:
    yield from (Passage(row[name], "title") for name in _TITLES if row.get(name, "").strip())


def _id(row: dict[str, str]) -> str:
    """Take the comment's id; in other languages the first that looks like one, since a parent's stands behind it."""
    ids = ("video_id",) if _DESCRIPTION in row else _IDS
    named = next((row[name] for name in ids if name in row), None)
    return next((cell for cell in row.values() if cell.startswith("Ug")), "") if named is None else named


def _moment(row: dict[str, str]) -> datetime | None:
    named = next((row[name] for name in _TIMES if name in row), None)
    value = next((cell for cell in row.values() if _TIME.match(cell)), "") if named is None else named
    try:
        return datetime.fromisoformat(value.strip().replace(" UTC", "+00:00"))
    except ValueError:
        return None


def _segments(text: str) -> list[Any] | None:
    """Part a text into its segments: plain text is one, others are written as JSON; None where that is damaged."""
    if not _SEGMENTS.match(text):
        return [text]
    try:
        parsed = json.loads(f"[{text}]")
    except (ValueError, RecursionError):
        return None
    segments: list[Any] = []
    for item in parsed:
        inner = item.get("takeoutSegments") if isinstance(item, dict) else None
        segments.extend(inner if isinstance(inner, list) else [item])
    return segments


def _words(segment: object) -> str:
    value = segment.get("text") if isinstance(segment, dict) else segment
    return value if isinstance(value, str) else ""


def _links(segments: list[Any], text: str) -> Iterator[Passage]:
    """Yield the addresses behind shortened links, which the text does not show."""
    for segment in segments:
        link = segment.get("link") if isinstance(segment, dict) else None
        address = link.get("linkUrl") if isinstance(link, dict) else None
        if isinstance(address, str) and address and address not in text:
            yield Passage(address, "link")
