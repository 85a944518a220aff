"""Long texts of X, which the archive keeps apart from their posts and under other ids."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from tasmat_check.readers.json_values import iso_moment, objects_at, text_at
from tasmat_check.readers.platforms.x.wording import links_of, typed

_SECONDS_APART = (0, 1, -1, 2, -2, 3, 4, 5)
"""How many seconds after its long text a post may be stamped, the likeliest first."""

_SHORTEST_CUT = 270
"""Characters from which dots at the end are rather those of X: it cuts at 280, of which an emoji takes two."""

_BARE = re.compile(r"[<>]|&(?!(?:amp|lt|gt|quot|#39);)")
_INVISIBLE = re.compile(r"[\s\u200b-\u200d\ufe0f]+")
_MENTIONS = re.compile(r"(?:@\w+\s+)+")
_LINKS_AT_END = re.compile(r"(?:\s*https?://t\.co/\w+)+\s*\Z")


@dataclass(frozen=True, slots=True)
class Note:
    """A long text, escaped as the texts of posts are, with its short links and what they lead to."""

    id: str
    text: str = field(repr=False)
    published: datetime | None = None
    links: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return self.id or self.text


def read_note(item: object) -> Note | None:
    """Read one item of a file of long texts; None where it has no text."""
    text = text_at(item, "noteTweet", "core", "text")
    if not text:
        return None
    links = links_of(objects_at(item, "noteTweet", "core", "urls"), "shortUrl", "expandedUrl")
    published = iso_moment(text_at(item, "noteTweet", "createdAt"))
    if published and not published.tzinfo:
        published = published.replace(tzinfo=UTC)
    return Note(text_at(item, "noteTweet", "noteTweetId"), _escaped(text), published, links)


def _escaped(text: str) -> str:
    """Escape a text unless it is escaped, which those of today's archives are not though those of their posts are."""
    return escape(text, quote=False) if _BARE.search(text) else text


class Notes:
    """Finds the long text of a post by when it was written and how it begins."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._by_second: dict[int, list[Note]] = defaultdict(list)
        for note in notes:
            if note.published:
                self._by_second[int(note.published.timestamp())].append(note)

    def find(self, text: str, published: datetime | None) -> Note | None:
        """Give the long text of which the post's text is the beginning, or the whole."""
        if not self._by_second or published is None:
            return None
        second = int(published.timestamp())
        near = (note for apart in _SECONDS_APART for note in self._by_second.get(second - apart, ()))
        return next((note for note in near if _begins(text, note.text)), None)


def _begins(text: str, whole: str) -> bool:
    start, whole = _comparable(text), _comparable(whole)
    cut = start.removesuffix("…").removesuffix("...")
    return start == whole or (cut != start and bool(cut) and whole.startswith(cut))


def is_cut(text: str) -> bool:
    """Say whether the text of a post seems to go on elsewhere: it is as long as may be, and ends in dots."""
    start = typed(_LINKS_AT_END.sub("", text), {})
    return start.endswith(("…", "...")) and len(start) >= _SHORTEST_CUT


def _comparable(text: str) -> str:
    """Leave out what only one of the two may have: people answered, links at the end, spaces and parts of emoji."""
    text = _LINKS_AT_END.sub("", text)
    text = text[found.end() :] if (found := _MENTIONS.match(text)) else text
    return _INVISIBLE.sub("", typed(text, {}))
