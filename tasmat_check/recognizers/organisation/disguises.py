"""Finds given names in a folded text however they are spelt: joined, spaced out, masked, or with one letter wrong.

Spaces, marks and emoji are squeezed out of the text and digits that stand for letters are read as letters; a name found
in what remains is then judged by how its letters stand in the text. Misspellings are looked up among all strings one
edit away from a name (Damerau 1964: a letter too many, too few, wrong, or two swapped).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Literal

from tasmat_check.folding import fold

Spelling = Literal["plain", "hidden", "spaced", "split", "joined", "masked", "misspelt"]

_LETTER_FOR = {
    "0": "o",
    "1": "i",
    "l": "i",
    "!": "i",
    "3": "e",
    "4": "a",
    "@": "a",
    "€": "e",
    "5": "s",
    "$": "s",
    "7": "t",
}
_MASKS = "*•●█■✱＊"
_MASKABLE = re.compile(rf"[\w@${_MASKS}]+")
_WORD_PART_BEFORE = re.compile(r"[a-z']+\Z")
_WORD_PART_AFTER = re.compile(r"[a-z]{1,12}")
_LETTERS = re.compile(r"[a-z]+")
_SENTENCE_GAP = re.compile(r"[.,;:!?)]\s|\n\s*\n|\w")
_LONGEST_GAP = 4
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class _Squeezing(dict[int, str]):
    """Translates a folded text to letters alone; each character is decided once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        letter = _LETTER_FOR.get(character) or (character if character.isalpha() else "")
        if len(self) < 4096:
            self[code] = letter
        return letter


_SQUEEZE = _Squeezing()


def squeeze(folded: str) -> str:
    """Reduce a folded text to its letters; l and i, which stand in for each other, become i."""
    return folded.translate(_SQUEEZE)


def spelled(name: str) -> str:
    """Write a name as a regular expression for folded text in which digits may stand for the letters of long words."""
    return r"[\s-]+".join(_spelled_word(word) for word in fold(name).text.split())


def _spelled_word(word: str) -> str:
    if len(word) < 5:
        return re.escape(word)
    signs = {letter: "".join(sign for sign in _LETTER_FOR if _LETTER_FOR[sign] == squeeze(letter)) for letter in word}
    return "".join(f"[{re.escape(letter + signs[letter])}]" for letter in word)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name seen at `start`–`end` of a folded text; `name` is the name's number."""

    name: int
    start: int
    end: int
    spelling: Spelling


