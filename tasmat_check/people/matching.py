"""Recognizes the people of a list in a wording, however their names are put."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from tasmat_check.models import Entity, Person, Span
from tasmat_check.people.glued import GluedReader
from tasmat_check.people.hits import Hit
from tasmat_check.people.index import NameIndex
from tasmat_check.people.lone import LoneReader
from tasmat_check.people.pairs import PairReader
from tasmat_check.people.surroundings import Surroundings
from tasmat_check.people.vocabulary import TITLES
from tasmat_check.wording import Word, Wording

_LONGEST_INITIALS = 3
_SHORTEST_SLIP = 4


class PeopleMatcher:
    """Finds listed people in wordings; built once for a list, then cheap for every post.

    `ambiguous_words` are names that are also words or first of all something else (Will, Summer), `common_forenames`
    those so usual that alone they may be anybody, `common_words` ordinary words that are no slip of a name; all as
    folded keys. `nicknames` maps a forename's key to its short forms. Scores: from 0.7 someone counts as known, from
    0.4 as possible; nothing lower is given.
    """

    def __init__(
        self,
        people: Iterable[Person],
        ambiguous_words: Container[str],
        nicknames: Mapping[str, Collection[str]],
        common_forenames: Container[str] = frozenset(),
        common_words: Container[str] = frozenset(),
    ) -> None:
        self._index = NameIndex(tuple(people), nicknames)
        self._pairs = PairReader(self._index, ambiguous_words)
        self._lone = LoneReader(self._index, ambiguous_words, common_forenames, common_words)
        self._glued = GluedReader(self._index, self._lone)

    def recognize(self, wording: Wording) -> Iterator[Entity]:
        """Yield PERSON entities in order, none overlapping, each with the likeliest person of that name."""
        if not self._index.people:
            return
        around = Surroundings(wording)
        index = 0
        while index < len(around.words):
            hit = self._hit(around, index)
            if hit is None:
                index += 1
                continue
            yield self._entity(around, hit)
            index = hit.stop

    def _hit(self, around: Surroundings, index: int) -> Hit | None:
        word = around.words[index]
        stem = word.stem
        if stem in self._index.starts:
            return self._named(around, index)
        if stem in TITLES:
            return self._pairs.read_titled(around, index)
        if len(stem) <= _LONGEST_INITIALS and around.text[word.start].isupper():
            pair = self._pairs.read(around, index) if len(stem) == 1 else None
            return pair or self._lone.read_initials(around, index)
        if self._glued.is_tag(around, word):
            return self._glued.read(around, index)
        return self._unknown(around, index, word)

    def _named(self, around: Surroundings, index: int) -> Hit | None:
        return (
            self._pairs.read(around, index)
            or self._glued.read(around, index)
            or self._lone.read_forename(around, index)
            or self._lone.read_surname(around, index)
        )

    def _unknown(self, around: Surroundings, index: int, word: Word) -> Hit | None:
        """Try a word that is no listed name as one with a slip, or as one that lost its apostrophe."""
        if len(word.stem) < _SHORTEST_SLIP:
            return None
        following = around.words[index + 1].stem if index + 1 < len(around.words) else ""
        if following in self._index.surnames.table and (pair := self._pairs.read(around, index)):
            return pair
        if around.capitalised(index) and (slip := self._lone.read_slip(around, index)):
            return slip
        return self._lone.read_without_apostrophe(around, index)

    def _entity(self, around: Surroundings, hit: Hit) -> Entity:
        start, end = hit.within or (around.words[hit.first].start, around.end(hit.stop - 1))
        person = self._index.people[min(hit.people)]
        return Entity("PERSON", Span(start, end), around.text[start:end], hit.score, person)
