"""Word classes: the lexicons of a pack, ready to be found in a text.

A phrase is sought at a word only when it can begin there and the sentence holds its rarest part.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from typing import Protocol

from tasmat_check.phrases import FREQUENT_WORDS, Phrase, PlainPhrases, Text, Trigger, parse, plain_keys
from tasmat_check.rules.anchors import Anchors
from tasmat_check.rules.triggers import TriggerIndex, of_word, remembered


class ScreenedText(Text, Protocol):
    """A text that rules most lexicons and phrases out before they are sought."""

    def labels_at(self, at: int) -> Collection[str]:
        """Name the labels of the entities that begin in a word."""

    def lexicons_at(self, at: int) -> frozenset[str]:
        """Name the lexicons that may have a phrase beginning at a word."""

    def likely(self, at: int) -> Set[Phrase]:
        """Give the phrases whose rarest part stands in the sentence that holds a word."""

    def can_hold(self, phrase: Phrase, at: int) -> bool:
        """Say whether the sentence that holds a word meets every requirement of a phrase."""


class Lexicon:
    """One word class: plain phrases in a table by first word, the others as parsed patterns."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Parse the lines of a lexicon file; raises ValueError for one that cannot be read."""
        by_line = {line: plain_keys(line) for line in lines}
        self.plain = PlainPhrases(plain for plain in by_line.values() if plain)
        self.phrases = tuple(parse(line) for line, plain in by_line.items() if not plain)
        self._index = TriggerIndex[Phrase]()
        for phrase in self.phrases:
            self._index.add(phrase.beginning(), phrase)
        self._used = frozenset(self._index.by_lexicon)

    def ends(self, text: ScreenedText, at: int) -> Collection[int]:
        """Give the ends of every phrase that begins at a word, wherever sentences end."""
        plain = self.plain.ends(text.words, at)
        if not self.phrases or not (candidates := self._candidates(text, at)):
            return plain
        found = set(plain)
        for phrase in candidates:
            if text.can_hold(phrase, at):
                found.update(phrase.ends(text, at))
        return found

    def _candidates(self, text: ScreenedText, at: int) -> frozenset[Phrase]:
        """Give the phrases that may begin at a word and whose rarest part its sentence holds."""
        found = of_word(self._index.triggered_by, text.words[at])
        for name in self._used & text.lexicons_at(at) if self._used else ():
            if text.lexicon_ends(name, at):
                found = found.union(self._index.by_lexicon[name])
        for label in text.labels_at(at):
            found = found.union(self._index.by_label.get(label, ()))
        return found & text.likely(at) if found else found


class Lexicons:
    """Every lexicon of a pack, which of them may begin at a word, and which a sentence may hold.

    `beginning_with` names the lexicons that may have a phrase beginning with a word of a key. `anchors` holds the
    phrases of all lexicons; the rules add their own.
    """

    def __init__(self, lines: Mapping[str, Iterable[str]]) -> None:
        """Parse all lexicons; the caller has validated them."""
        self._lexicons = {name: Lexicon(phrases) for name, phrases in lines.items()}
        self._names = list(self._lexicons)
        self._beginnings = TriggerIndex[int]()
        for number, lexicon in enumerate(self._lexicons.values()):
            self._beginnings.add(Trigger(lexicon.plain.first_keys), number)
            for phrase in lexicon.phrases:
                self._beginnings.add(phrase.beginning(), number)
        self.beginning_with = remembered(self._beginning_with)
        frequent = frozenset[str]().union(*map(self.beginning_with, FREQUENT_WORDS))
        self.anchors = Anchors[Phrase](frequent)
        self._anchored = Anchors[int](frequent)
        for number, lexicon in enumerate(self._lexicons.values()):
            self._anchored.add((Trigger(lexicon.plain.rarest_keys),), number)
            for phrase in lexicon.phrases:
                self._anchored.add(phrase.requirements, number)
                self.anchors.add(phrase.requirements, phrase)

    def ends(self, text: ScreenedText, name: str, at: int) -> Collection[int]:
        """Give the ends of the phrases of one lexicon that begin at a word, wherever sentences end."""
        return self._lexicons[name].ends(text, at)

    def likely(self, keys: Iterable[str], labels: Iterable[str]) -> frozenset[str]:
        """Name the lexicons of which a sentence may hold a phrase: the rarest part of one stands in it."""
        return self._with_users(self._anchored.held(keys, (), labels), self._anchored.by_lexicon)

    def _beginning_with(self, key: str) -> frozenset[str]:
        return self._with_users(self._beginnings.triggered_by(key), self._beginnings.by_lexicon)

    def beginning_with_label(self, label: str) -> frozenset[str]:
        """Name the lexicons that may have a phrase beginning with an entity of this label."""
        return self._with_users(self._beginnings.by_label.get(label, ()), self._beginnings.by_lexicon)

    def _with_users(self, numbers: Iterable[int], users: Mapping[str, Iterable[int]]) -> frozenset[str]:
        """Name some lexicons, those that use one of them, and so on."""
        found = set(numbers)
        waiting = list(found)
        while waiting:
            new = set(users.get(self._names[waiting.pop()], ())) - found
            found |= new
            waiting.extend(new)
        return frozenset(self._names[number] for number in found)
