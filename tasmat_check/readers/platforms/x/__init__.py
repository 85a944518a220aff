"""X, once Twitter: the posts of the archive of one's data (`tweets.js`, `tweet.js`, `note-tweet.js` …)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from tasmat_check.files import UnreadableError
from tasmat_check.models import Skipped
from tasmat_check.readers.csv_rows import read_rows
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.json_values import text_at
from tasmat_check.readers.platforms.x.articles import read_article
from tasmat_check.readers.platforms.x.files import files_of, has_months, is_of_deleted, items_of, kind_of
from tasmat_check.readers.platforms.x.notes import Note, Notes, read_note
from tasmat_check.readers.platforms.x.tweets import core_of, is_of_others, moment_of, read_row, read_tweet
from tasmat_check.readers.platforms.x.wording import typed

NAME = "X"

_EMPTY = "posts without words or pictures"


def recognises(name: str, head: str) -> bool:  # noqa: ARG001 - the names have changed more often than what is inside
    """Tell files of posts, long texts, articles and likes by the variable to which the script gives them."""
    return kind_of(head) is not None


def read(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Yield the posts of a file; those of others that were shared or liked are counted."""
    match kind_of(export.head(name)):
        case "tweets":
            yield from _told(export, name, "post", _read_tweets(export, name))
        case "rows":
            yield from _read_rows(export, name)
        case "notes":
            yield from _told(export, name, "long text", _read_notes(export, name))
        case "articles":
            yield from _told(export, name, "article", map(read_article, items_of(export, name)))
        case "likes":
            for _ in items_of(export, name):
                export.intake.leave_out("posts of others that were liked")


def _told(export: Export, name: str, what: str, posts: Iterator[Post | str | None]) -> Iterator[Post | Skipped]:
    """Pass on the posts of a file; say for each item that could not be read which one it is, and why."""
    kind = "deleted" if is_of_deleted(export.head(name)) else ""
    for number, post in enumerate(posts, 1):
        if isinstance(post, str):
            yield Skipped(f"{export.place(name)}: {what} {number}", post)
        elif post and not (post.text.strip() or post.attached or post.parts):
            export.intake.leave_out(_EMPTY)
        elif post:
            yield replace(post, kind=kind)


def _read_tweets(export: Export, name: str) -> Iterator[Post | str | None]:
    notes = Notes(_notes_of(export))
    for item in items_of(export, name):
        tweet = core_of(item)
        if is_of_others(tweet):
            export.intake.leave_out("posts of others that were shared")
            yield None
        else:
            yield read_tweet(tweet, export, notes)


def _read_rows(export: Export, name: str) -> Iterator[Post | Skipped]:
    """Read the table of an archive from before 2019, where the scripts with the same posts are missing."""
    repeated = has_months(export)
    for row in read_rows(export.place(name)):
        if isinstance(row, Skipped):
            yield row
        elif repeated:
            export.intake.leave_out("repeats of posts that were read")
        elif row["retweeted_status_id"]:
            export.intake.leave_out("posts of others that were shared")
        else:
            yield read_row(row)


def _read_notes(export: Export, name: str) -> Iterator[Post | str | None]:
    """Read the long texts whose posts are not in the archive; the others are read with their posts."""
    apart = export.alone or name not in files_of(export, "notes")
    joined = set() if apart else {note.key for note in _joined(export)}
    for item in items_of(export, name):
        note = read_note(item)
        if note and note.key in joined:
            export.intake.leave_out("long texts that were joined to their posts")
            yield None
        else:
            yield Post(typed(note.text, note.links), note.id, note.published) if note else "has no text"


def _notes_of(export: Export) -> Iterator[Note]:
    for name in files_of(export, "notes"):
        yield from filter(None, map(read_note, _readable_items(export, name)))


def _joined(export: Export) -> Iterator[Note]:
    """Yield the long texts that the posts of the archive begin."""
    notes = Notes(_notes_of(export))
    for name in files_of(export, "tweets"):
        for tweet in map(core_of, _readable_items(export, name)):
            if not is_of_others(tweet) and (note := notes.find(text_at(tweet, "full_text"), moment_of(tweet))):
                yield note


def _readable_items(export: Export, name: str) -> Iterator[object]:
    """Yield the items of a second file up to a break in it, which is told when that file has its turn."""
    with suppress(UnreadableError, OSError):
        yield from items_of(export, name)
