"""The rule kind `meaning`: what the meaning model recognizes, and the stretch of the text that carries it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from tasmat_check.meaning import Sense
from tasmat_check.models import Skipped, Span
from tasmat_check.pack.rule_file import MeaningMatch, Rule
from tasmat_check.rules.conditions import Conditions
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.rules.reading import Reading
from tasmat_check.wording import Wording

_LONG_SENTENCE = 160
"""Characters from which on only a clause of a sentence is shown as evidence."""

_CLAUSE_END = re.compile(r"[,;:–—]\s+|\s+(?:-|–|—|&|and|but|so|because|cos)\s+", re.IGNORECASE)


class MeaningKind:
    """Runs every meaning rule."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules of this kind."""
        self._rules = [
            (rule, rule.match.label, Conditions(rule.match)) for rule in rules if isinstance(rule.match, MeaningMatch)
        ]

    def find(self, reading: Reading) -> Iterator[RuleMatch | Skipped]:
        """Yield each label that reaches its caution threshold; below its breach threshold the match is doubtful."""
        if reading.meaning is None:
            return
        for rule, label, conditions in self._rules:
            sense = reading.meaning.senses.get(label)
            if sense is None:
                continue
            span = evidence(sense, reading.wording)
            if conditions.hold(reading, span):
                sure = sense.probability >= sense.label.breach
                yield RuleMatch(rule, span, round(sense.probability, 3), sure)


def evidence(sense: Sense, wording: Wording) -> Span:
    """Give the sentence that most of a label's attention lies on; of a long one, the clause that does."""
    parts = [part for sentence in wording.sentences for part in _parts(sentence, wording.text)]
    if not parts:
        return Span(0, len(wording.text))
    starts = [part.start for part in parts]
    shares = [0.0] * len(parts)
    for span, share in sense.weights:
        shares[max(0, bisect_right(starts, span.start) - 1)] += share
    best = parts[shares.index(max(shares))]
    return _trimmed(best, wording.text)


def _parts(sentence: Span, text: str) -> Iterator[Span]:
    if sentence.end - sentence.start <= _LONG_SENTENCE:
        yield sentence
        return
    start = sentence.start
    for mark in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        if mark.start() - start >= _LONG_SENTENCE // 4:
            yield Span(start, mark.start())
            start = mark.end()
    yield Span(start, sentence.end)


def _trimmed(span: Span, text: str) -> Span:
    """Leave out the white space at both ends, and the full stop of a sentence."""
    inside = text[span.start : span.end]
    shown = inside.strip()
    start = span.start + inside.index(shown)
    return Span(start, start + len(shown.rstrip(".") or shown))
