"""Tells, before any place is looked at, of which phrases a sentence holds the rarest part."""

from collections.abc import Iterable

from tasmat_check.phrases import Beginning
from tasmat_check.rules.triggers import REMEMBERED_KEYS, TriggerIndex


class Anchors:
    """Holds, for every phrase, the part that fewest sentences hold; callers choose the numbers phrases go by."""

    def __init__(self, frequent_lexicons: frozenset[str]) -> None:
        """Take the lexicons that are as frequent as the words they begin with."""
        self._frequent_lexicons = frequent_lexicons
        self._index = TriggerIndex()
        self._by_key: dict[str, frozenset[int]] = {}

    def add(self, parts: Iterable[Beginning], number: int) -> None:
        """Anchor a phrase, given by what its parts can be told by, at the rarest of them."""
        rarest = min(parts, key=lambda part: part.frequency(self._frequent_lexicons), default=Beginning(anywhere=True))
        self._index.add(rarest, number)

    def held(self, keys: frozenset[str], lexicons: Iterable[str], labels: Iterable[str]) -> set[int]:
        """Give the numbers of the phrases whose anchor is among the words, lexicons or labels of a sentence."""
        found: set[int] = set().union(*map(self._held_by_key, keys))
        for name in lexicons:
            found.update(self._index.by_lexicon.get(name, ()))
        for label in labels:
            found.update(self._index.by_label.get(label, ()))
        return found

    def held_by_lexicon(self, name: str) -> set[int]:
        """Give the numbers of the phrases that are anchored at a lexicon."""
        return set(self._index.by_lexicon.get(name, ()))

    def _held_by_key(self, key: str) -> frozenset[int]:
        found = self._by_key.get(key)
        if found is None:
            found = frozenset(self._index.begins_with(key))
            if len(self._by_key) < REMEMBERED_KEYS:
                self._by_key[key] = found
        return found
