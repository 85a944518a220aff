"""What must stand near a rule's evidence, and what near it makes it innocent."""

from collections.abc import Iterable

from tasmat_check.models import Span
from tasmat_check.pack.rule_file import Match, Reach
from tasmat_check.pack.validation import NEGATION
from tasmat_check.phrases import Phrase, parse
from tasmat_check.rules.reading import Reading
from tasmat_check.rules.sentences import Sentence

_NEGATION_DISTANCE = 3


class Wordings:
    """A list of phrases of which one is enough, sought within some reach of a place."""

    def __init__(self, patterns: Iterable[str], reach: Reach) -> None:
        """Parse the phrases; the pack has validated them."""
        self._phrases: tuple[Phrase, ...] = tuple(parse(pattern) for pattern in patterns)
        self._reach: Reach = reach

    def hold(self, reading: Reading, span: Span) -> bool:
        """Say whether one of the phrases stands within reach of a stretch of text."""
        words = reading.within(span, self._reach)
        return reading.once((id(self), words), lambda: self._found(reading, words))

    def _found(self, reading: Reading, words: range) -> bool:
        return any(self._found_in(reading, sentence) for sentence in reading.sentences_in(words))

    def _found_in(self, reading: Reading, sentence: Sentence) -> bool:
        possible = filter(sentence.can_hold, self._phrases)
        return any(phrase.ends(reading, at) for phrase in possible for at in sentence.words)


class Conditions:
    """Everything a rule asks beyond its patterns."""

    def __init__(self, match: Match) -> None:
        """Prepare the conditions of one rule."""
        self._needs = tuple(Wordings(need.any, need.reach) for need in match.needs)
        unless = tuple(phrase for phrase in match.unless if isinstance(phrase, str))
        self._unless = (Wordings(unless, "sentence"), Wordings(match.unless_post, "post"))
        self._unless_negated = match.unless_negated
        self._speaks_of = match.speaks_of

    def hold(self, reading: Reading, span: Span) -> bool:
        """Say whether evidence at a stretch of text counts."""
        if not self._speaks_of(reading.passage.found_in):
            return False
        if any(wordings.hold(reading, span) for wordings in self._unless):
            return False
        if self._unless_negated and is_negated(reading, span):
            return False
        return all(wordings.hold(reading, span) for wordings in self._needs)


def is_negated(reading: Reading, span: Span) -> bool:
    """Say whether a negation stands up to three words before a stretch, in the same sentence."""
    words = reading.wording.words_in(span)
    if not words:
        return False
    sentence = reading.sentence(words.start)
    before = range(max(sentence.start, words.start - _NEGATION_DISTANCE), words.start)
    return any(reading.lexicon_ends(NEGATION, at) for at in before)
