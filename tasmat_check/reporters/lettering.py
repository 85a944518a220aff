"""Makes any text safe to show, in the letters that the output can write."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Self, TextIO

_LINE_MARK = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Control characters, surrogates, and the marks that make text run backwards (Unicode's Bidi_Control).
_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("–—‐‑‒―−", "-"),
        **dict.fromkeys("●•·", "*"),
        "…": "...",
        "→": "->",
        "�": "?",
    }
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The few signs a report draws with."""

    opening: str
    closing: str
    bar: str
    breach: str
    caution: str
    note: str
    clear: str
    arrow: str
    dots: str
    rule: str
    dot: str


UNICODE_SIGNS = Signs("▶", "◀", "│", "✗", "!", "•", "✓", "→", "…", "──", "·")
ASCII_SIGNS = Signs("[[", "]]", "|", "x", "!", "*", "ok", "->", "...", "==", "-")


@dataclass(frozen=True, slots=True)
class Lettering:
    """What an output encoding can show."""

    encoding: str = "utf-8"
    simple: bool = False

    @classmethod
    def of(cls, stream: TextIO | None, *, simple: bool = False) -> Self:
        """Tell what a stream can show; one that names no encoding takes every letter."""
        return cls(getattr(stream, "encoding", None) or "utf-8", simple)

    @property
    def signs(self) -> Signs:
        """The richest signs that can be written."""
        wanted = "▶◀│✗•✓→…─·“”●"
        return UNICODE_SIGNS if not self.simple and _fits(wanted, self.encoding) else ASCII_SIGNS

    def shown(self, text: str) -> str:
        """Give the text with nothing hidden in it: controls made visible, letters that cannot be written replaced."""
        text = _LINE_MARK.sub("\n", text).replace("\t", "    ")
        text = _HIDDEN.sub(self._visible, text)
        if _fits(text, self.encoding):
            return text
        return "".join(_nearest(character, self.encoding) for character in text)

    def _visible(self, match: re.Match[str]) -> str:
        code = ord(match.group())
        if code > 0x7F:
            return "\ufffd"
        if not _fits("␛", self.encoding):
            return f"\\x{code:02x}"
        return "␡" if code == 0x7F else chr(0x2400 + code)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4096)
def _nearest(character: str, encoding: str) -> str:
    """Find how a letter is best written: as it is, in plain punctuation, without its accent, or as a question mark."""
    bare = unicodedata.normalize("NFKD", character)[:1]
    for choice in (character, character.translate(_PLAIN), bare):
        if _fits(choice, encoding):
            return choice
    return "?"
