"""What is known about the words of a text that may be names, before any rule looks at them."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from tasmat_check.models import Span
from tasmat_check.wording import Word, Wording, keys


class Kind(Enum):
    """What a word is known as; the later of two kinds wins where lexicons disagree."""

    UNKNOWN = auto()
    COMMON = auto()
    RARE = auto()
    FIRST = auto()
    WORD = auto()
    PROPER = auto()
    TITLE = auto()


FIRST_NAMES = frozenset({Kind.FIRST, Kind.RARE, Kind.WORD, Kind.PROPER})

_LEXICONS = {
    "common-words": Kind.COMMON,
    "rare-first-names": Kind.RARE,
    "short-first-names": Kind.FIRST,
    "first-names": Kind.FIRST,
    "names-also-words": Kind.WORD,
    "names-also-places": Kind.PROPER,
    "proper-words": Kind.COMMON,
    "name-titles": Kind.TITLE,
}
_INFLECTIONS = ("s", "ed", "d", "ing", "er", "ers", "ly", "y", "es", "est", "able")
_WORD_ENDINGS = (
    "able",
    "ible",
    "ical",
    "ing",
    "ism",
    "ity",
    "less",
    "ment",
    "ments",
    "ness",
    "ology",
    "ous",
    "sion",
    "tion",
    "tions",
)
# Bounded, so that one endless word is read in linear time: no local part of an address is longer (RFC 5321).
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{1,64}@\S{1,255}\.\w+|[@#]\w+|\b\w+\.(?:com|co|org|net|uk|ly)\b\S*")


@dataclass(frozen=True)
class NameWords:
    """The lexicons that names are told by: the kind of each known word, and the words that follow names."""

    kinds: Mapping[str, Kind]
    acts: Collection[str] = frozenset()
    kin: Collection[str] = frozenset()
    places: Collection[str] = frozenset()

    @classmethod
    def of(cls, lexicons: Mapping[str, Iterable[str]]) -> "NameWords":
        """Gather the lexicons about names out of all lexicons of a pack; missing ones count as empty."""
        kinds: dict[str, Kind] = {}
        for name, kind in _LEXICONS.items():
            kinds.update((key, kind) for key in _single_keys(lexicons.get(name, ())))
        acts, kin, places = (
            frozenset(_single_keys(lexicons.get(name, ()))) for name in ("name-acts", "name-kin", "place-endings")
        )
        return cls(kinds, acts, kin, places)

    def kind(self, key: str) -> Kind:
        """Say what a word is known as; common words are recognized in their usual inflections."""
        kind = self.kinds.get(key)
        if kind is not None:
            return kind
        if any(
            self.kinds.get(key.removesuffix(ending)) is Kind.COMMON for ending in _INFLECTIONS if key.endswith(ending)
        ):
            return Kind.COMMON
        return Kind.COMMON if key.endswith(_WORD_ENDINGS) and len(key) > 6 else Kind.UNKNOWN


def _single_keys(phrases: Iterable[str]) -> Iterable[str]:
    for phrase in phrases:
        if phrase.isascii() and phrase.isalpha():
            yield phrase.lower()
        elif len(words := keys(phrase)) == 1:
            yield words[0]


class Token(NamedTuple):
    """One word as the rules see it.

    `start` and `end` leave out a possessive s; `shape` is "Xx" (capital first), "XX" (all capitals), "X" (one
    capital letter), "xx" (small letters) or "" (digits, hidden letters); `joint` is what stands before the next word.
    """

    key: str
    kind: Kind
    shape: str
    start: int
    end: int
    possessive: bool
    sentence: int
    opening: bool
    joint: str


@dataclass(frozen=True)
class Reading:
    """The words of a wording with what is known of each; words in addresses, tags and `known` spans are left out."""

    wording: Wording
    words: NameWords
    known: Sequence[Span] = ()

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Every word outside addresses and known spans, in order."""
        taken = self._taken
        starts = [span.start for span in taken]
        words = []
        for word in self.wording.words:
            before = bisect_right(starts, word.start) - 1
            if before < 0 or taken[before].end <= word.start:
                words.append(word)
        return tuple(
            self._token(word, words[at - 1] if at else None, words[at + 1] if at + 1 < len(words) else None)
            for at, word in enumerate(words)
        )

    @cached_property
    def _taken(self) -> list[Span]:
        """Addresses and known spans in order; overlaps are merged."""
        addresses = (Span(*match.span()) for match in _ADDRESS.finditer(self.wording.text))
        merged: list[Span] = []
        for span in sorted((*addresses, *self.known), key=lambda span: span.start):
            if merged and span.start < merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return merged

    def _token(self, word: Word, before: Word | None, after: Word | None) -> Token:
        text = self.wording.text
        possessive = word.key != word.stem
        end = word.end - 2 if possessive else word.end
        lead = text[before.end : word.start] if before else ""
        opening = before is None or before.sentence != word.sentence or any(mark in lead for mark in ':"“|•')
        form, kind = shape(text[word.start : end]), self.words.kind(word.stem)
        joint = text[word.end : after.start] if after else "\n"
        if after and after.sentence != word.sentence and not (joint == ". " and (form == "X" or kind is Kind.TITLE)):
            joint = "\n"
        return Token(word.stem, kind, form, word.start, end, possessive, word.sentence, opening, joint)

    @cached_property
    def loud(self) -> frozenset[int]:
        """The sentences whose capitals say nothing, because most of their words have one."""
        counts = {sentence: [0, 0] for sentence in range(len(self.wording.sentences))}
        for token in self.tokens:
            if len(token.key) > 1:
                counts[token.sentence][token.shape in ("Xx", "XX")] += 1
        return frozenset(at for at, (small, capital) in counts.items() if capital > 4 and capital > 2 * small)


def shape(surface: str) -> str:
    """Tell how a word is capitalised."""
    if not surface[:1].isupper():
        return "xx" if surface.islower() else ""
    if len(surface) == 1:
        return "X"
    if surface.isupper():
        return "XX"
    return "Xx" if any(letter.islower() for letter in surface) else ""
