"""Splits a text into words and sentences, the form in which recognizers and rules read it.

Nothing here knows any language beyond what a word looks like; meaning belongs to lexicons and rules.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from tasmat_check.folding import Folded, fold
from tasmat_check.models import Span

# A word may hold apostrophes and the characters that hide a letter from word filters (sh!t, b@stard, s**t, f***).
_WORD = re.compile(r"\w+(?:'\w+)*(?:[*$!]+[a-z]\w*|@[a-z]+(?![\w.]))*(?:\*{2,})?")
_HIDDEN_LETTERS = str.maketrans("@$!", "asi", "'")
# The look-behind and the possessive marks keep the search linear on long rows of dots.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[)\"']*+(?=\s|$)|[\n\r]+")
_END_OF_WORD = attrgetter("end")


class Word(NamedTuple):
    """One word of a wording.

    `key` is the folded form to compare with, apostrophes dropped ("Don't" → "dont"); `stem` is the key without a
    possessive s ("Sam's" → "sam"); `start` and `end` point into the original text; `sentence` counts from 0.
    """

    key: str
    stem: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True)
class Wording:
    """A text with its words and sentences, read once and shared by every recognizer and rule."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        """The text with letters folded, and the map back."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Stretches of the original text, in order, that end at sentence marks and line breaks."""
        spans: list[Span] = []
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            if self.text[start : match.start()].strip():
                spans.append(Span(start, match.end()))
            start = match.end()
        if self.text[start:].strip():
            spans.append(Span(start, len(self.text)))
        return tuple(spans)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word, in order."""
        folded = self.folded
        ends = [sentence.end for sentence in self.sentences] or [len(self.text)]
        last = len(ends) - 1
        sentence = 0
        words: list[Word] = []
        for match in _WORD.finditer(folded.text):
            span = folded.original(match.start(), match.end())
            while sentence < last and span.start >= ends[sentence]:
                sentence += 1
            written = match.group()
            key = written.translate(_HIDDEN_LETTERS)
            stem = written.removesuffix("'s").translate(_HIDDEN_LETTERS)
            words.append(Word(key, stem, span.start, span.end, sentence))
        return tuple(words)

    def words_in(self, span: Span) -> range:
        """Give the indexes of the words that overlap a stretch of the original text."""
        first = bisect_right(self.words, span.start, key=_END_OF_WORD)
        last = first
        while last < len(self.words) and self.words[last].start < span.end:
            last += 1
        return range(first, last)


def keys(phrase: str) -> tuple[str, ...]:
    """Split a phrase written in a lexicon or rule into the keys its words will have in a text."""
    return tuple(match.group().translate(_HIDDEN_LETTERS) for match in _WORD.finditer(fold(phrase).text))
