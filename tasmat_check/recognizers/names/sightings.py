"""Finds names of people by word lists and the words around them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tasmat_check.models import Span
from tasmat_check.recognizers.names.words import FIRST_NAMES, Kind, NameWords, Reading, Token

_PARTICLES = frozenset({"al", "ap", "bin", "da", "de", "del", "der", "di", "el", "la", "van", "von"})
_FAMILIES = frozenset({"boys", "brothers", "children", "family", "girls", "household", "kids", "sisters", "twins"})
_AUXILIARIES = frozenset(
    {"did", "didnt", "does", "doesnt", "gets", "got", "has", "hasnt", "was", "wasnt", "wont", "wouldnt"}
)
_MARRIED_TITLES = frozenset({"mr", "mrs", "ms", "miss"})
_PLACE_BEGINNINGS = frozenset({"cape", "co", "county", "fort", "hurricane", "mount", "port", "saint", "st", "storm"})
_NOT_INITIALS = frozenset({"a", "i", "x"})
_COMPASS = frozenset({"n", "e", "s", "w"})
_SHORT_WORDS = frozenset({"a", "i", "k", "n", "r", "u", "x", "y"})
_MOST_SURNAMES = 3

_TAG = re.compile(r"([@#])(\w+)")
_TAG_WORD = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|[a-z]+")


class Sighting(NamedTuple):
    """A stretch that reads as a name, and how surely (0–1)."""

    span: Span
    score: float


class Sightings(NamedTuple):
    """What the rules make of a text: the names they are sure of, and the sentences they cannot decide."""

    names: list[Sighting]
    undecided: set[int]


def sight(reading: Reading) -> Sightings:
    """Find the names in a text, in order and without overlaps."""
    names: list[Sighting] = []
    undecided: set[int] = set()
    tokens = reading.tokens
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = at if _is_plain(token) else _end_of_name(reading, at)
        score = _Scorer(reading, at, end).score() if end > at else 0.0
        if score:
            names.append(Sighting(Span(token.start, tokens[end - 1].end), score))
        elif _is_unheard_of(reading, at):
            undecided.add(token.sentence)
        at = end if score else at + 1
    return Sightings(names, undecided)


def sight_in_tags(text: str, words: NameWords) -> Iterator[Sighting]:
    """Find first name and surname written together inside a hashtag (#TeamAlfieBrown) or as a handle (@AlfieBrown)."""
    for tag in _TAG.finditer(text):
        parts = list(_TAG_WORD.finditer(tag.group(2)))
        for first, second in pairwise(parts):
            capitals = first.group().istitle() and second.group().istitle() and first.end() == second.start()
            if capitals and words.kinds.get(first.group().lower()) is Kind.FIRST:
                start = tag.start(2)
                yield Sighting(Span(start + first.start(), start + second.end()), 0.7)
                break
            if tag.group(1) == "@":
                break


def _is_plain(token: Token) -> bool:
    return token.kind is Kind.COMMON and token.shape != "X"


def _is_unheard_of(reading: Reading, at: int) -> bool:
    """Say whether a capital letter makes a word look like a name that no word list knows."""
    token = reading.tokens[at]
    if token.kind is not Kind.UNKNOWN or token.shape != "Xx" or len(token.key) < 4 or token.sentence in reading.loud:
        return False
    if not token.opening or token.possessive:
        return True
    follower = reading.tokens[at + 1] if at + 1 < len(reading.tokens) else None
    return follower is not None and (follower.key in reading.words.acts or follower.shape == "Xx")


def _end_of_name(reading: Reading, at: int) -> int:
    """Give the index after the last word of the name that begins at a token; `at` itself where none does."""
    tokens = reading.tokens
    token = tokens[at]
    if token.kind is Kind.TITLE:
        return _end_of_titled(tokens, at)
    if token.kind in FIRST_NAMES and token.shape:
        return _end_of_surnames(tokens, at + 1, token.sentence in reading.loud)
    if token.shape == "X" and token.key not in _NOT_INITIALS:
        return _end_of_initialled(tokens, at)
    return at + 1 if _is_family(tokens, at) else at


def _is_family(tokens: tuple[Token, ...], at: int) -> bool:
    """Read "the Maddocks family"."""
    if tokens[at].shape != "Xx" or not 0 < at < len(tokens) - 1:
        return False
    return tokens[at - 1].key == "the" and tokens[at].joint == " " and tokens[at + 1].key in _FAMILIES


def _end_of_titled(tokens: tuple[Token, ...], at: int) -> int:
    """Read "Mr Ford", "Mrs K", "Dr. Grace Adekunle", and "mr ford" or "miss p" in small letters."""
    title, follower = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if follower is None or title.joint not in (" ", ". ", "."):
        return at
    if title.shape == "xx":
        return at + 2 if _is_small_surname(title.key, follower) else at
    if follower.shape == "X" and follower.key not in _NOT_INITIALS:
        return _end_of_surnames(tokens, at + 2, loud=False)
    if follower.shape == "Xx" and follower.kind not in (Kind.COMMON, Kind.TITLE):
        return _end_of_surnames(tokens, at + 2, loud=False)
    return at


def _is_small_surname(title: str, surname: Token) -> bool:
    if title not in _MARRIED_TITLES:
        return title == "dr" and surname.shape == "Xx" and surname.kind is not Kind.COMMON
    if len(surname.key) == 1:
        return surname.key.isalpha() and surname.key not in _SHORT_WORDS
    if surname.shape == "Xx":
        return surname.kind is not Kind.COMMON
    return title != "miss" and surname.shape == "xx" and surname.kind is not Kind.COMMON


def _end_of_initialled(tokens: tuple[Token, ...], at: int) -> int:
    """Read "J. Smith", "J. K. Pargeter" (the first initial stands at `at`)."""
    here = at
    while here + 1 < len(tokens) and tokens[here].shape == "X" and tokens[here].joint in (" ", ". ", "."):
        here += 1
    surname = tokens[here]
    if here == at + 1 and tokens[at].joint == " " and tokens[at].key in _COMPASS:
        return at
    if here > at and surname.shape == "Xx" and surname.kind is not Kind.COMMON and len(surname.key) > 2:
        return _end_of_surnames(tokens, here + 1, loud=True)
    return at


def _end_of_surnames(tokens: tuple[Token, ...], at: int, loud: bool) -> int:
    """Go on over the surnames and initials after a name."""
    begin = at
    while at < len(tokens) and at - begin < _MOST_SURNAMES and _continues(tokens[at - 1], tokens[at], loud):
        at += 1
    while at > begin and tokens[at - 1].key in _PARTICLES:
        at -= 1
    return at


def _continues(name: Token, follower: Token, loud: bool) -> bool:
    """Say whether a word carries on the name before it."""
    if name.possessive or name.joint not in (" ", "-", ". "):
        return False
    if name.shape == "xx" and name.key not in _PARTICLES:
        return _continues_small(name, follower)
    if name.joint == ". " and name.shape != "X":
        return False
    if follower.shape == "X":
        return follower.key not in _NOT_INITIALS
    return follower.key in _PARTICLES or (_same_case(name, follower) and _is_surname(name, follower, loud))


def _same_case(name: Token, follower: Token) -> bool:
    return follower.shape == name.shape or (follower.shape == "Xx" and (name.shape == "X" or name.key in _PARTICLES))


def _is_surname(name: Token, follower: Token, loud: bool) -> bool:
    """Say whether a word with a capital is a surname; an everyday word (Brown) is one only after a sure first name."""
    if follower.kind is Kind.COMMON:
        sure = name.joint == "-" or (name.kind is Kind.FIRST and name.shape == "Xx")
        return sure and not loud and len(follower.key) > 3
    return follower.kind is not Kind.TITLE


def _continues_small(name: Token, follower: Token) -> bool:
    """Say whether a word in small letters is the surname of a first name in small letters."""
    unusual = follower.kind is Kind.UNKNOWN and len(follower.key) > 3 and follower.key.isalpha()
    return name.kind is Kind.FIRST and follower.shape == "xx" and name.joint == " " and unusual


class _Scorer:
    """Weighs one reading of some tokens as a name; 0 says that they are rather not one."""

    def __init__(self, reading: Reading, at: int, end: int) -> None:
        tokens = reading.tokens
        self._words = reading.words
        self._first = tokens[at]
        self._last = tokens[end - 1]
        self._surnames = tokens[at + 1 : end]
        self._before = tokens[at - 1] if at and not self._first.opening else None
        self._after = tokens[end] if end < len(tokens) and not self._last.joint.strip(" -") else None
        self._loud = self._first.sentence in reading.loud

    def score(self) -> float:
        kind = self._first.kind
        if kind is Kind.TITLE:
            return 0.9 if self._first.shape == "Xx" else 0.6
        if self._is_a_place():
            return 0.0
        if kind not in FIRST_NAMES:
            return 0.0 if self._loud else 0.75
        if self._first.shape == "xx":
            return self._small(kind)
        if kind is Kind.FIRST:
            return 0.75 if self._loud else 0.95 if self._surnames else 0.65 if self._is_a_thing() else 0.9
        return self._rare() if kind is Kind.RARE else self._ambiguous(kind)

    def _rare(self) -> float:
        if self._loud or self._first.shape == "XX":
            return 0.55 if self._surnames or self._acts() else 0.0
        if self._surnames or self._acts() or self._owns_kin():
            return 0.8
        return 0.0 if self._first.opening else 0.65

    def _ambiguous(self, kind: Kind) -> float:
        if self._has_a_real_surname():
            return 0.8 if kind is Kind.WORD else 0.65
        if self._owns_kin() or self._acts(strictly=kind is Kind.PROPER):
            return 0.75 if kind is Kind.WORD else 0.6
        numbers = [token for token in (self._before, self._after) if token and token.key.isdigit()]
        doubtful = (
            numbers
            or self._is_a_thing()
            or self._loud
            or self._surnames
            or self._first.opening
            or self._first.shape == "XX"
        )
        return 0.0 if doubtful or kind is Kind.PROPER or self._is_in_a_phrase() else 0.7

    def _small(self, kind: Kind) -> float:
        if kind is Kind.FIRST:
            return 0.7 if self._surnames or self._owns_kin() or self._acts() else 0.55
        return 0.55 if kind is not Kind.PROPER and self._owns_kin() else 0.0

    def _has_a_real_surname(self) -> bool:
        real = (Kind.UNKNOWN, Kind.FIRST, Kind.RARE)
        return any(token.shape == "X" or (token.shape == "Xx" and token.kind in real) for token in self._surnames)

    def _acts(self, strictly: bool = False) -> bool:
        """Say whether a verb of human doing follows; `strictly` leaves out those that follow anything."""
        if self._after is None or self._last.possessive or self._after.key not in self._words.acts:
            return False
        return not (strictly and self._after.key in _AUXILIARIES)

    def _owns_kin(self) -> bool:
        return self._after is not None and self._last.possessive and self._after.key in self._words.kin

    def _is_a_place(self) -> bool:
        """Say whether the words name a street, school or class ("Norman Road", "Willow class")."""
        if self._before and self._before.key in _PLACE_BEGINNINGS and self._before.joint.strip() in ("", "."):
            return True
        if self._surnames and self._last.key in self._words.places and self._last.kind is Kind.COMMON:
            return True
        if self._after is None or self._last.possessive or self._after.key not in self._words.places:
            return False
        return self._after.shape == "Xx" or self._first.kind in (Kind.WORD, Kind.PROPER)

    def _is_a_thing(self) -> bool:
        """Say whether an article or a number beside the word makes a thing of it (the Bill, 21 Miles)."""
        if self._before and self._before.key in ("the", "a", "an"):
            return True
        return any(token is not None and token.key.isdigit() for token in (self._before, self._after))

    def _is_in_a_phrase(self) -> bool:
        """Say whether a neighbour has a capital too, as in the name of a thing (Summer Fair, Royal Rose)."""
        before = self._before if self._before and not self._before.opening else None
        return any(
            token is not None and token.shape in ("Xx", "XX") and joint in (" ", "-")
            for token, joint in ((self._after, self._last.joint), (before, before.joint if before else ""))
        )
