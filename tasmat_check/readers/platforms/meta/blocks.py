"""Reads one block of a page of an export, which is one post: its heading, its words, its pictures and its time."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import unquote

from tasmat_check.models import Passage
from tasmat_check.readers.exports import Attached, Post
from tasmat_check.readers.platforms.meta.dates import date_in, is_date

_HEADINGS = frozenset({"_a6-h", "_2lek", "_2lel"})
_ENDS = frozenset({"_a6-o", "_2lem"})
_DETAILS = frozenset({"_a6-q", "_a6_q", "_a6_r"})
_VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "source", "wbr"})
_INLINE = frozenset({"a", "b", "i", "em", "strong", "span", "u", "img", "wbr"})
_SPACES = re.compile(r"\s+")
_BREAK = "\0"
_DEEPEST = 200
"""Elements within each other that are told apart."""


@dataclass(frozen=True, slots=True)
class Block:
    """The readable texts of a block; `has_end` where it closes with a time, as whole posts do."""

    heading: str = field(default="", repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    details: tuple[str, ...] = field(default=(), repr=False)
    attached: tuple[Attached, ...] = ()
    published: datetime | None = None
    has_end: bool = False

    def __add__(self, within: "Block") -> "Block":
        """Join what stands within this block."""
        return Block(
            self.heading,
            tuple(dict.fromkeys((*self.words, *within.words))),
            (*self.details, *within.details),
            (*self.attached, *within.attached),
            self.published or within.published,
            within.has_end,
        )

    def post(self, *, title_is_typed: bool) -> Post | None:
        """Give the post, None where it holds no words, no link and no picture."""
        links = [Passage(words, "link") for words in self.words if words.startswith(("http://", "https://"))]
        words = "\n".join(words for words in self.words if not words.startswith(("http://", "https://")))
        details = "\n".join(self.details)
        if not (words or links or self.attached or (self.heading and title_is_typed)):
            # Comments of Instagram are tables.
            return Post(details, published=self.published) if details else None
        text, rest = (self.heading, words) if title_is_typed and self.heading else (words, self.heading)
        parts = [Passage(rest, "further text" if title_is_typed else "title"), *links, Passage(details, "details")]
        return Post(text, "", self.published, tuple(part for part in parts if part.text), self.attached)


def read_block(markup: str) -> Block:
    """Read the markup of a block; what follows it on the page does no harm."""
    # The parser looks through all that follows for the end of each tag that has none; after the last ">" there is none.
    end = markup.rfind(">") + 1
    reader = _BlockReader()
    reader.feed(markup[:end] + markup[end:].replace("<", "&lt;"))
    reader.close()
    words = [words for words in _texts(reader.pieces["words"]) if not is_date(words)]
    ends = _texts(reader.pieces["end"])
    dates = [*ends, *_texts(reader.pieces["words"]), *_texts(reader.pieces["details"])]
    return Block(
        " ".join(_texts(reader.pieces["heading"])),
        tuple(dict.fromkeys(words)),
        tuple(_texts(reader.pieces["details"])),
        tuple(dict.fromkeys(reader.attached)),
        next((date for text in dates if (date := date_in(text))), None),
        bool(ends),
    )


def _texts(pieces: list[str]) -> list[str]:
    """Part what was read at the edges of blocks; a line break within a text stays."""
    texts = "".join(pieces).split(_BREAK)
    lines = ["\n".join(line.strip(" ") for line in text.split("\n")) for text in texts]
    return [text.strip() for text in lines if text.strip()]


class _BlockReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: dict[str, list[str]] = {"heading": [], "words": [], "details": [], "end": []}
        self.attached: list[Attached] = []
        self._open: list[tuple[str, str]] = [("", "words")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._here.append("\n")
        elif tag not in _INLINE:
            self._here.append(_BREAK)
        if tag in ("img", "video", "source") and values.get("src", "").partition(":")[0] not in (
            "http",
            "https",
            "data",
        ):
            self._attach(values.get("src", ""))
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append((tag, self._role(tag, values.get("class", "").split())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._here.append(_BREAK)
        depth = next((n for n in range(len(self._open) - 1, 0, -1) if self._open[n][0] == tag), 0)
        if depth:
            del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._here.append(_SPACES.sub(" ", data))

    @property
    def _here(self) -> list[str]:
        return self.pieces[self._open[-1][1]]

    def _role(self, tag: str, classes: list[str]) -> str:
        around = self._open[-1][1]
        if around != "words":
            return around
        if tag in ("h1", "h2", "h3") or not _HEADINGS.isdisjoint(classes):
            return "heading"
        if tag == "footer" or not _ENDS.isdisjoint(classes):
            return "end"
        return "details" if tag == "table" or not _DETAILS.isdisjoint(classes) else "words"

    def _attach(self, source: str) -> None:
        path = unquote(source).removeprefix("file://")
        if path:
            self.attached.append(Attached(path))
