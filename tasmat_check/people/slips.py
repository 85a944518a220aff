"""Finds names that are one slip away from a word: a letter changed, added, left out, or two swapped.

The index holds every name with each of its letters left out in turn (W. Garbe's symmetric delete method), so a look-up
costs as many steps as the word has letters, however many names there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

_SHORTEST = 5


class SlipIndex:
    """Names of five letters or more, findable by words one slip away."""

    def __init__(self, names: Iterable[str]) -> None:
        index: defaultdict[str, list[str]] = defaultdict(list)
        for name in set(names):
            if len(name) >= _SHORTEST:
                for form in _without_one(name):
                    index[form].append(name)
        self._index: Mapping[str, list[str]] = dict(index)

    def near(self, word: str) -> set[str]:
        """Give the names exactly one slip from a word, never the word itself."""
        if len(word) < _SHORTEST - 1:
            return set()
        index = self._index
        found = {name for form in _without_one(word) for name in index.get(form, ())}
        return {name for name in found if name != word and _one_slip(name, word)}


def _without_one(word: str) -> Iterator[str]:
    yield word
    for position in range(len(word)):
        yield word[:position] + word[position + 1 :]


def _one_slip(name: str, word: str) -> bool:
    start = 0
    shorter = min(len(name), len(word))
    while start < shorter and name[start] == word[start]:
        start += 1
    left, right = name[start:], word[start:]
    if len(left) != len(right):
        return left[1:] == right or left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
