"""The phrase language: how rules and lexicons say what wording they mean.

    i work at <SCHOOL>          words, in any case, apostrophes optional; <LABEL> stands for an entity
    teach*                      a word that begins so
    {insult}                    any phrase of the lexicon insult.txt
    (a|an|one of the)?          a choice; ? makes a word, class or choice optional
    my ~3 class                 up to three words in between (~ alone: three)
    year #                      a number
    ^add me, … lol$             the start or the end of a sentence
    <PERSON:pupil>              a person whom the people list knows in that role (listed: in any role)

A match never crosses the end of a sentence. Matching takes the set of all ends a pattern can reach from a start, so
its cost is bounded by words × elements: no pattern can hang.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tasmat_check.wording import Word, keys

DEFAULT_GAP = 3
_LONGEST_GAP = 12

_SYMBOL = re.compile(
    r"""\s*(?:
      \{(?P<lexicon>[a-z0-9-]+)\}
    | <(?P<label>[A-Z_]+)(?::(?P<role>[a-z]+))?>
    | ~(?P<gap>\d*)
    | (?P<mark>[()|?#^$])
    | (?P<text>[^\s(){}<>|?~#^$]+)
    )""",
    re.VERBOSE,
)

_PLAIN = re.compile(r"[\w' -]*\w[\w' -]*")


class Text(Protocol):
    """What a phrase is matched against."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word of the text."""

    def lexicon_ends(self, name: str, at: int) -> Iterable[int]:
        """Give the ends of the phrases of a lexicon that begin at a word."""

    def entity_ends(self, label: str, role: str, at: int) -> Iterable[int]:
        """Give the ends of the entities that begin in a word."""

    def sentence(self, at: int) -> range:
        """Give the words of the sentence that holds a word."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A cheap sign that a phrase may begin at a word: `kind` is key, prefix, lexicon, label or number."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a part of a phrase can begin with; `empty` when it can also match no word, so that the next part decides."""

    triggers: frozenset[Trigger] = frozenset()
    empty: bool = False

    @classmethod
    def of(cls, kind: str, value: str) -> "Beginning":
        """Give the beginning of an element that has a single trigger."""
        return cls(frozenset({Trigger(kind, value)}))


class Element(Protocol):
    """A part of a phrase."""

    def ends(self, text: Text, at: int) -> Iterable[int]:
        """Give every word index that a match from `at` can end before."""

    def beginning(self) -> "Beginning":
        """Say what a match can begin with."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One word; compared with the key and, for possessives, with the stem."""

    key: str

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: D102
        word = text.words[at] if at < len(text.words) else None
        return (at + 1,) if word and self.key in (word.key, word.stem) else ()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning.of("key", self.key)


@dataclass(frozen=True, slots=True)
class Prefix:
    """One word by its beginning."""

    key: str

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: D102
        return (at + 1,) if at < len(text.words) and text.words[at].key.startswith(self.key) else ()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning.of("prefix", self.key)


@dataclass(frozen=True, slots=True)
class Number:
    """One word that begins with a digit."""

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: D102
        return (at + 1,) if at < len(text.words) and text.words[at].key[0].isdigit() else ()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning.of("number", "")


@dataclass(frozen=True, slots=True)
class LexiconClass:
    """Any phrase of a lexicon."""

    name: str

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: D102
        return text.lexicon_ends(self.name, at) if at < len(text.words) else ()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning.of("lexicon", self.name)


@dataclass(frozen=True, slots=True)
class EntityClass:
    """Any entity of a label."""

    label: str
    role: str = ""

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: D102
        return text.entity_ends(self.label, self.role, at)

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning.of("label", self.label)


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `limit` words of any kind."""

    limit: int

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: ARG002, D102
        return range(at, at + self.limit + 1)

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(empty=True)


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or the end of a sentence."""

    start: bool

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: D102
        if self.start:
            return (at,) if at < len(text.words) and text.sentence(at).start == at else ()
        return (at,) if at and text.sentence(at - 1).stop == at else ()

    def beginning(self) -> Beginning:  # noqa: D102
        return Beginning(empty=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, or nothing when `optional`."""

    options: tuple["Phrase", ...]
    optional: bool = False

    def ends(self, text: Text, at: int) -> Iterable[int]:  # noqa: D102
        found = {end for option in self.options for end in option.ends(text, at)}
        return found | {at} if self.optional else found

    def beginning(self) -> Beginning:  # noqa: D102
        options = [option.beginning() for option in self.options]
        triggers = frozenset[Trigger]().union(*(option.triggers for option in options))
        return Beginning(triggers, self.optional or any(option.empty for option in options))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sequence of elements: a whole pattern, or one option of a choice."""

    elements: tuple[Element, ...]

    def ends(self, text: Text, at: int) -> Iterable[int]:
        """Give every word index that a match from `at` can end before, within one sentence."""
        reached = {at}
        for element in self.elements:
            reached = {end for start in reached for end in element.ends(text, start)}
            if not reached:
                return ()
        stop = text.sentence(at).stop if at < len(text.words) else at
        return {end for end in reached if end <= stop}

    def beginning(self) -> Beginning:
        """Say what a match can begin with."""
        triggers = frozenset[Trigger]()
        for element in self.elements:
            beginning = element.beginning()
            triggers |= beginning.triggers
            if not beginning.empty:
                return Beginning(triggers)
        return Beginning(triggers, empty=True)

    def parts(self) -> Iterator[Element]:
        """Walk through every element, those inside choices included."""
        for element in self.elements:
            yield element
            if isinstance(element, Choice):
                for option in element.options:
                    yield from option.parts()

    @property
    def plain(self) -> tuple[str, ...]:
        """The keys, when the phrase is made of words alone; else empty."""
        if all(isinstance(element, Literal) for element in self.elements):
            return tuple(element.key for element in self.elements if isinstance(element, Literal))
        return ()


def parse(pattern: str) -> Phrase:
    """Read a pattern; raises ValueError that says what is wrong with it."""
    if _PLAIN.fullmatch(pattern):
        return Phrase(tuple(Literal(key) for key in keys(pattern)))
    phrase, rest = _sequence(list(_symbols(pattern)))
    if rest:
        raise ValueError(f"“{pattern}” has a “{rest[0].group().strip()}” too many")
    if phrase.beginning().empty:
        raise ValueError(f"“{pattern}” must begin with a word, class or entity that is not optional")
    if not phrase.elements or isinstance(phrase.elements[-1], Gap):
        raise ValueError(f"“{pattern}” must not end with a gap")
    return phrase


def _symbols(pattern: str) -> Iterator[re.Match[str]]:
    position = 0
    pattern = pattern.strip()
    while position < len(pattern):
        symbol = _SYMBOL.match(pattern, position)
        if symbol is None:
            raise ValueError(f"“{pattern}” cannot be read from “{pattern[position:]}” on")
        yield symbol
        position = symbol.end()


def _sequence(symbols: list[re.Match[str]]) -> tuple[Phrase, list[re.Match[str]]]:
    elements: list[Element] = []
    while symbols and symbols[0]["mark"] not in ("|", ")"):
        symbol, *symbols = symbols
        if symbol["mark"] == "(":
            choice, symbols = _choice(symbols)
            elements.append(choice)
        elif symbol["mark"] == "?":
            if not elements:
                raise ValueError("“?” has nothing before it that it could make optional")
            elements[-1] = Choice((Phrase((elements[-1],)),), optional=True)
        else:
            elements.extend(_elements(symbol))
    return Phrase(tuple(elements)), symbols


def _choice(symbols: list[re.Match[str]]) -> tuple[Choice, list[re.Match[str]]]:
    options: list[Phrase] = []
    while True:
        option, symbols = _sequence(symbols)
        if not option.elements:
            raise ValueError("a choice has an empty option; write (…)? for an optional one")
        options.append(option)
        if not symbols:
            raise ValueError("a “(” is never closed")
        symbol, *symbols = symbols
        if symbol["mark"] == ")":
            return Choice(tuple(options)), symbols


def _elements(symbol: re.Match[str]) -> Iterator[Element]:
    if symbol["lexicon"]:
        yield LexiconClass(symbol["lexicon"])
    elif symbol["label"]:
        yield EntityClass(symbol["label"], symbol["role"] or "")
    elif symbol["gap"] is not None:
        yield _gap(symbol["gap"])
    elif symbol["mark"] == "#":
        yield Number()
    elif symbol["mark"]:
        yield Edge(start=symbol["mark"] == "^")
    else:
        yield from _words(symbol["text"])


def _gap(limit: str) -> Gap:
    words = int(limit or DEFAULT_GAP)
    if not 1 <= words <= _LONGEST_GAP:
        raise ValueError(f"a gap is 1 to {_LONGEST_GAP} words, not {words}")
    return Gap(words)


def _words(text: str) -> Iterator[Element]:
    found = keys(text)
    for key in found[:-1]:
        yield Literal(key)
    if not found:
        return
    is_prefix = text.endswith("*") and not text.endswith("**")
    yield Prefix(found[-1]) if is_prefix else Literal(found[-1])
