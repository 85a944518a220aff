"""What phrases are made of, and how each part is found in a text."""
# ruff: noqa: D102 - the methods of elements are described once, by Element

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import Any, Protocol

from tasmat_check.phrases.plain import PlainPhrases
from tasmat_check.phrases.triggers import Trigger
from tasmat_check.wording import Word


class Text(Protocol):
    """What a phrase is matched against. Words go by their index; an end is the index after a match's last word."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word of the text."""

    def lexicon_ends(self, name: str, at: int) -> Collection[int]:
        """Give the ends of the phrases of a lexicon that begin at a word."""

    def entity_ends(self, label: str, role: str, at: int) -> Collection[int]:
        """Give the ends of the entities that begin in a word."""

    def sentence(self, at: int) -> range:
        """Give the words of the sentence that holds a word."""


class Element(ABC):
    """A part of a phrase."""

    __slots__ = ()

    @abstractmethod
    def ends(self, text: Text, at: int) -> Collection[int]:
        """Give every end that a match from a word can have; the word itself where a match may hold no word."""

    def reach(self, text: Text, starts: Collection[int]) -> Collection[int]:
        """Give every end that a match from any of some words can have."""
        if len(starts) == 1:
            (start,) = starts
            return self.ends(text, start)
        return {end for start in starts for end in self.ends(text, start)}

    @abstractmethod
    def beginning(self) -> Trigger:
        """Say what a match can begin with."""

    def mark(self) -> Trigger:
        """Say by what a sentence that holds this part is best told: its rarest words, where it has several."""
        return self.beginning()


@dataclass(frozen=True, slots=True)
class Literal(Element):
    """One word; compared with the key and, for possessives, with the stem."""

    key: str

    def ends(self, text: Text, at: int) -> Collection[int]:
        word = text.words[at] if at < len(text.words) else None
        return (at + 1,) if word and self.key in (word.key, word.stem) else ()

    def beginning(self) -> Trigger:
        return Trigger(keys=frozenset({self.key}))


@dataclass(frozen=True, slots=True)
class Prefix(Element):
    """One word by its beginning."""

    key: str

    def ends(self, text: Text, at: int) -> Collection[int]:
        return (at + 1,) if at < len(text.words) and text.words[at].key.startswith(self.key) else ()

    def beginning(self) -> Trigger:
        return Trigger(prefixes=frozenset({self.key}))


@dataclass(frozen=True, slots=True)
class Number(Element):
    """One word that begins with a digit."""

    def ends(self, text: Text, at: int) -> Collection[int]:
        return (at + 1,) if at < len(text.words) and text.words[at].key[0].isdigit() else ()

    def beginning(self) -> Trigger:
        return Trigger(number=True)


@dataclass(frozen=True, slots=True)
class LexiconClass(Element):
    """Any phrase of a lexicon."""

    name: str

    def ends(self, text: Text, at: int) -> Collection[int]:
        return text.lexicon_ends(self.name, at) if at < len(text.words) else ()

    def beginning(self) -> Trigger:
        return Trigger(lexicons=frozenset({self.name}))


@dataclass(frozen=True, slots=True)
class EntityClass(Element):
    """Any entity of a label, or of people with a role in the people list."""

    label: str
    role: str = ""

    def ends(self, text: Text, at: int) -> Collection[int]:
        return text.entity_ends(self.label, self.role, at)

    def beginning(self) -> Trigger:
        return Trigger(labels=frozenset({self.label}))


@dataclass(frozen=True, slots=True)
class Gap(Element):
    """Up to `limit` words of any kind."""

    limit: int

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: ARG002
        return range(at, at + self.limit + 1)

    def beginning(self) -> Trigger:
        return Trigger(anywhere=True)


@dataclass(frozen=True, slots=True)
class Edge(Element):
    """The start or the end of a sentence."""

    start: bool

    def ends(self, text: Text, at: int) -> Collection[int]:
        if self.start:
            return (at,) if at < len(text.words) and text.sentence(at).start == at else ()
        return (at,) if 0 < at <= len(text.words) and text.sentence(at - 1).stop == at else ()

    def beginning(self) -> Trigger:
        return Trigger(empty=True)


