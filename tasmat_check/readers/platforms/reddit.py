"""Reddit: `posts.csv` and `comments.csv` of the data request."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime

from tasmat_check.files import UnreadableError
from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.lines import open_lines

NAME = "Reddit"

_COLUMNS = frozenset({"id", "permalink", "date", "subreddit", "body"})
_TAKEN_DOWN = ("[deleted]", "[removed]")


def recognises(name: str, head: str) -> bool:
    """Tell posts and comments by their columns: YouTube's `comments.csv` has others, Reddit's messages no subreddit."""
    columns = head.partition("\n")[0].strip().lower().split(",")
    return name.lower().endswith(".csv") and _COLUMNS.issubset(columns)


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield each row whose words are still there; a post's title is a part of its own."""
    with open_lines(export.place(name), newline="") as lines:
        rows = lines.rows()
        try:
            names = next(rows, [])
            for cells in rows:
                row = dict(zip(names, cells, strict=False))
                text, title = row.get("body") or "", row.get("title") or ""
                if text.strip() in _TAKEN_DOWN:
                    export.intake.leave_out("posts that were taken down")
                elif text.strip() or title.strip():
                    yield Post(text, row.get("id") or "", _moment(row.get("date")), _title(title))
        except (csv.Error, UnreadableError) as problem:
            yield Skipped(f"{export.place(name)} after line {lines.number}", f"not valid CSV: {problem}")


def _title(title: str) -> tuple[Passage, ...]:
    return (Passage(title, "title"),) if title.strip() else ()


def _moment(value: str | None) -> datetime | None:
    try:
        return datetime.strptime(value or "", "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    except ValueError:
        return None
