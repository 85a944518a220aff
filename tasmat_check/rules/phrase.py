"""The rule kind `phrase`: wording in the phrase language."""

from collections.abc import Iterable, Iterator

from tasmat_check.models import Skipped, Span
from tasmat_check.pack.rule_file import PhraseMatch, Rule
from tasmat_check.phrases import Phrase, parse
from tasmat_check.rules.conditions import Conditions
from tasmat_check.rules.lexicons import Lexicons
from tasmat_check.rules.matches import RuleMatch, longest
from tasmat_check.rules.reading import Reading
from tasmat_check.rules.sentences import Sentence
from tasmat_check.rules.triggers import TriggerIndex, of_word, remembered


class PhraseKind:
    """Runs every phrase rule with one index of what their patterns begin with."""

    def __init__(self, rules: Iterable[Rule], lexicons: Lexicons) -> None:
        """Parse the patterns; the pack has validated them."""
        self._lexicons = lexicons
        self._owners: dict[Phrase, list[int]] = {}
        self._rules: list[tuple[Rule, Conditions]] = []
        self._index = TriggerIndex[Phrase]()
        self._beginning_with = remembered(self._triggered_by)
        for rule in rules:
            if isinstance(rule.match, PhraseMatch):
                self._add(rule, rule.match)

    def _add(self, rule: Rule, match: PhraseMatch) -> None:
        for phrase in map(parse, match.patterns):
            if phrase not in self._owners:
                self._owners[phrase] = []
                self._index.add(phrase.beginning(), phrase)
                self._lexicons.anchors.add(phrase.requirements, phrase)
            self._owners[phrase].append(len(self._rules))
        self._rules.append((rule, Conditions(match)))

    def find(self, reading: Reading) -> Iterator[RuleMatch | Skipped]:
        """Yield the longest matches of every rule whose conditions hold."""
        spans: dict[int, list[Span]] = {}
        for sentence in reading.sentences:
            for owner, span in self._matches(reading, sentence):
                spans.setdefault(owner, []).append(span)
        for number, found in spans.items():
            rule, conditions = self._rules[number]
            for span in longest(span for span in found if conditions.hold(reading, span)):
                yield RuleMatch(rule, span, rule.confidence)

    def _matches(self, reading: Reading, sentence: Sentence) -> Iterator[tuple[int, Span]]:
        candidates = [self._candidates(reading, at) for at in sentence.words]
        likely = sentence.likely.intersection(frozenset[Phrase]().union(*candidates))
        possible = {phrase for phrase in likely if sentence.can_hold(phrase)}
        for at, phrases in zip(sentence.words, candidates, strict=True):
            for phrase in phrases & possible:
                end = max(phrase.ends(reading, at), default=at)
                if end > at:
                    yield from ((owner, reading.span(at, end)) for owner in self._owners[phrase])

    def _candidates(self, reading: Reading, at: int) -> frozenset[Phrase]:
        """Give the patterns that may begin at a word; what its key alone tells is worked out once for all texts."""
        found = of_word(self._beginning_with, reading.words[at])
        for label in reading.labels_at(at):
            found = found.union(self._index.by_label.get(label, ()))
            found |= self._through(self._lexicons.beginning_with_label(label))
        return found

    def _triggered_by(self, key: str) -> frozenset[Phrase]:
        return self._index.triggered_by(key) | self._through(self._lexicons.beginning_with(key))

    def _through(self, lexicons: Iterable[str]) -> frozenset[Phrase]:
        """Give the patterns that begin with a phrase of some lexicons."""
        return frozenset(phrase for name in lexicons for phrase in self._index.by_lexicon.get(name, ()))
