"""Tells, before any place is looked at, of which phrases a sentence holds the rarest part."""

from collections.abc import Iterable

from tasmat_check.phrases import Beginning
from tasmat_check.rules.triggers import REMEMBERED_KEYS, TriggerIndex
from tasmat_check.wording import keys

FREQUENT_WORDS = frozenset(
    keys(
        "a all an and are as at be been but by can did do does for from get go got had has have he her him his i if im "
        "in is it its just know like me my no not now of on one or our out she so that the their them then they this "
        "to up us was we were what when who will with you your"
    )
)
"""Words so frequent that nearly every sentence holds some of them."""

_VAGUE = 100


class Anchors:
    """Holds, for every phrase, the part that fewest sentences hold; callers choose the numbers phrases go by."""

    def __init__(self, frequent_lexicons: frozenset[str]) -> None:
        """Take the lexicons that are as frequent as the words they begin with."""
        self._frequent_lexicons = frequent_lexicons
        self._index = TriggerIndex()
        self._by_key: dict[str, frozenset[int]] = {}

    def add(self, parts: Iterable[Beginning], number: int) -> None:
        """Anchor a phrase, given by what each of its parts begins with, at the rarest of them."""
        self._index.add(min(parts, key=self._frequency, default=Beginning(anywhere=True)), number)

    def _frequency(self, part: Beginning) -> float:
        vague = _VAGUE if part.number or part.anywhere else len(part.prefixes)
        frequent = len(part.keys & FREQUENT_WORDS) + len(part.lexicons & self._frequent_lexicons)
        return vague + frequent + len(part.keys) / 1000

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
