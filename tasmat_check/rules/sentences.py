"""What one sentence holds at all: enough to rule most lexicons and phrases out before any place is looked at."""

from functools import cached_property

from tasmat_check.phrases import Phrase, Signs
from tasmat_check.rules.lexicons import Lexicons, ScreenedText
from tasmat_check.rules.triggers import of_word


class Sentence:
    """One sentence of a text. What is asked of it twice is worked out once."""

    def __init__(self, text: ScreenedText, words: range, lexicons: Lexicons) -> None:
        """Take the words of the sentence by their indexes in the text."""
        self.words = words
        self._text = text
        self._lexicons = lexicons
        self._can_hold: dict[Phrase, bool] = {}
        self._holds: dict[str, bool] = {}

    @cached_property
    def lexicons_at(self) -> dict[int, frozenset[str]]:
        """The lexicons that may have a phrase beginning at each word."""
        likely = self._lexicons.likely(self._keys, self._labels)
        return {at: likely & self._beginning_at(at) for at in self.words}

    def _beginning_at(self, at: int) -> frozenset[str]:
        found = of_word(self._lexicons.beginning_with, self._text.words[at])
        return found.union(*map(self._lexicons.beginning_with_label, self._text.labels_at(at)))

    @cached_property
    def likely(self) -> set[Phrase]:
        """The phrases whose rarest part stands in the sentence."""
        signs = self._signs
        return self._lexicons.anchors.held(signs.keys, signs.lexicons, signs.labels)

    def can_hold(self, phrase: Phrase) -> bool:
        """Say whether the sentence meets every requirement of a phrase, wherever in it."""
        found = self._can_hold.get(phrase)
        if found is None:
            found = self._can_hold[phrase] = self._meets_requirements(phrase)
        return found

    def _meets_requirements(self, phrase: Phrase) -> bool:
        # A plain loop: this is asked some hundred and fifty times a post.
        for keys in phrase.required_keys:
            if self._keys.isdisjoint(keys):
                return False
        if phrase.required_otherwise and not all(map(self._signs.allow, phrase.required_otherwise)):
            return False
        # Last, since only lexicons are looked up place by place.
        if not phrase.required_lexicons:
            return True
        return all(any(map(self._holds_lexicon, names & self._signs.lexicons)) for names in phrase.required_lexicons)

    def _holds_lexicon(self, name: str) -> bool:
        found = self._holds.get(name)
        if found is None:
            found = any(self._text.lexicon_ends(name, at) for at in self._places.get(name, ()))
            self._holds[name] = found
        return found

    @cached_property
    def _signs(self) -> Signs:
        return Signs(self._keys, frozenset(self._places), self._labels)

    @cached_property
    def _keys(self) -> frozenset[str]:
        words = self._text.words[self.words.start : self.words.stop]
        return frozenset(key for word in words for key in (word.key, word.stem))

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(label for at in self.words for label in self._text.labels_at(at))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each lexicon may begin."""
        places: dict[str, list[int]] = {}
        for at, names in self.lexicons_at.items():
            for name in names:
                places.setdefault(name, []).append(at)
        return places
