"""Word classes: the lexicons of a pack, ready to be found in a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tasmat_check.phrases import Phrase, Text, Trigger, parse

_PREFIX_LENGTH = 3


@dataclass
class TriggerIndex:
    """Finds which of many values may begin at a word, without trying each."""

    by_key: dict[str, list[int]] = field(default_factory=dict)
    by_prefix: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    by_label: dict[str, list[int]] = field(default_factory=dict)
    by_lexicon: dict[str, list[int]] = field(default_factory=dict)
    by_number: list[int] = field(default_factory=list)

    def add(self, triggers: Iterable[Trigger], value: int) -> None:
        """Remember that a value may begin with each of the triggers."""
        for trigger in triggers:
            if trigger.kind == "prefix":
                self.by_prefix.setdefault(trigger.value[:_PREFIX_LENGTH], []).append((trigger.value, value))
            elif trigger.kind == "number":
                self.by_number.append(value)
            else:
                index = {"key": self.by_key, "label": self.by_label, "lexicon": self.by_lexicon}[trigger.kind]
                index.setdefault(trigger.value, []).append(value)

    def begins_with(self, key: str) -> Iterator[int]:
        """Give the values that may begin with a word of this key, lexicons and entities aside."""
        yield from self.by_key.get(key, ())
        for prefix, value in self.by_prefix.get(key[:_PREFIX_LENGTH], ()):
            if key.startswith(prefix):
                yield value
        if self.by_number and key[0].isdigit():
            yield from self.by_number


class Lexicon:
    """One word class: plain phrases in a table by first word, the others as parsed patterns."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Parse the lines of a lexicon file; raises ValueError for one that cannot be read."""
        self._plain: dict[str, list[tuple[str, ...]]] = {}
        self._phrases: list[Phrase] = []
        self._index = TriggerIndex()
        for line in lines:
            self._add(parse(line))

    def _add(self, phrase: Phrase) -> None:
        if phrase.plain:
            self._plain.setdefault(phrase.plain[0], []).append(phrase.plain[1:])
            return
        self._index.add(phrase.beginning().triggers, len(self._phrases))
        self._phrases.append(phrase)

    @property
    def phrases(self) -> list[Phrase]:
        """The phrases that are more than plain words."""
        return self._phrases

    @property
    def plain_keys(self) -> Iterable[str]:
        """The first words of the plain phrases."""
        return self._plain

    def ends(self, text: Text, at: int) -> set[int]:
        """Give the ends of every phrase that begins at a word."""
        word = text.words[at]
        found: set[int] = set()
        for key in {word.key, word.stem}:
            for rest in self._plain.get(key, ()):
                if _follow(text, at + 1, rest):
                    found.add(at + 1 + len(rest))
        for phrase in self._candidates(text, at):
            found.update(phrase.ends(text, at))
        return found

    def _candidates(self, text: Text, at: int) -> Iterator[Phrase]:
        if not self._phrases:
            return
        word = text.words[at]
        seen: set[int] = set()
        for key in {word.key, word.stem}:
            seen.update(self._index.begins_with(key))
        for name, values in self._index.by_lexicon.items():
            if not seen.issuperset(values) and text.lexicon_ends(name, at):
                seen.update(values)
        for label, values in self._index.by_label.items():
            if text.entity_ends(label, "", at):
                seen.update(values)
        for value in seen:
            yield self._phrases[value]


def _follow(text: Text, at: int, rest: tuple[str, ...]) -> bool:
    words = text.words
    if at + len(rest) > len(words):
        return False
    return all(key in (word.key, word.stem) for key, word in zip(rest, words[at:], strict=False))


class Lexicons:
    """Every lexicon of a pack, and which of them may begin at a word."""

    def __init__(self, lines: Mapping[str, Iterable[str]]) -> None:
        """Parse all lexicons; the caller has validated them."""
        self._lexicons = {name: Lexicon(phrases) for name, phrases in lines.items()}
        self._names = list(self._lexicons)
        self._index = TriggerIndex()
        for number, lexicon in enumerate(self._lexicons.values()):
            self._index.add((Trigger("key", key) for key in lexicon.plain_keys), number)
            for phrase in lexicon.phrases:
                self._index.add(phrase.beginning().triggers, number)

    def ends(self, text: Text, name: str, at: int) -> set[int]:
        """Give the ends of the phrases of one lexicon that begin at a word."""
        return self._lexicons[name].ends(text, at)

    def beginning_with(self, key: str) -> set[str]:
        """Name the lexicons that may have a phrase beginning with a word of this key."""
        return self._closure(set(self._index.begins_with(key)))

    def beginning_with_label(self, label: str) -> set[str]:
        """Name the lexicons that may have a phrase beginning with an entity of this label."""
        return self._closure(set(self._index.by_label.get(label, ())))

    def _closure(self, numbers: set[int]) -> set[str]:
        """Name some lexicons, and those with phrases that begin with a phrase of these."""
        waiting = list(numbers)
        while waiting:
            for number in self._index.by_lexicon.get(self._names[waiting.pop()], ()):
                if number not in numbers:
                    numbers.add(number)
                    waiting.append(number)
        return {self._names[number] for number in numbers}
