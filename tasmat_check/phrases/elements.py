"""What phrases are made of, and how each part is found in a text."""

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import Protocol

from tasmat_check.wording import Word, keys

FREQUENT_WORDS = frozenset(
    keys(
        "a all an and are as at be been but by can did do does for from get go got had has have he her him his i if im "
        "in is it its just know like me my no not now of on one or our out she so that the their them then they this "
        "to up us was we were what when who will with you your"
    )
)
"""Words so frequent that nearly every sentence holds some of them."""

_VAGUE = 100


class Text(Protocol):
    """What a phrase is matched against."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word of the text."""

    def lexicons_at(self, at: int) -> frozenset[str]:
        """Name the lexicons that may have a phrase beginning at a word."""

    def labels_at(self, at: int) -> Collection[str]:
        """Name the labels of the entities that begin in a word."""

    def lexicon_ends(self, name: str, at: int) -> Collection[int]:
        """Give the ends of the phrases of a lexicon that begin at a word."""

    def entity_ends(self, label: str, role: str, at: int) -> Collection[int]:
        """Give the ends of the entities that begin in a word."""

    def sentence(self, at: int) -> range:
        """Give the words of the sentence that holds a word."""

    def likely(self, at: int) -> Set[int]:
        """Give the phrases of lexicons, by their object's id, whose rarest part stands in a word's sentence."""

    def can_hold(self, phrase: "Phrase", at: int) -> bool:
        """Say, without looking at places, whether the sentence that holds a word can hold a phrase."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a part of a phrase can begin with: words by key or prefix, numbers, phrases of lexicons, entities by label.

    `anywhere` when any word will do, `empty` when it can also match no word, so that the next part decides.
    """

    keys: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    lexicons: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    number: bool = False
    anywhere: bool = False
    empty: bool = False

    def frequency(self, frequent_lexicons: Set[str] = frozenset()) -> float:
        """Rank how many sentences hold such a part: the fewer, the smaller."""
        vague = _VAGUE if self.number or self.anywhere else len(self.prefixes)
        frequent = len(self.keys & FREQUENT_WORDS) + len(self.lexicons & frequent_lexicons)
        return vague + frequent + (len(self.keys) + len(self.lexicons)) / 1000

    def keys_alone(self) -> bool:
        """Say whether nothing but words of certain keys will do."""
        return self == Beginning(keys=self.keys)

    def lexicons_alone(self) -> bool:
        """Say whether nothing but phrases of certain lexicons will do."""
        return self == Beginning(lexicons=self.lexicons)

    def __or__(self, other: "Beginning") -> "Beginning":
        """Give what either of two parts can begin with; empty when either is."""
        return Beginning(
            self.keys | other.keys,
            self.prefixes | other.prefixes,
            self.lexicons | other.lexicons,
            self.labels | other.labels,
            self.number or other.number,
            self.anywhere or other.anywhere,
            self.empty or other.empty,
        )


@dataclass(frozen=True, slots=True)
class Signs:
    """What a sentence holds at all: keys and stems of words, lexicons that may begin in it, labels of entities."""

    keys: frozenset[str]
    lexicons: frozenset[str]
    labels: frozenset[str]

    def allow(self, part: Beginning) -> bool:
        """Say, without looking at places, whether the text can hold a part that begins so."""
        return (
            part.number
            or part.anywhere
            or not self.keys.isdisjoint(part.keys)
            or not self.lexicons.isdisjoint(part.lexicons)
            or not self.labels.isdisjoint(part.labels)
            or any(key.startswith(prefix) for prefix in part.prefixes for key in self.keys)
        )


class Element(Protocol):
    """A part of a phrase."""

    def ends(self, text: Text, at: int) -> Collection[int]:
        """Give every word index that a match from `at` can end before."""

    def mark(self) -> "Beginning":
        """Say by which words, lexicons or labels a sentence that holds this part can be told; one of them is in it."""

    def beginning(self) -> "Beginning":
        """Say what a match can begin with."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One word; compared with the key and, for possessives, with the stem."""

    key: str

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: D102
        word = text.words[at] if at < len(text.words) else None
        return (at + 1,) if word and self.key in (word.key, word.stem) else ()

    def mark(self) -> Beginning:  # noqa: D102
        return self.beginning()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(frozenset({self.key}))


