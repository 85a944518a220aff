"""Reads the digits of a text however they are given: numerals, words, letters that stand in for them.

Knows nothing of what the digits mean; `phones` and others judge that.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = {
    **dict.fromkeys(("zero", "oh", "o", "nought", "naught", "nil"), "0"),
    **{
        word: str(n)
        for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], start=1)
    },
}
_TEENS = {word: str(n) for n, word in enumerate(("ten", "eleven", "twelve"), start=10)}
_TENS = {
    word: str(n)
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_REPEATS = {"double": 2, "dbl": 2, "triple": 3, "treble": 3}
_WORDS = (*_UNITS, *_TEENS, *_TENS, *_REPEATS, "hundred")
_NUMERAL = re.compile(r"\d+")
_ANY = re.compile(rf"\d+|(?<![a-z0-9_'])(?:{'|'.join(_WORDS)})(?![a-z0-9_'])")
# A spelled number opens with nought or goes on from an area code in figures: a text without either is not worth
# reading word by word.
_OPENING = re.compile(
    r"(?<![a-z'])(?:oh?|zero|nought|naught|plus|double (?:oh?|zero|nought))[^a-z0-9\n]{1,4}"
    r"(?:\d|one|two|three|four|five|seven|eight|nine|double|oh?\b|zero|triple|treble)"
    r"|(?<!\d)0\d{1,4}[ -]{1,2}(?:one|two|three|four|five|six|seven|eight|nine|double|oh|zero|triple|treble)\b"
)
_STAND_IN = re.compile(r"(?<![a-z0-9_])(?=[oli]*\d)[0-9oli]*[oli][0-9oli]*(?![a-wyz_])|(?<=\d[ .-])[ol]{2,6}(?![a-z_])")
_STAND_INS = str.maketrans("oli", "011")
_GAP = re.compile(r"[^\w\n:;=£$€%<>?!+&@#]{0,4}")
_SPOKEN_GAP = re.compile(r"[^\w\n=£$€%<>+&@#]{0,4}(?:and[ -])?")


class Chunk(NamedTuple):
    """Digits that stand together at `start`–`end` of the text they were read from.

    `spelled` tells that a word gave them, `plus` that the word "plus" comes before.
    """

    digits: str
    start: int
    end: int
    spelled: bool = False
    plus: bool = False


def runs(text: str) -> Iterator[list[Chunk]]:
    """Give the chunks of a folded text in runs that nothing but a little spacing or punctuation divides."""
    spelled = _OPENING.search(text) is not None
    if not spelled and _NUMERAL.search(text) is None:
        return
    # The same length as before, so that offsets hold.
    text = _STAND_IN.sub(lambda match: match.group().translate(_STAND_INS), text)
    run: list[Chunk] = []
    for chunk in _spoken(text) if spelled else _numerals(text):
        if run and not _close(text, run[-1], chunk):
            yield run
            run = []
        run.append(chunk)
    if run:
        yield run


def _close(text: str, left: Chunk, right: Chunk) -> bool:
    if right.start - left.end > 8 or right.plus:
        return False
    gap = _SPOKEN_GAP if left.spelled or right.spelled else _GAP
    return gap.fullmatch(text, left.end, right.start) is not None


def _numerals(text: str) -> Iterator[Chunk]:
    for match in _NUMERAL.finditer(text):
        yield Chunk(match.group(), match.start(), match.end())


def _spoken(text: str) -> Iterator[Chunk]:
    """Read numerals and digit words; "double oh" and "nine hundred" are one chunk each."""
    tokens = [(match.group(), match.start(), match.end()) for match in _ANY.finditer(text)]
    index = 0
    while index < len(tokens):
        word, start, end = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) and tokens[index + 1][1] - end <= 2 else ("", end, end)
        digits, taken = _value(word, following[0])
        if digits:
            plus = text[max(0, start - 5) : start] == "plus "
            yield Chunk(digits, start, following[2] if taken == 2 else end, not word.isdecimal(), plus)
        index += taken


def _value(word: str, following: str) -> tuple[str, int]:
    """Give the digits that a word stands for, with the next one where the two belong together, and how many it took."""
    if word.isdecimal():
        return (word + "00", 2) if following == "hundred" and len(word) == 1 else (word, 1)
    if word in _REPEATS:
        digit = _UNITS.get(following, following if following.isdecimal() and len(following) == 1 else "")
        return digit * _REPEATS[word], 2 if digit else 1
    if word in _TENS:
        unit = _UNITS.get(following, "0")
        return _TENS[word] + unit, 2 if unit != "0" else 1
    if word in _UNITS and following == "hundred":
        return _UNITS[word] + "00", 2
    return _UNITS.get(word) or _TEENS.get(word, ""), 1
