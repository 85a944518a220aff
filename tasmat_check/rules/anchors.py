"""Tells, before any place is looked at, of which phrases a sentence holds the rarest part: their anchor."""

from collections.abc import Iterable, Mapping, Set

from tasmat_check.phrases import Trigger
from tasmat_check.rules.triggers import TriggerIndex


class Anchors:
    """Holds numbered phrases, each under the one of its requirements that fewest sentences meet."""

    def __init__(self, frequent_lexicons: Set[str]) -> None:
        """Take the lexicons that are as frequent as the words they begin with."""
        self._frequent_lexicons = frequent_lexicons
        self._index = TriggerIndex()

    def add(self, requirements: Iterable[Trigger], number: int) -> None:
        """Anchor a phrase at its rarest requirement; one without any can be in every sentence."""
        anchor = min(requirements, key=self._frequency, default=Trigger(anywhere=True))
        self._index.add(anchor, number)

    def _frequency(self, requirement: Trigger) -> float:
        return requirement.frequency(self._frequent_lexicons)

    @property
    def by_lexicon(self) -> Mapping[str, Iterable[int]]:
        """The phrases that are anchored at each lexicon."""
        return self._index.by_lexicon

    def held(self, keys: Iterable[str], lexicons: Iterable[str], labels: Iterable[str]) -> set[int]:
        """Give the phrases whose anchor is among the words, lexicons or labels of a sentence."""
        found: set[int] = set().union(*map(self._index.triggered_by, keys))
        for name in lexicons:
            found.update(self._index.by_lexicon.get(name, ()))
        for label in labels:
            found.update(self._index.by_label.get(label, ()))
        return found
