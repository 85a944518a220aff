"""Reads names of which two parts stand together: full names either way round, initials, titles."""

from collections.abc import Container, Iterator

from tasmat_check.people.hits import Hit
from tasmat_check.people.index import NameIndex, People
from tasmat_check.people.surroundings import Surroundings
from tasmat_check.people.variants import Use

_LEAST = 0.4
_LONGEST_CUT = 5
_WORDS_OF_ONE_LETTER = "ai"
_TEXT_SPEAK = "aiurnxbcyko"
_STAFF_ROLES = frozenset({"staff", "governor", "trustee"})


class PairReader:
    """Finds forename and surname together, in full, with an initial, or a title and a surname."""

    def __init__(self, index: NameIndex, ambiguous_words: Container[str]) -> None:
        self._index = index
        self._ambiguous_words = ambiguous_words

    def read(self, around: Surroundings, index: int) -> Hit | None:
        """Find the surest such name that begins at a word."""
        hits = [*self._forward(around, index), *self._backward(around, index), *self._initial_first(around, index)]
        return max(hits, key=lambda hit: (hit.score, hit.stop), default=None)

    def read_titled(self, around: Surroundings, index: int) -> Hit | None:
        """Find a title with a surname, a forename or an initial."""
        if not around.titled(index):
            return None
        words, at = around.words, index + 1
        for stop, form, people in self._index.surnames.at(words, at):
            if form.use is Use.ALONE:
                return self._titled(index, stop, people, 0.9, 0.6)
        if full := self.read(around, at):
            return full._replace(first=index)
        for stop, form, people in self._index.forenames.at(words, at):
            if form.use < Use.BESIDE and around.capitalised(at) and not around.beside_other_name(at, stop):
                return self._titled(index, stop, people, 0.7, 0.0)
        return self._titled_doubtful(around, index)

    def _titled_doubtful(self, around: Surroundings, index: int) -> Hit | None:
        at = index + 1
        word = around.words[at].stem
        if len(word) == 1 and around.capitalised(at) and not (around.joined(at) and around.capitalised(at + 1)):
            everyone = frozenset(range(len(self._index.people)))
            people = self._index.with_initial(everyone, word, of_surname=True)
            return self._titled(index, at + 1, people, 0.45, 0.0)
        for form, people in self._index.surnames.nearly(word):
            if form.use is Use.ALONE:
                return self._titled(index, at + 1, people, 0.75, 0.45)
        return None

    def _titled(self, first: int, stop: int, people: People, staff_score: float, other_score: float) -> Hit | None:
        """Prefer staff; a pupil's surname with a title is most often the pupil's family."""
        staff = frozenset(number for number in people if self._index.people[number].role in _STAFF_ROLES)
        score = staff_score if staff else other_score
        if not score or not people:
            return None
        return Hit(first, stop, staff or people, score if len(staff or people) == 1 else max(score - 0.1, _LEAST))

    def _forward(self, around: Surroundings, index: int) -> Iterator[Hit]:
        """Read forename, then surname; either may have a slip when the other stands."""
        words = around.words
        for stop, _, people in self._index.forenames.at(words, index):
            if not self._whole(around, index, stop):
                continue
            yield from self._surname_at(around, index, stop, people)
            yield from self._past_middle_name(around, index, stop, people)
            yield from self._initial_after(around, index, stop, people)
        if index + 1 < len(words) and words[index + 1].stem in self._index.surnames.table and around.joined(index):
            for _, people in self._index.forenames.nearly(words[index].stem):
                for hit in self._surname_at(around, index, index + 1, people):
                    yield hit._replace(score=0.85)

    def _surname_at(self, around: Surroundings, first: int, at: int, people: People) -> Iterator[Hit]:
        if not (at < len(around.words) and around.joined(at - 1)) or around.possessive(at - 1):
            return
        found = False
        for stop, _, bearers in self._index.surnames.at(around.words, at):
            if (both := people & bearers) and self._whole(around, at, stop):
                found = True
                yield Hit(first, stop, both, 0.5 if self._only_words(around, first, stop) else 0.95)
        if found:
            return
        for _, bearers in self._index.surnames.nearly(around.words[at].stem):
            if both := people & bearers:
                yield Hit(first, at + 1, both, 0.85)

    def _past_middle_name(self, around: Surroundings, first: int, stop: int, people: People) -> Iterator[Hit]:
        if stop + 1 >= len(around.words) or not (around.joined_loosely(stop - 1) and around.joined_loosely(stop)):
            return
        if not around.capitalised(stop) and len(around.words[stop].stem) > 1:
            return
        for end, _, bearers in self._index.surnames.at(around.words, stop + 1):
            if (both := people & bearers) and self._whole(around, stop + 1, end):
                yield Hit(first, end, both, 0.9)

    def _initial_after(self, around: Surroundings, first: int, stop: int, people: People) -> Iterator[Hit]:
        """Read "Zofia K", and "Zofia Kow" with a capital."""
        if stop >= len(around.words) or not around.joined(stop - 1) or around.possessive(stop - 1):
            return
        letter = around.words[stop].stem
        if len(letter) > 1:
            both = self._index.with_initial(people, letter, of_surname=True) if len(letter) < _LONGEST_CUT else None
            if both and around.capitalised(stop):
                yield Hit(first, stop + 1, both, 0.8)
            return
        gap = around.gap(stop)
        ends = gap is None or not gap.startswith(" ")
        if letter in (_WORDS_OF_ONE_LETTER if around.capitalised(stop) else _TEXT_SPEAK) and not ends:
            return
        if both := self._index.with_initial(people, letter, of_surname=True):
            yield Hit(first, stop + 1, both, 0.85 if len(both) == 1 else 0.75)

    def _backward(self, around: Surroundings, index: int) -> Iterator[Hit]:
        """Read surname, then forename: "Winterbourne, Deborah"."""
        for at, form, people in self._index.surnames.at(around.words, index):
            if form.use is Use.ALONE and self._whole(around, index, at) and around.joined_by_comma(at - 1):
                yield from self._forename_at(around, index, at, people)

    def _forename_at(self, around: Surroundings, first: int, at: int, people: People) -> Iterator[Hit]:
        for stop, form, bearers in self._index.forenames.at(around.words, at):
            if not (both := people & bearers) or form.use is Use.BESIDE or not self._whole(around, at, stop):
                continue
            if around.capitalised(at) or "".join(form.parts) not in self._ambiguous_words:
                yield Hit(first, stop, both, 0.95)

    def _initial_first(self, around: Surroundings, index: int) -> Iterator[Hit]:
        """Read "Z. Kowalczyk"."""
        letter = around.words[index].stem
        if len(letter) != 1 or not around.capitalised(index) or not around.joined(index):
            return
        for stop, form, people in self._index.surnames.at(around.words, index + 1):
            both = self._index.with_initial(people, letter, of_surname=False)
            if both and form.use is Use.ALONE and self._whole(around, index + 1, stop):
                yield Hit(index, stop, both, 0.85 if len(both) == 1 else 0.75)

    def _only_words(self, around: Surroundings, first: int, stop: int) -> bool:
        """Say whether a name in small letters may as well be ordinary words ("may day")."""
        if around.text[around.words[first].start].isupper():
            return False
        return all(word.stem in self._ambiguous_words for word in around.words[first:stop])

    @staticmethod
    def _whole(around: Surroundings, first: int, stop: int) -> bool:
        return all(around.joined(index) for index in range(first, stop - 1))
