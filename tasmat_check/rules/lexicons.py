"""Word classes: the lexicons of a pack, ready to be found in a text."""

from collections.abc import Collection, Iterable, Mapping

from tasmat_check.phrases import FREQUENT_WORDS, Beginning, Phrase, PlainPhrases, Text, parse, plain_keys
from tasmat_check.rules.anchors import Anchors
from tasmat_check.rules.triggers import REMEMBERED_KEYS, TriggerIndex


class Lexicon:
    """One word class: plain phrases in a table by first word, the others as parsed patterns."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Parse the lines of a lexicon file; raises ValueError for one that cannot be read."""
        by_line = {line: plain_keys(line) for line in lines}
        self._plain = PlainPhrases(plain for plain in by_line.values() if plain)
        parsed = [parse(line) for line, plain in by_line.items() if not plain]
        self._phrases = {id(phrase): phrase for phrase in parsed}
        self._index = TriggerIndex()
        for number, phrase in self._phrases.items():
            self._index.add(phrase.beginning(), number)
        self._by_key: dict[str, frozenset[int]] = {}

    @property
    def phrases(self) -> Iterable[Phrase]:
        """The phrases that are more than plain words."""
        return self._phrases.values()

    @property
    def plain(self) -> PlainPhrases:
        """The phrases that are words alone."""
        return self._plain

    def ends(self, text: Text, at: int) -> Collection[int]:
        """Give the ends of every phrase that begins at a word."""
        plain = self._plain.ends(text, at)
        if not self._phrases or not (numbers := self._candidates(text, at)):
            return plain
        found = set(plain)
        for phrase in (self._phrases[number] for number in numbers):
            if text.can_hold(phrase, at):
                found.update(phrase.ends(text, at))
        return found

    def _candidates(self, text: Text, at: int) -> frozenset[int]:
        """Give the phrases, by their object's id, that may begin at a word and are likely there."""
        word = text.words[at]
        found = self._beginning_with(word.key)
        if word.stem != word.key:
            found |= self._beginning_with(word.stem)
        for name in self._index.by_lexicon.keys() & text.lexicons_at(at):
            if text.lexicon_ends(name, at):
                found = found.union(self._index.by_lexicon[name])
        for label in text.labels_at(at):
            found = found.union(self._index.by_label.get(label, ()))
        return found & text.likely(at)

    def _beginning_with(self, key: str) -> frozenset[int]:
        found = self._by_key.get(key)
        if found is None:
            found = frozenset(self._index.begins_with(key))
            if len(self._by_key) < REMEMBERED_KEYS:
                self._by_key[key] = found
        return found


class Lexicons:
    """Every lexicon of a pack, and which of them may begin at a word."""

    def __init__(self, lines: Mapping[str, Iterable[str]]) -> None:
        """Parse all lexicons; the caller has validated them."""
        self._lexicons = {name: Lexicon(phrases) for name, phrases in lines.items()}
        self._names = list(self._lexicons)
        self._index = TriggerIndex()
        for number, lexicon in enumerate(self._lexicons.values()):
            self._index.add(Beginning(frozenset(lexicon.plain.first_keys)), number)
            for phrase in lexicon.phrases:
                self._index.add(phrase.beginning(), number)
        self._by_key: dict[str, frozenset[str]] = {}
        frequent = frozenset[str]().union(*map(self.beginning_with, FREQUENT_WORDS))
        self.anchors = Anchors(frequent)
        self._anchored = Anchors(frequent)
        for number, lexicon in enumerate(self._lexicons.values()):
            self._anchored.add((Beginning(lexicon.plain.rarest_keys()),), number)
            for phrase in lexicon.phrases:
                self._anchored.add(phrase.requirements, number)
                self.anchors.add(phrase.requirements, id(phrase))

    def likely(self, keys: frozenset[str], labels: frozenset[str]) -> frozenset[str]:
        """Name the lexicons of which a sentence may hold a phrase: the rarest part of one stands in it."""
        numbers = self._anchored.held(keys, (), labels)
        waiting = list(numbers)
        while waiting:
            found = self._anchored.held_by_lexicon(self._names[waiting.pop()]) - numbers
            numbers |= found
            waiting.extend(found)
        return frozenset(self._names[number] for number in numbers)

    def ends(self, text: Text, name: str, at: int) -> Collection[int]:
        """Give the ends of the phrases of one lexicon that begin at a word."""
        return self._lexicons[name].ends(text, at)

    def beginning_with(self, key: str) -> frozenset[str]:
        """Name the lexicons that may have a phrase beginning with a word of this key; worked out once a key."""
        found = self._by_key.get(key)
        if found is None:
            found = self._closure(set(self._index.begins_with(key)))
            if len(self._by_key) < REMEMBERED_KEYS:
                self._by_key[key] = found
        return found

    def beginning_with_label(self, label: str) -> frozenset[str]:
        """Name the lexicons that may have a phrase beginning with an entity of this label."""
        return self._closure(set(self._index.by_label.get(label, ())))

    def _closure(self, numbers: set[int]) -> frozenset[str]:
        """Name some lexicons, and those with phrases that begin with a phrase of these."""
        waiting = list(numbers)
        while waiting:
            for number in self._index.by_lexicon.get(self._names[waiting.pop()], ()):
                if number not in numbers:
                    numbers.add(number)
                    waiting.append(number)
        return frozenset(self._names[number] for number in numbers)