class NameFinder:
    """Finds names in any spelling; names that contain another one are found in fewer spellings."""

    def __init__(self, names: Sequence[str], lookalikes: Iterable[str] = ()) -> None:
        """Prepare the names; `lookalikes` are wordings that resemble one and are never taken for it."""
        self._names = [_Name(number, _words(name)) for number, name in enumerate(names)]
        self._roots = [name for name in self._names if not any(_within(other, name) for other in self._names)]
        self._lookalikes = frozenset(map(_words, lookalikes))
        joined = {"".join(phrase) for phrase in self._lookalikes}
        self._joined_lookalikes = joined.difference("".join(name.words) for name in self._names)
        self._variants = self._misspellings()
        self._first_words = {variant.partition(" ")[0] for variant in self._variants}
        self._most_words = max((variant.count(" ") + 1 for variant in self._variants), default=1)

    def find(self, text: str) -> Iterator[Sighting]:
        """Find names in a folded text; sightings may overlap and come in no order."""
        squeezed = squeeze(text)
        if any(name.squeezed in squeezed for name in self._roots):
            yield from self._squeezed(text, squeezed)
        yield from self._misspelt(text)
        if any(mask in text for mask in _MASKS):
            yield from self._masked(text)

    def _squeezed(self, text: str, squeezed: str) -> Iterator[Sighting]:
        places = [place for place, character in enumerate(text) if _SQUEEZE[ord(character)]]
        for name in self._names:
            for spelled in name.spellings:
                at = squeezed.find(spelled)
                while at >= 0:
                    letters = places[at : at + len(spelled)]
                    spelling = name.judge(text, letters)
                    if spelling and not self._is_lookalike(text, letters[0], letters[-1] + 1):
                        yield Sighting(name.number, letters[0], letters[-1] + 1, spelling)
                    at = squeezed.find(spelled, at + len(spelled))

    def _is_lookalike(self, text: str, start: int, end: int) -> bool:
        left = _WORD_PART_BEFORE.search(text, max(start - 12, 0), start)
        right = _WORD_PART_AFTER.match(text, end)
        words = _words(text[left.start() if left else start : right.end() if right else end])
        return words in self._lookalikes or (len(words) == 1 and words[0] in self._joined_lookalikes)

    def _misspelt(self, text: str) -> Iterator[Sighting]:
        words = list(_LETTERS.finditer(text))
        for index, word in enumerate(words):
            if word.group() not in self._first_words:
                continue
            phrase, end = "", word.start()
            for following in words[index : index + self._most_words]:
                if phrase and _SENTENCE_GAP.search(text[end : following.start()]):
                    break
                phrase, end = f"{phrase} {following.group()}".lstrip(), following.end()
                if (number := self._variants.get(phrase)) is not None and not _goes_on(text, word.start(), end):
                    yield Sighting(number, word.start(), end, "misspelt")

    def _misspellings(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for name in self._roots:
            found.update(dict.fromkeys(name.misspellings(), name.number))
        for name in self._names:
            found.pop(" ".join(name.words), None)
            found.pop(" ".join(name.words) + "s", None)
        for phrase in self._lookalikes:
            found.pop(" ".join(phrase), None)
            found.pop("".join(phrase), None)
        return found

    def _masked(self, text: str) -> Iterator[Sighting]:
        tokens = list(_MASKABLE.finditer(text))
        for index, token in enumerate(tokens):
            if len(token.group()) > 40 or not any(mask in token.group() for mask in _MASKS):
                continue
            near = tokens[max(index - 1, 0) : index + 2]
            sightings = list(self._masked_names((token,)))
            for pair in () if sightings else pairwise(near):
                sightings += self._masked_names(pair)
            yield from sightings

    def _masked_names(self, group: Sequence[re.Match[str]]) -> Iterator[Sighting]:
        word = "".join(part.group() for part in group)
        known = len(squeeze(word))
        for name in self._roots:
            length = len(name.squeezed)
            if max(length / 2, 4) <= known < length and _fits(word, name.squeezed):
                yield Sighting(name.number, group[0].start(), group[-1].end(), "masked")


class _Name:
    """One name: its words, and its letters squeezed together."""

    def __init__(self, number: int, words: tuple[str, ...]) -> None:
        self.number = number
        self.words = words
        self.squeezed = squeeze("".join(words))
        short = squeeze("".join(word for word in words if word != "and"))
        self.spellings = tuple(dict.fromkeys((self.squeezed, short)))
        self._breaks = {spelled: _breaks(words, spelled == self.squeezed) for spelled in self.spellings}
        self._letters = "".join(words)

    def judge(self, text: str, letters: list[int]) -> Spelling | None:
        """Say how the name's letters stand at these places of a text; None when they are not the name."""
        start, end = letters[0], letters[-1] + 1
        gaps = [index for index, (left, right) in enumerate(pairwise(letters), 1) if right - left > 1]
        if any(not _is_gap(text, letters[index - 1] + 1, letters[index]) for index in gaps):
            return None
        own_breaks = self._breaks[self.squeezed if len(letters) == len(self.squeezed) else self.spellings[-1]]
        strange = [index for index in gaps if index not in own_breaks]
        if not strange:
            if _goes_on(text, start, end):
                return "joined"
            return "plain" if self._is_plain(text, letters) else "hidden"
        if _goes_on(text, start, end) or len(letters) < 6:
            return None
        if len(gaps) >= len(letters) - len(self.words):
            return "spaced"
        return self._split(text, letters, strange)

    def _split(self, text: str, letters: list[int], strange: list[int]) -> Spelling | None:
        """Allow one or two gaps inside a word; a mere space or apostrophe makes a short name by chance."""
        bare = all(not text[letters[index - 1] + 1 : letters[index]].strip(" '") for index in strange)
        if len(strange) > 2 or (bare and len(letters) < 8):
            return None
        return "split"

    def _is_plain(self, text: str, letters: list[int]) -> bool:
        return all(text[place].isalpha() for place in letters)

    def misspellings(self) -> Iterator[str]:
        """Give every spelling with one letter wrong in one word of five letters or more, the first letter kept.

        Also with a letter typed twice where the name is split in two ("Oakw wood" for Oakwood).
        """
        if len(self._letters) < 6:
            return
        for index, word in enumerate(self.words):
            if len(word) >= 5:
                for wrong in _one_edit_away(word):
                    yield " ".join((*self.words[:index], wrong, *self.words[index + 1 :]))
        if len(self.words) == 2:
            yield from _one_edit_away(self._letters)
        if len(self.words) == 1 and len(self._letters) >= 8:
            for at in range(2, len(self._letters) - 2):
                yield f"{self._letters[: at + 1]} {self._letters[at:]}"


def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(name).text.replace("'", "")))


def _within(inner: _Name, outer: _Name) -> bool:
    return inner is not outer and inner.squeezed in outer.squeezed and len(inner.squeezed) < len(outer.squeezed)


def _breaks(words: Iterable[str], with_and: bool) -> frozenset[int]:
    ends, length = set(), 0
    for word in words:
        if word != "and" or with_and:
            length += len(word)
        ends.add(length)
    return frozenset(ends)


def _is_gap(text: str, start: int, end: int) -> bool:
    """Say whether what stands between two letters of a name may stand there."""
    return end - start <= _LONGEST_GAP and not _SENTENCE_GAP.search(text[start:end].replace("_", " "))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Say whether letters or a hashtag's parts stand directly before or after a stretch."""
    before = start > 0 and (text[start - 1].isalpha() or text[start - 1] == "_")
    return before or (end < len(text) and (text[end].isalpha() or text[end] == "_"))


def _fits(word: str, name: str) -> bool:
    """Say whether a masked word can be a name: one mask a letter, or one run of masks for several."""
    read = "".join("*" if c in _MASKS else squeeze(c) for c in word)
    if len(read) == len(name):
        return all(c in ("*", letter) for c, letter in zip(read, name, strict=True))
    head = "".join(takewhile(lambda c: c != "*", read))
    tail = read[len(head) :].lstrip("*")
    return "*" not in tail and name.startswith(head) and name.endswith(tail)


def _one_edit_away(word: str) -> Iterator[str]:
    """Give the strings one edit away, first letter kept unless it is swapped with the second."""
    for at in range(len(word)):
        if at:
            yield word[:at] + word[at + 1 :]
            yield from (word[:at] + letter + word[at + 1 :] for letter in _ALPHABET)
        yield from (word[: at + 1] + letter + word[at + 1 :] for letter in _ALPHABET)
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