@dataclass(frozen=True, slots=True)
class Prefix:
    """One word by its beginning."""

    key: str

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: D102
        return (at + 1,) if at < len(text.words) and text.words[at].key.startswith(self.key) else ()

    def mark(self) -> Beginning:  # noqa: D102
        return self.beginning()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(prefixes=frozenset({self.key}))


@dataclass(frozen=True, slots=True)
class Number:
    """One word that begins with a digit."""

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: D102
        return (at + 1,) if at < len(text.words) and text.words[at].key[0].isdigit() else ()

    def mark(self) -> Beginning:  # noqa: D102
        return self.beginning()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(number=True)


@dataclass(frozen=True, slots=True)
class LexiconClass:
    """Any phrase of a lexicon."""

    name: str

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: D102
        return text.lexicon_ends(self.name, at) if at < len(text.words) else ()

    def mark(self) -> Beginning:  # noqa: D102
        return self.beginning()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(lexicons=frozenset({self.name}))


@dataclass(frozen=True, slots=True)
class EntityClass:
    """Any entity of a label."""

    label: str
    role: str = ""

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: D102
        return text.entity_ends(self.label, self.role, at)

    def mark(self) -> Beginning:  # noqa: D102
        return self.beginning()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(labels=frozenset({self.label}))


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `limit` words of any kind."""

    limit: int

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: ARG002, D102
        return range(at, at + self.limit + 1)

    def mark(self) -> Beginning:  # noqa: D102
        return self.beginning()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(anywhere=True)


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or the end of a sentence."""

    start: bool

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: D102
        if self.start:
            return (at,) if at < len(text.words) and text.sentence(at).start == at else ()
        return (at,) if 0 < at <= len(text.words) and text.sentence(at - 1).stop == at else ()

    def mark(self) -> Beginning:  # noqa: D102
        return self.beginning()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(empty=True)


class PlainPhrases:
    """Phrases made of words alone, in a table by first word: finding those that begin at a word costs one look-up."""

    __slots__ = ("_rests",)

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        """Take the phrases as keys."""
        self._rests: dict[str, list[tuple[str, ...]]] = {}
        for first, *rest in phrases:
            self._rests.setdefault(first, []).append(tuple(rest))

    def phrases(self) -> Iterator[tuple[str, ...]]:
        """Give every phrase as its keys."""
        yield from ((first, *rest) for first, rests in self._rests.items() for rest in rests)

    def rarest_keys(self) -> frozenset[str]:
        """Give of every phrase the key that fewest sentences hold."""
        return frozenset(min(phrase, key=FREQUENT_WORDS.__contains__) for phrase in self.phrases())

    @property
    def first_keys(self) -> Iterable[str]:
        """The keys that a phrase begins with."""
        return self._rests

    def ends(self, text: Text, at: int) -> Collection[int]:
        """Give the ends of the phrases that begin at a word."""
        word = text.words[at]
        rests: Sequence[tuple[str, ...]] = self._rests.get(word.key, ())
        if word.stem != word.key:
            rests = (*rests, *self._rests.get(word.stem, ()))
        if not rests:
            return ()
        return {at + 1 + len(rest) for rest in rests if _follows(text.words, at + 1, rest)}


def _follows(words: tuple[Word, ...], at: int, rest: tuple[str, ...]) -> bool:
    if not rest:
        return True
    if at + len(rest) > len(words):
        return False
    return all(key in (word.key, word.stem) for key, word in zip(rest, words[at : at + len(rest)], strict=True))


