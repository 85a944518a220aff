"""Weighs a name that stands alone: how likely a forename or surname by itself means the person on the list."""

from collections.abc import Container

from tasmat_check.people.hits import Hit
from tasmat_check.people.index import NameIndex, People
from tasmat_check.people.surroundings import Surroundings
from tasmat_check.people.variants import Use

_LEAST = 0.4
_SHORT = 3
_BETWEEN_INITIALS = frozenset({".", ". ", " ", "-", ".-"})


class LoneReader:
    """Finds lone forenames, lone surnames, slips in either, and initials."""

    def __init__(
        self,
        index: NameIndex,
        ambiguous_words: Container[str],
        common_forenames: Container[str],
        common_words: Container[str],
    ) -> None:
        self._index = index
        self._ambiguous_words = ambiguous_words
        self._common_forenames = common_forenames
        self._common_words = common_words

    def read_forename(self, around: Surroundings, index: int) -> Hit | None:
        """Find a lone forename, preferred name or, at school, nickname."""
        for stop, form, people in self._index.forenames.at(around.words, index):
            if form.use is Use.BESIDE or not all(around.joined(at) for at in range(index, stop - 1)):
                continue
            key = "".join(form.parts)
            score = self.weigh(around, (index, stop), key, people)
            if form.use is Use.AT_SCHOOL:
                score = self._nickname(around, (index, stop), key, score)
            if score >= _LEAST:
                return self._settled(around, Hit(index, stop, people, score))
        return self.read_without_apostrophe(around, index)

    def weigh(self, around: Surroundings, words: tuple[int, int], key: str, people: People) -> float:
        """Score a lone forename that stands at words first to stop."""
        first, stop = words
        if around.beside_other_name(first, stop):
            return 0.0
        own = self._in_own_class(around, first, people)
        if key in self._ambiguous_words:
            return self._ambiguous(around, words, own=own)
        if own and (around.capitalised(first) or key not in self._common_forenames):
            return 0.9
        if around.own_family(first):
            return 0.0
        if key in self._common_forenames:
            return self._common(around, first, stop)
        return self._rare(around, first, key, people)

    def weigh_piece(self, around: Surroundings, index: int, key: str, people: People) -> float:
        """Score a lone forename that is one piece of a hashtag or handle; 0 where it is a word as well."""
        if key in self._ambiguous_words:
            return 0.0
        if self._in_own_class(around, index, people):
            return 0.9
        return 0.5 if key in self._common_forenames or len(key) <= _SHORT else 0.7

    def read_surname(self, around: Surroundings, index: int) -> Hit | None:
        """Find a lone capitalised surname."""
        if not around.capitalised(index):
            return None
        for stop, form, people in self._index.surnames.at(around.words, index):
            if form.use is Use.ALONE and all(around.joined(at) for at in range(index, stop - 1)):
                score = self._surname(around, (index, stop), "".join(form.parts), people)
                if score >= _LEAST:
                    return self._settled(around, Hit(index, stop, people, score))
        return None

    def read_slip(self, around: Surroundings, index: int) -> Hit | None:
        """Find a capitalised forename or surname with one slip; ordinary words open sentences, so not there."""
        word = around.words[index].stem
        if word in self._common_words or self.doubtful(word) or around.beside_other_name(index, index + 1):
            return None
        family = around.family_follows(index + 1)
        opens = around.opens_sentence(index) and not family
        for form, people in self._index.forenames.nearly(word):
            own = self._in_own_class(around, index, people)
            if form.use is Use.ALONE and (own or not (opens or self.doubtful(form.parts[0]))):
                score = 0.75 if own else 0.65 if family or around.at_school(index) else 0.55
                return self._settled(around, Hit(index, index + 1, people, score))
        if opens or len(word) < 6 or not around.at_school(index):
            return None
        for form, people in self._index.surnames.nearly(word):
            if form.use is Use.ALONE:
                return self._settled(around, Hit(index, index + 1, people, 0.45))
        return None

    def read_initials(self, around: Surroundings, index: int) -> Hit | None:
        """Find initials of someone whose own class or year stands near, or dotted ones near a school word."""
        letters, stop, dotted = self._initials(around, index)
        people = self._index.initials.get(letters)
        if not people:
            return None
        own = frozenset(number for number in people if around.in_own_class(index, self._index.people[number]))
        if own:
            return Hit(index, stop, own, 0.75 if len(own) == 1 else 0.6)
        return Hit(index, stop, people, 0.45) if dotted and around.at_school(index) else None

    @staticmethod
    def _initials(around: Surroundings, index: int) -> tuple[str, int, bool]:
        """Gather "KM", "K M" and "K.M." from a word on: the letters, the index after them, and whether dotted."""
        words = around.words
        word = words[index]
        if len(word.stem) > 1:
            bare = around.text[word.start : around.end(index)]
            return (word.stem if bare.isupper() else ""), index + 1, False
        stop, dotted = index, False
        while stop < len(words) and len(words[stop].stem) == 1 and around.text[words[stop].start].isupper():
            stop += 1
            gap = around.gap(stop - 1) or ""
            dotted = dotted or gap.startswith(".")
            if gap not in _BETWEEN_INITIALS:
                break
        return "".join(word.stem for word in words[index:stop]), stop, dotted

    def doubtful(self, key: str) -> bool:
        """Say whether a name alone may be a word or anybody."""
        return key in self._ambiguous_words or key in self._common_forenames

    def _in_own_class(self, around: Surroundings, index: int, people: People) -> bool:
        return any(around.in_own_class(index, self._index.people[number]) for number in people)

    def _settled(self, around: Surroundings, hit: Hit) -> Hit:
        """Prefer those whose class stands near; several namesakes make each of them less sure."""
        if len(hit.people) == 1:
            return hit
        own = frozenset(number for number in hit.people if around.in_own_class(hit.first, self._index.people[number]))
        if len(own) == 1:
            return hit._replace(people=own)
        return hit._replace(people=own or hit.people, score=max(round(hit.score - 0.15, 2), _LEAST))

    def _rare(self, around: Surroundings, first: int, key: str, people: People) -> float:
        pupil = any(self._index.people[number].role == "pupil" for number in people)
        at_school = around.at_school(first)
        if around.capitalised(first):
            if len(key) <= _SHORT and not at_school:
                return 0.6
            return 0.8 if pupil or at_school else 0.7
        if len(key) <= _SHORT:
            return 0.6 if at_school else 0.0
        return 0.7 if pupil or at_school else 0.5

    @staticmethod
    def _common(around: Surroundings, first: int, stop: int) -> float:
        if around.family_follows(stop):
            return 0.75
        if around.capitalised(first):
            return 0.75 if around.at_school(first) else 0.5
        return 0.6 if around.at_school(first) else 0.4

    def _ambiguous(self, around: Surroundings, words: tuple[int, int], *, own: bool) -> float:
        """Score a name that is a word too; its own class near it makes it sure, a capital alone never does."""
        first, stop = words
        if around.family_follows(stop):
            return 0.7
        if not around.capitalised(first) or around.calendar(first) or around.own_family(first):
            return 0.0
        if around.opens_sentence(first) and not self._subject(around, stop, own=own):
            return 0.0
        if own:
            return 0.85
        return 0.7 if around.at_school(first) else 0.0

    @staticmethod
    def _subject(around: Surroundings, stop: int, *, own: bool) -> bool:
        """Say whether what follows shows that the word opening a sentence is somebody."""
        return around.acts(stop) or around.in_my_class(stop) or (own and around.place_follows(stop))

    def _nickname(self, around: Surroundings, words: tuple[int, int], key: str, score: float) -> float:
        """Let a nickname nobody listed count only at school, and only when it is nobody's own name."""
        if self.doubtful(key) or not around.at_school(words[0]) or not around.capitalised(words[0]):
            return 0.0
        return min(score, 0.6)

    def read_without_apostrophe(self, around: Surroundings, index: int) -> Hit | None:
        """Find "zosias mum"."""
        words = around.words
        key = words[index].stem
        if index + 1 >= len(words) or not key.endswith("s") or not around.family_word(index + 1):
            return None
        people = self._index.forenames.bearers(key[:-1], Use.ALONE)
        if not people or len(key) <= _SHORT:
            return None
        end = words[index].end - 1
        return self._settled(around, Hit(index, index + 1, people, 0.7, (words[index].start, end)))

    def _surname(self, around: Surroundings, words: tuple[int, int], key: str, people: People) -> float:
        first, stop = words
        at_school = around.at_school(first)
        if around.beside_other_name(first, stop) or around.own_family(first):
            return 0.0
        if key in self._common_words or self.doubtful(key):
            return 0.45 if at_school and not around.opens_sentence(first) and not around.calendar(first) else 0.0
        if self._in_own_class(around, first, people):
            return 0.75
        if around.opens_sentence(first) and not at_school:
            return 0.5
        return 0.75 if any(self._index.people[number].role == "staff" for number in people) else 0.6
