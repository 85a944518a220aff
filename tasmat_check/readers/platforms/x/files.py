"""The files of an archive of X that hold posts: scripts which give a list to a variable."""

import re
from collections.abc import Iterator
from typing import Any, Literal

from tasmat_check.readers.csv_rows import column_names
from tasmat_check.readers.exports import Export
from tasmat_check.readers.json_items import read_items

Kind = Literal["tweets", "notes", "articles", "likes", "rows"]

_VARIABLE = re.compile(r"\s*(?:window\.)?YTD\.(\w+)\.part\d+\s*=")
_MONTH = re.compile(r"\s*Grailbird\.data\.tweets_\d{4}_\d\d\s*=")
_ROWS = frozenset({"tweet_id", "timestamp", "text", "retweeted_status_id"})
_LIST_OF_TWEETS = re.compile(r"\s*\[\s*\{")
_KINDS: dict[str, Kind] = {
    "tweet": "tweets",
    "tweets": "tweets",
    "deleted_tweet": "tweets",
    "deleted_tweets": "tweets",
    "community_tweet": "tweets",
    "twitter_circle_tweet": "tweets",
    "note_tweet": "notes",
    "deleted_note_tweet": "notes",
    "article": "articles",
    "twitter_article": "articles",
    "like": "likes",
}


def kind_of(head: str) -> Kind | None:
    """Tell what a file holds by its first characters; a list of posts may have lost its variable."""
    if variable := _VARIABLE.match(head):
        return _KINDS.get(variable[1])
    if _MONTH.match(head):
        return "tweets"
    if _ROWS.issubset(column_names(head)):
        return "rows"
    bare = _LIST_OF_TWEETS.match(head) and '"full_text"' in head and '"id_str"' in head
    return "tweets" if bare else None


def is_of_deleted(head: str) -> bool:
    """Say whether a file holds posts that the owner deleted in the days before; they were public once."""
    variable = _VARIABLE.match(head)
    return variable is not None and variable[1].startswith("deleted_")


def items_of(export: Export, name: str) -> Iterator[Any]:
    """Yield the items of a file one by one; raises UnreadableError where it breaks."""
    head = export.head(name)
    opening = "=" if _VARIABLE.match(head) or _MONTH.match(head) else ""
    yield from read_items(export.place(name), opening=opening)


def has_months(export: Export) -> bool:
    """Say whether the archive, one from before 2019, holds its posts as a script a month."""
    scripts = (name for name in export.names if name.endswith(".js") and "tweets/" in name)
    return not export.alone and any(_MONTH.match(export.head(name)) for name in scripts)


def files_of(export: Export, kind: Kind) -> list[str]:
    """Give the files of a kind; all of them have tweets in their names."""
    named_so = [name for name in export.names if name.endswith(".js") and "tweet" in name.rpartition("/")[2]]
    return [name for name in named_so if kind_of(export.head(name)) == kind]