class Choice:
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

    def ends(self, text: Text, at: int) -> Collection[int]:  # noqa: D102
        return self.reach(text, (at,))

    def reach(self, text: Text, starts: Collection[int]) -> set[int]:
        """Give every end that a match from any of some starts can have."""
        words = [(at, text.words[at]) for at in starts if at < len(text.words)]
        found = set(starts) if self.optional else set()
        for at, _ in words:
            found.update(self._plain.ends(text, at))
        for phrase, only in self._others:
            possible = starts if only is None else [at for at, word in words if word.key in only or word.stem in only]
            if possible:
                found.update(phrase.reach(text, possible))
        return found

    def mark(self) -> Beginning:  # noqa: D102
        plain = Beginning(self._plain.rarest_keys(), empty=self.optional)
        return reduce(or_, (phrase.mark() for phrase in self.phrases), plain)

    def beginning(self) -> Beginning:  # noqa: D102
        plain = Beginning(frozenset(self._plain.first_keys), empty=self.optional)
        return reduce(or_, (phrase.beginning() for phrase in self.phrases), plain)


def _only_keys(phrase: "Phrase") -> frozenset[str] | None:
    """Give the keys a phrase begins with; None where it can also begin otherwise."""
    beginning = phrase.beginning()
    return beginning.keys if beginning == Beginning(beginning.keys) else None


@dataclass(frozen=True)
class Phrase:
    """A sequence of elements: a whole pattern, or one option of a choice."""

    elements: tuple[Element, ...]

    def ends(self, text: Text, at: int) -> Collection[int]:
        """Give every word index that a match from `at` can end before, within one sentence."""
        reached = self.reach(text, (at,))
        if not reached:
            return ()
        stop = text.sentence(at).stop if at < len(text.words) else at
        return [end for end in reached if end <= stop]

    def reach(self, text: Text, starts: Collection[int]) -> Collection[int]:
        """Give every end that a match from any of some starts can have, wherever sentences end."""
        for element in self.elements:
            starts = _step(element, text, starts)
            if not starts:
                return ()
        return starts

    def mark(self) -> Beginning:
        """Give the rarest of what its parts can be told by; anywhere when none tells anything."""
        return min(self.requirements, key=Beginning.frequency, default=Beginning(anywhere=True))

    def beginning(self) -> Beginning:
        """Say what a match can begin with."""
        found = Beginning(empty=True)
        for element in self.elements:
            beginning = element.beginning()
            found = replace(found | beginning, empty=beginning.empty)
            if not beginning.empty:
                break
        return found

    @cached_property
    def requirements(self) -> tuple[Beginning, ...]:
        """What each part that needs certain words can be told by: a text that holds the phrase holds one of each."""
        marks = (element.mark() for element in self.elements)
        return tuple(part for part in marks if not (part.empty or part.anywhere))

    @cached_property
    def required_keys(self) -> tuple[frozenset[str], ...]:
        """The keys of each part for which nothing else will do."""
        return tuple(part.keys for part in self.requirements if part.keys_alone())

    @cached_property
    def required_lexicons(self) -> tuple[frozenset[str], ...]:
        """The lexicons of each part for which nothing else will do."""
        return tuple(part.lexicons for part in self.requirements if part.lexicons_alone())

    @cached_property
    def required_otherwise(self) -> tuple[Beginning, ...]:
        """What each of the other parts can begin with."""
        return tuple(part for part in self.requirements if not (part.keys_alone() or part.lexicons_alone()))

    def parts(self) -> Iterator[Element]:
        """Walk through every element, those inside choices included."""
        for element in self.elements:
            yield element
            if isinstance(element, Choice):
                for phrase in element.phrases:
                    yield from phrase.parts()


def _step(element: Element, text: Text, starts: Collection[int]) -> Collection[int]:
    """Give every index that an element can reach from any of some starts.

    A choice takes them all at once: one by one, choices within choices would be walked through again and again.
    """
    if isinstance(element, Choice):
        return element.reach(text, starts)
    if len(starts) == 1:
        (start,) = starts
        return element.ends(text, start)
    return {end for start in starts for end in element.ends(text, start)}
