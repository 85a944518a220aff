"""Turns the markup of a post on Mastodon back into what the person typed."""

from collections.abc import Iterable
from html.parser import HTMLParser

_PARAGRAPHS = frozenset({"p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = frozenset({"li", "div"})
_ADDED_BY_SERVER = "quote-inline"
"""The class of a line that names the post quoted, for servers which show no quotes."""


def typed(markup: str, mentions: Iterable[str] = ()) -> str:
    """Give the text of a post's markup: paragraphs parted by an empty line, links and mentions whole.

    `mentions` are the full names of the people mentioned (`@sam@example.org`), which the markup shortens.
    """
    # The parser looks through the whole rest for the end of each tag that has none, which takes minutes on a long
    # text; what follows the last ">" holds no tag.
    end = markup.rfind(">") + 1
    reader = _Reader(_whole_names(mentions))
    reader.feed(markup[:end] + markup[end:].replace("<", "&lt;"))
    reader.close()
    return "".join(reader.pieces)


def _whole_names(mentions: Iterable[str]) -> dict[str, str]:
    """Map short names to the full ones, unless two people have the same short name."""
    full: dict[str, set[str]] = {}
    for mention in mentions:
        full.setdefault("@" + mention.removeprefix("@").partition("@")[0], set()).add(mention)
    return {short: whole for short, names in full.items() if len(names) == 1 for whole in names}


class _Reader(HTMLParser):
    def __init__(self, whole_names: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._whole_names = whole_names
        self._break = ""
        self._silent = ""
        self._mention: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == self._silent:  # an element of this kind ends where the next begins
            self._silent = ""
        if _ADDED_BY_SERVER in classes:
            self._silent = tag
        self._part(tag)
        if tag == "br":
            self._write("\n")
        elif tag == "a" and "mention" in classes:
            self._write("")
            self._mention = len(self.pieces)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag == "a" and self._mention is not None:
            shown = "".join(self.pieces[self._mention :])
            self.pieces[self._mention :] = [self._whole_names.get(shown, shown)]
            self._mention = None
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() or not self._break:
            self._write(data)

    def _part(self, tag: str) -> None:
        """Remember that what follows stands apart from what came before."""
        if tag in _PARAGRAPHS:
            self._break = "\n\n"
        elif tag in _LINES:
            self._break = self._break or "\n"

    def _write(self, text: str) -> None:
        if self._silent:
            return
        if self._break and self.pieces:
            self.pieces.append(self._break)
        self._break = ""
        self.pieces.append(text)
