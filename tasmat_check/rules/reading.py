"""A passage as the rules see it: its words, its entities, and the word classes found in it."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from functools import cached_property

from tasmat_check.models import Entity, Passage, Span
from tasmat_check.pack.rule_file import Reach
from tasmat_check.phrases import Phrase, Signs
from tasmat_check.rules.lexicons import Lexicons
from tasmat_check.wording import Word, Wording

_NOWHERE: frozenset[int] = frozenset()


class Reading:
    """One passage, read once for all rules. What is asked of it twice is worked out once."""

    def __init__(self, passage: Passage, wording: Wording, entities: Sequence[Entity], lexicons: Lexicons) -> None:
        """Join a passage with what the recognizers saw in it."""
        self.passage = passage
        self.wording = wording
        self.entities = tuple(entities)
        self.words: tuple[Word, ...] = wording.words
        self._lexicons = lexicons
        self._lexicon_ends: dict[tuple[str, int], frozenset[int]] = {}
        self._possible: dict[tuple[int, int], bool] = {}
        self._held: dict[tuple[str, int], bool] = {}
        self._answers: dict[Hashable, bool] = {}

    @cached_property
    def _entities_at(self) -> dict[tuple[str, int], list[tuple[int, Entity]]]:
        table: dict[tuple[str, int], list[tuple[int, Entity]]] = {}
        for entity in self.entities:
            words = self.wording.words_in(entity.span)
            if words:
                table.setdefault((entity.label, words.start), []).append((words.stop, entity))
        return table

    def labels_at(self, at: int) -> Collection[str]:
        """Name the labels of the entities that begin in a word."""
        return self._labels_at.get(at, ())

    def lexicons_at(self, at: int) -> frozenset[str]:
        """Name the lexicons that may have a phrase beginning at a word."""
        return self._lexicons_at[at]

    @cached_property
    def _labels_at(self) -> dict[int, list[str]]:
        table: dict[int, list[str]] = {}
        for label, at in self._entities_at:
            table.setdefault(at, []).append(label)
        return table

    @cached_property
    def _likely_lexicons(self) -> dict[int, frozenset[str]]:
        """The lexicons of which each sentence may hold a phrase; sentences go by the index of their first word."""
        return {
            sentence.start: self._lexicons.likely(self._keys_of(sentence), self._labels_of(sentence))
            for sentence in self.sentences
        }

    @cached_property
    def _lexicons_at(self) -> tuple[frozenset[str], ...]:
        """The lexicons that may have a phrase beginning at each word."""
        return tuple(self._beginning_at(at) & self._likely_lexicons[self._sentences[at].start] for at in self._indexes)

    def _beginning_at(self, at: int) -> frozenset[str]:
        word = self.words[at]
        found = self._lexicons.beginning_with(word.key)
        if word.stem != word.key:
            found |= self._lexicons.beginning_with(word.stem)
        return found.union(*map(self._lexicons.beginning_with_label, self.labels_at(at)))

    @property
    def _indexes(self) -> range:
        return range(len(self.words))

    @cached_property
    def _places(self) -> dict[int, dict[str, list[int]]]:
        """Where each lexicon may begin, sentence by sentence."""
        places: dict[int, dict[str, list[int]]] = {}
        for sentence in self.sentences:
            here = places[sentence.start] = {}
            for at in sentence:
                for name in self._lexicons_at[at]:
                    here.setdefault(name, []).append(at)
        return places

    @cached_property
    def _signs(self) -> dict[int, Signs]:
        """What each sentence holds."""
        return {
            sentence.start: Signs(
                self._keys_of(sentence), frozenset(self._places[sentence.start]), self._labels_of(sentence)
            )
            for sentence in self.sentences
        }

    @cached_property
    def _likely(self) -> dict[int, set[int]]:
        """The phrases, by their object's id, whose rarest part each sentence holds."""
        held = self._lexicons.anchors.held
        return {first: held(signs.keys, signs.lexicons, signs.labels) for first, signs in self._signs.items()}

    def _keys_of(self, sentence: range) -> frozenset[str]:
        words = self.words[sentence.start : sentence.stop]
        return frozenset(key for word in words for key in (word.key, word.stem))

    def _labels_of(self, sentence: range) -> frozenset[str]:
        return frozenset(label for at, labels in self._labels_at.items() if at in sentence for label in labels)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of all entities."""
        return frozenset(entity.label for entity in self.entities)

    @cached_property
    def _sentences(self) -> tuple[range, ...]:
        ranges: list[range] = []
        first = 0
        for at in range(1, len(self.words) + 1):
            if at == len(self.words) or self.words[at].sentence != self.words[first].sentence:
                ranges.extend([range(first, at)] * (at - first))
                first = at
        return tuple(ranges)

    def can_hold(self, phrase: Phrase, at: int) -> bool:
        """Say, without looking at places, whether the sentence that holds a word can hold a phrase."""
        first = self._sentences[at].start
        question = (id(phrase), first)
        found = self._possible.get(question)
        if found is None:
            found = self._possible[question] = self._allows(phrase, first)
        return found

    def likely(self, at: int) -> set[int]:
        """Give the phrases, by their object's id, whose rarest part stands in the sentence that holds a word."""
        return self._likely[self._sentences[at].start]

    def _allows(self, phrase: Phrase, first: int) -> bool:
        signs = self._signs[first]
        if any(signs.keys.isdisjoint(keys) for keys in phrase.required_keys):
            return False
        if not all(map(signs.allow, phrase.required_otherwise)):
            return False
        return all(self._holds_one(names & signs.lexicons, first) for names in phrase.required_lexicons)

    def _holds_one(self, lexicons: frozenset[str], first: int) -> bool:
        return any(self._holds(lexicon, first) for lexicon in lexicons)

    def _holds(self, lexicon: str, first: int) -> bool:
        """Say whether a phrase of a lexicon stands in the sentence that begins with a word."""
        found = self._held.get((lexicon, first))
        if found is None:
            places = self._places[first].get(lexicon, ())
            found = any(self.lexicon_ends(lexicon, at) for at in places)
            self._held[(lexicon, first)] = found
        return found

    @property
    def sentences(self) -> Iterable[range]:
        """The words of each sentence, in order."""
        return dict.fromkeys(self._sentences)

    def sentences_in(self, words: range) -> Iterable[range]:
        """Give the sentences that a stretch of whole sentences consists of."""
        return dict.fromkeys(self._sentences[words.start : words.stop])

    def sentence(self, at: int) -> range:
        """Give the words of the sentence that holds a word."""
        return self._sentences[at]

    def lexicon_ends(self, name: str, at: int) -> frozenset[int]:
        """Give the ends of the phrases of a lexicon that begin at a word."""
        if name not in self._lexicons_at[at]:
            return _NOWHERE
        found = self._lexicon_ends.get((name, at))
        if found is None:
            stop = self._sentences[at].stop
            found = frozenset(end for end in self._lexicons.ends(self, name, at) if end <= stop)
            self._lexicon_ends[(name, at)] = found
        return found

    def entity_ends(self, label: str, role: str, at: int) -> Collection[int]:
        """Give the ends of the entities of a label (and role in the people list) that begin in a word."""
        found = self._entities_at.get((label, at), ())
        return [end for end, entity in found if not role or has_role(entity, role)]

    def span(self, start: int, end: int) -> Span:
        """Give the stretch of text that some words cover."""
        return Span(self.words[start].start, self.words[end - 1].end)

    def within(self, span: Span, reach: Reach) -> range:
        """Give the words that lie within reach of a stretch of text."""
        if reach == "post" or not self.words:
            return range(len(self.words))
        words = self.wording.words_in(span) or self._beside(span)
        first, last = self.sentence(words.start).start, self.sentence(words.stop - 1).stop
        if reach == "sentence":
            return range(first, last)
        before = self.sentence(first - 1).start if first else first
        after = self.sentence(last).stop if last < len(self.words) else last
        return range(before, after)

    def _beside(self, span: Span) -> range:
        """Give the word that a stretch without words stands next to, in its own sentence where there is one."""
        after = self.wording.words_in(span).start
        before = max(after - 1, 0)
        sentence = self.wording.sentences[self.words[before].sentence]
        at = before if after == len(self.words) or span.start < sentence.end else after
        return range(at, at + 1)

    def once(self, question: Hashable, answer: Callable[[], bool]) -> bool:
        """Answer a question about this passage, remembering the answer."""
        if question not in self._answers:
            self._answers[question] = answer()
        return self._answers[question]


def has_role(entity: Entity, role: str) -> bool:
    """Say whether the people list knows an entity in a role: listed, unlisted, or a role's name."""
    if role == "unlisted":
        return entity.person is None
    if entity.person is None:
        return False
    return role in ("listed", entity.person.role)