class Choice(Element):
    """One of several sequences, or nothing when `optional`."""

    __slots__ = ("_others", "_plain", "optional", "phrases")

    def __init__(
        self, plain: Iterable[tuple[str, ...]], phrases: tuple["Phrase", ...], *, optional: bool = False
    ) -> None:
        """Take the options made of words alone as keys, and the other ones, tried only where they can begin."""
        self.phrases = phrases
        self.optional = optional
        self._plain = PlainPhrases(plain)
        self._others = tuple((phrase, _only_keys(phrase)) for phrase in phrases)

    def ends(self, text: Text, at: int) -> Collection[int]:
        return self.reach(text, (at,))

    def reach(self, text: Text, starts: Collection[int]) -> Collection[int]:
        # All starts at once: one by one, choices within choices would be walked through again and again.
        words = [(at, text.words[at]) for at in starts if at < len(text.words)]
        found = set(starts) if self.optional else set()
        for at, _ in words:
            found.update(self._plain.ends(text.words, at))
        for phrase, only in self._others:
            possible = starts if only is None else [at for at, word in words if word.key in only or word.stem in only]
            if possible:
                found.update(phrase.reach(text, possible))
        return found

    def beginning(self) -> Trigger:
        plain = Trigger(self._plain.first_keys, empty=self.optional)
        return reduce(or_, (phrase.beginning() for phrase in self.phrases), plain)

    def mark(self) -> Trigger:
        plain = Trigger(self._plain.rarest_keys, empty=self.optional)
        return reduce(or_, (phrase.mark() for phrase in self.phrases), plain)


def _only_keys(phrase: "Phrase") -> frozenset[str] | None:
    """Give the keys a phrase begins with; None where it can also begin otherwise."""
    beginning = phrase.beginning()
    return beginning.keys if beginning.keys_alone() else None


@dataclass(frozen=True, eq=False)
class Phrase:
    """A sequence of elements: a whole pattern, or one option of a choice. Two are never the same, even if alike."""

    elements: tuple[Element, ...]

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Phrase, (self.elements,)  # what follows from them takes longer to read than to work out

    def ends(self, text: Text, at: int) -> Collection[int]:
        """Give every end that a match from a word can have, within one sentence."""
        reached = self.reach(text, (at,))
        if not reached:
            return ()
        stop = text.sentence(at).stop if at < len(text.words) else at
        return [end for end in reached if end <= stop]

    def reach(self, text: Text, starts: Collection[int]) -> Collection[int]:
        """Give every end that a match from any of some words can have, wherever sentences end."""
        for element in self.elements:
            starts = element.reach(text, starts)
            if not starts:
                return ()
        return starts

    def beginning(self) -> Trigger:
        """Say what a match can begin with."""
        found: Trigger | None = None
        for element in self.elements:
            beginning = element.beginning()
            found = beginning if found is None else replace(found | beginning, empty=beginning.empty)
            if not beginning.empty:
                break
        return found or Trigger(empty=True)

    def mark(self) -> Trigger:
        """Give the rarest of its requirements; anywhere when it has none."""
        return min(self.requirements, key=Trigger.frequency, default=Trigger(anywhere=True))

    @cached_property
    def requirements(self) -> tuple[Trigger, ...]:
        """The marks of the parts that need certain words: a sentence that holds the phrase meets each of them."""
        marks = (element.mark() for element in self.elements)
        return tuple(mark for mark in marks if not (mark.empty or mark.anywhere))

    @cached_property
    def required_keys(self) -> tuple[frozenset[str], ...]:
        """The keys of each requirement that nothing else meets."""
        return tuple(mark.keys for mark in self.requirements if mark.keys_alone())

    @cached_property
    def required_lexicons(self) -> tuple[frozenset[str], ...]:
        """The lexicons of each requirement that nothing else meets."""
        return tuple(mark.lexicons for mark in self.requirements if mark.lexicons_alone())

    @cached_property
    def required_otherwise(self) -> tuple[Trigger, ...]:
        """The other requirements."""
        return tuple(mark for mark in self.requirements if not (mark.keys_alone() or mark.lexicons_alone()))

    def parts(self) -> Iterator[Element]:
        """Walk through every element, those inside choices included."""
        for element in self.elements:
            yield element
            if isinstance(element, Choice):
                for phrase in element.phrases:
                    yield from phrase.parts()
