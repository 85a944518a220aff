"""Tells, before any place is looked at, of which phrases a sentence holds the rarest part: their anchor."""

from collections.abc import Hashable, Iterable, Mapping, Set
from typing import Generic, TypeVar

from tasmat_check.phrases import Trigger
from tasmat_check.rules.triggers import TriggerIndex

_Member = TypeVar("_Member", bound=Hashable)


class Anchors(Generic[_Member]):
    """Holds phrases, or what stands for them, each under the one of its requirements that fewest sentences meet."""

    def __init__(self, frequent_lexicons: Set[str]) -> None:
        """Take the lexicons that are as frequent as the words they begin with."""
        self._frequent_lexicons = frequent_lexicons
        self._index = TriggerIndex[_Member]()

    def add(self, requirements: Iterable[Trigger], member: _Member) -> None:
        """Anchor a phrase at its rarest requirement; one without any can be in every sentence."""
        anchor = min(requirements, key=self._frequency, default=Trigger(anywhere=True))
        self._index.add(anchor, member)

    def _frequency(self, requirement: Trigger) -> float:
        return requirement.frequency(self._frequent_lexicons)

    @property
    def by_lexicon(self) -> Mapping[str, Iterable[_Member]]:
        """The phrases that are anchored at each lexicon."""
        return self._index.by_lexicon

    def held(self, keys: Iterable[str], lexicons: Iterable[str], labels: Iterable[str]) -> set[_Member]:
        """Give the phrases whose anchor is among the words, lexicons or labels of a sentence."""
        found: set[_Member] = set().union(*map(self._index.triggered_by, keys))
        for name in lexicons:
            found.update(self._index.by_lexicon.get(name, ()))
        for label in labels:
            found.update(self._index.by_label.get(label, ()))
        return found
