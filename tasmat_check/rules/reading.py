"""A passage as the rules see it: its words, its entities, and the word classes found in it."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence, Set
from functools import cached_property

from tasmat_check.meaning import Meaning
from tasmat_check.models import Entity, Passage, Span
from tasmat_check.pack.rule_file import Reach
from tasmat_check.phrases import Phrase
from tasmat_check.rules.lexicons import Lexicons
from tasmat_check.rules.sentences import Sentence
from tasmat_check.wording import Word, Wording

_NOWHERE: frozenset[int] = frozenset()


class Reading:
    """One passage, read once for all rules. What is asked of it twice is worked out once.

    Words go by their index; an end is the index after a match's last word.
    """

    def __init__(
        self,
        passage: Passage,
        wording: Wording,
        entities: Sequence[Entity],
        lexicons: Lexicons,
        meaning: Meaning | None = None,
    ) -> None:
        """Join a passage with what the recognizers saw in it, and what the meaning model makes of it."""
        self.passage = passage
        self.wording = wording
        self.entities = tuple(entities)
        self.meaning = meaning
        self.words: tuple[Word, ...] = wording.words
        self._lexicons = lexicons
        self._lexicon_ends: dict[tuple[str, int], frozenset[int]] = {}
        self._answers: dict[Hashable, bool] = {}

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of all entities."""
        return frozenset(entity.label for entity in self.entities)

    def labels_at(self, at: int) -> Collection[str]:
        """Name the labels of the entities that begin in a word."""
        return self._labels_at.get(at, ())

    @cached_property
    def _labels_at(self) -> dict[int, list[str]]:
        table: dict[int, list[str]] = {}
        for label, at in self._entities_at:
            table.setdefault(at, []).append(label)
        return table

    @cached_property
    def _entities_at(self) -> dict[tuple[str, int], list[tuple[int, Entity]]]:
        """The entities by label and first word, each with its end."""
        table: dict[tuple[str, int], list[tuple[int, Entity]]] = {}
        for entity in self.entities:
            words = self.wording.words_in(entity.span)
            if words:
                table.setdefault((entity.label, words.start), []).append((words.stop, entity))
        return table

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in order."""
        numbers = [word.sentence for word in self.words]
        starts = [at for at, number in enumerate(numbers) if at == 0 or number != numbers[at - 1]]
        stops = [*starts[1:], len(numbers)]
        return tuple(Sentence(self, range(*ends), self._lexicons) for ends in zip(starts, stops, strict=False))

    @cached_property
    def _sentence_of(self) -> tuple[Sentence, ...]:
        """The sentence of each word."""
        return tuple(sentence for sentence in self.sentences for _ in sentence.words)

    def sentences_in(self, words: range) -> Iterable[Sentence]:
        """Give the sentences that hold some words, in order."""
        return dict.fromkeys(self._sentence_of[words.start : words.stop])

    def sentence(self, at: int) -> range:
        """Give the words of the sentence that holds a word."""
        return self._sentence_of[at].words

    def likely(self, at: int) -> Set[Phrase]:
        """Give the phrases whose rarest part stands in the sentence that holds a word."""
        return self._sentence_of[at].likely

    def can_hold(self, phrase: Phrase, at: int) -> bool:
        """Say whether the sentence that holds a word meets every requirement of a phrase."""
        return self._sentence_of[at].can_hold(phrase)

    def lexicons_at(self, at: int) -> frozenset[str]:
        """Name the lexicons that may have a phrase beginning at a word."""
        return self._sentence_of[at].lexicons_at[at]

    def lexicon_ends(self, name: str, at: int) -> frozenset[int]:
        """Give the ends of the phrases of a lexicon that begin at a word."""
        sentence = self._sentence_of[at]
        if name not in sentence.lexicons_at[at]:
            return _NOWHERE
        found = self._lexicon_ends.get((name, at))
        if found is None:
            stop = sentence.words.stop
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
