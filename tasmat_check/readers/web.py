"""Reads what a visitor of a web page sees: its words, its title, and the alt texts of its pictures."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tasmat_check.readers.decoding import mend

_HIDDEN = frozenset({"script", "style", "template"})
_VERBATIM = frozenset({"pre", "textarea"})
_CELLS = frozenset({"td", "th"})
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer"
    "|form|h[1-6]|head|header|hgroup|hr|html|legend|li|main|menu|nav|ol|option|p|pre|search|section|select|summary|table"
    "|tbody|textarea|tfoot|thead|tr|ul"
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_SPACES_AT_BREAK = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a page shows."""

    source: str
    alt: str

    @property
    def name(self) -> str:
        """The picture's file name, empty where it has none."""
        if self.source[:5].lower() in ("data:", "blob:"):
            return ""
        return re.split(r"[?#]", self.source, maxsplit=1)[0].rstrip("/").rpartition("/")[2]


@dataclass(slots=True)
class Page:
    """The readable parts of a web page."""

    text: str = ""
    title: str = ""
    pictures: list[Picture] = field(default_factory=list)


def read_page(markup: str) -> Page:
    """Read a page's markup; block elements become line breaks, runs of spaces one space."""
    # The parser looks through the whole rest of the page for the end of each tag that has none: minutes for a page of
    # a few hundred kilobytes. What follows the last ">" holds no tag.
    end = markup.rfind(">") + 1
    reader = _PageReader()
    reader.feed(markup[:end] + markup[end:].replace("<", "&lt;"))
    reader.close()
    text = _SPACES_AT_BREAK.sub("\n", "".join(reader.pieces))
    title = _SPACES.sub(" ", "".join(reader.title))
    return Page(mend(text.strip(" \t\n")), mend(title.strip()), reader.pictures)


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.title: list[str] = []
        self.pictures: list[Picture] = []
        self._hidden = 0
        self._verbatim = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count(tag, 1)
        self._break(tag)
        values = {name: value or "" for name, value in attrs}
        if tag == "img" or (tag == "input" and values.get("type") == "image"):
            self.pictures.append(Picture(mend(values.get("src", "").strip()), mend(values.get("alt", "").strip())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _HIDDEN or tag in _VERBATIM or tag == "title":
            self._count(tag, -1)

    def handle_endtag(self, tag: str) -> None:
        self._count(tag, -1)
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._in_title:
            self.title.append(data)
        elif self._verbatim:
            self.pieces.append(data.replace("\r\n", "\n"))
        else:
            words = _SPACES.sub(" ", data)
            after_space = not self.pieces or self.pieces[-1][-1:] in (" ", "\n", "\t", "")
            self.pieces.append(words.removeprefix(" ") if after_space else words)

    def _count(self, tag: str, step: int) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden + step)
        elif tag in _VERBATIM:
            self._verbatim = max(0, self._verbatim + step)
        elif tag == "title":
            self._in_title = step > 0

    def _break(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append("\t")
