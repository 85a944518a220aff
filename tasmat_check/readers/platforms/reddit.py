"""Reddit: `posts.csv` and `comments.csv` of the data request."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.csv_rows import column_names, read_rows
from tasmat_check.readers.exports import Export, Post

NAME = "Reddit"

_COLUMNS = frozenset({"id", "permalink", "date", "subreddit", "body"})
_TAKEN_DOWN = ("[deleted]", "[removed]")


def recognises(name: str, head: str) -> bool:
    """Tell posts and comments by their columns: YouTube's `comments.csv` has others, Reddit's messages no subreddit."""
    return name.lower().endswith(".csv") and _COLUMNS.issubset(column_names(head))


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield each row whose words are still there; a post's title is a part of its own."""
    for row in read_rows(export.place(name)):
        if isinstance(row, Skipped):
            yield row
            continue
        text, title = row["body"], row.get("title", "")
        if text.strip() in _TAKEN_DOWN:
            export.intake.leave_out("posts that were taken down")
        elif text.strip() or title.strip():
            yield Post(text, row["id"], _moment(row["date"]), _title(title))
        else:
            export.intake.leave_out("posts without words or pictures")


def _title(title: str) -> tuple[Passage, ...]:
    return (Passage(title, "title"),) if title.strip() else ()


def _moment(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    except ValueError:
        return None
