"""Writes texts as hurried fingers or evasive ones would: what a post means does not change with its spelling."""

import random
import re
from collections.abc import Callable, Iterator

_PART = re.compile(r"(?P<word>[^\W\d_]{4,})|[^\W\d_]{1,3}|[\W\d_]+")
_SHARE_OF_WORDS = 0.3
_SIGNS = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}


def slipped(text: str, chance: random.Random) -> tuple[str, list[int]]:
    """Misspell some of a text's longer words; also gives where each offset, the end included, is in the new text."""
    written: list[str] = []
    offsets: list[int] = []
    length = 0
    for old, new in _parts(text, chance):
        offsets.extend(length + min(inside, len(new)) for inside in range(len(old)))
        written.append(new)
        length += len(new)
    return "".join(written), [*offsets, length]


def _parts(text: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Give the text in parts, each as it was and as it is now."""
    for match in _PART.finditer(text):
        part = match[0]
        if match["word"] and chance.random() < _SHARE_OF_WORDS:
            yield part, chance.choice(_SLIPS)(part, chance)
        elif part == " " and chance.random() < _SHARE_OF_WORDS / 10:
            yield part, ""
        else:
            yield part, part


def _left_out(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _starred(word: str, chance: random.Random) -> str:
    start = chance.randrange(1, len(word) - 1)
    end = chance.randrange(start + 1, len(word))
    return word[:start] + "*" * (end - start) + word[end:]


def _parted(word: str, chance: random.Random) -> str:
    """Put a space, dot or hyphen at one place inside a word, or between all of its letters."""
    mark = chance.choice(" .-")
    if chance.random() < 1 / 3:
        return mark.join(word)
    at = chance.randrange(1, len(word))
    return word[:at] + mark + word[at:]


def _signed(word: str, chance: random.Random) -> str:
    """Write signs that look like them for some letters."""
    return "".join(chance.choice(_SIGNS.get(letter.lower(), letter) + letter) for letter in word)


_SLIPS: tuple[Callable[[str, random.Random], str], ...] = (_left_out, _doubled, _swapped, _starred, _parted, _signed)
