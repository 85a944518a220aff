"""Puts a post together: which of a record's texts is its own, and which are further parts."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from tasmat_check.models import Passage
from tasmat_check.readers.exports import Attached, Post
from tasmat_check.readers.platforms.meta.media import Media

_NOT_ALONE = frozenset({"title", "album"})
"""Parts that make no post where there is nothing else."""

_MENTION = re.compile(r"@\[\d+:(?:\d+:)?([^\]\n]{1,200})\]")


@dataclass(slots=True)
class Wording:
    """The texts and pictures of a record, as they are found in it.

    `typed` are texts the person wrote; the first is the post's, or else the description that all pictures share.
    """

    typed: list[str] = field(default_factory=list)
    parts: list[Passage] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)

    def add_words(self, text: str) -> None:
        """Add a text that the person wrote; "@[123:2048:Sam Friend]" is how Facebook notes the name in it."""
        if text.strip():
            self.typed.append(_MENTION.sub(r"\1", text))

    def add_part(self, text: str, part: str) -> None:
        """Add a part."""
        if text.strip():
            self.parts.append(Passage(_MENTION.sub(r"\1", text), part))

    def post(self, published: datetime | None, own_id: str = "") -> Post | None:
        """Give the post, each text once; None where nobody typed anything, nor chose a picture, a place or a link."""
        captions = [
            Passage(_MENTION.sub(r"\1", m.description), f"description of {m.name}") for m in self.media if m.description
        ]
        text = self.typed[0] if self.typed else _only(captions)
        said = {text.strip()}
        parts: list[Passage] = []
        rest = [Passage(more, "further text") for more in self.typed[1:]]
        for part in (*self.parts, *rest, *captions, *self._titles()):
            if part.text.strip() not in said:
                said.add(part.text.strip())
                parts.append(part)
        attached = tuple(dict.fromkeys(media.attached for media in self.media if media.path))
        if not text and not attached and all(part.part in _NOT_ALONE for part in parts):
            return None
        return Post(text, own_id, published, tuple(parts), attached)

    def _titles(self) -> list[Passage]:
        return [Passage(media.title, f"title of {media.name}") for media in self.media if media.title]


def _only(captions: list[Passage]) -> str:
    """Give the text of all captions where it is the same."""
    return captions[0].text if len({caption.text.strip() for caption in captions}) == 1 else ""


def joined(one: Post, other: Post) -> Post:
    """Join two records of one post: the parts and pictures of both, each once."""
    parts = tuple(dict.fromkeys((*one.parts, *other.parts)))
    attached: tuple[Attached, ...] = tuple(dict.fromkeys((*one.attached, *other.attached)))
    return Post(one.text, one.id or other.id, one.published, parts, attached, (*one.skipped, *other.skipped))
