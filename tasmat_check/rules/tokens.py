"""The rule kind `tokens`: spaCy Matcher patterns over the text, with our entities as ENT_TYPE."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tasmat_check.models import Skipped, Span
from tasmat_check.pack.rule_file import Rule, TokenPattern, TokensMatch
from tasmat_check.rules.conditions import Conditions
from tasmat_check.rules.matches import RuleMatch, longest
from tasmat_check.rules.reading import Reading


class TokensKind:
    """Runs every tokens rule with one shared Matcher, built when a text first needs it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules of this kind."""
        self._rules: dict[str, tuple[Rule, Conditions]] = {}
        self._needed: list[_Needed] = []
        for rule in rules:
            if isinstance(rule.match, TokensMatch):
                self._rules[rule.id] = rule, Conditions(rule.match)
                self._needed.extend(map(_needed, rule.match.patterns))
        self._matchers: tuple[Any, Any] | None = None

    def find(self, reading: Reading) -> Iterator[RuleMatch | Skipped]:
        """Yield the longest matches of every rule whose conditions hold and that no `unless` pattern covers."""
        words = {key for word in reading.words for key in (word.key, word.stem)}
        if not any(needed.met(words, reading.labels) for needed in self._needed):
            return
        document = _document(reading)
        patterns, innocent = self._compiled()
        cleared = _spans_by_rule(innocent, document)
        for rule_id, spans in _spans_by_rule(patterns, document).items():
            rule, conditions = self._rules[rule_id]
            kept = (s for s in spans if conditions.hold(reading, s) and not _covered(reading, s, cleared.get(rule_id)))
            for span in longest(kept):
                yield RuleMatch(rule, span, rule.confidence)

    def _compiled(self) -> tuple[Any, Any]:
        if self._matchers is None:
            rules = [rule for rule, _ in self._rules.values()]
            self._matchers = compile_rules(rules)
        return self._matchers


def compile_rules(rules: Iterable[Rule]) -> tuple[Any, Any]:
    """Build the Matchers for the patterns of rules and for their innocent ones; raises ValueError for a bad pattern."""
    from spacy.matcher import Matcher

    from tasmat_check.nlp import tokenizer

    vocabulary = tokenizer().vocab
    matchers = Matcher(vocabulary, validate=True), Matcher(vocabulary, validate=True)
    for rule in rules:
        if isinstance(rule.match, TokensMatch):
            innocent = [list(pattern) for pattern in rule.match.unless if not isinstance(pattern, str)]
            for matcher, patterns in zip(matchers, ([list(p) for p in rule.match.patterns], innocent), strict=True):
                if patterns:
                    matcher.add(rule.id, patterns, greedy="LONGEST")
    return matchers


@dataclass(frozen=True, slots=True)
class _Needed:
    """What a text must hold for a pattern to match at all: spaCy need not be loaded for the other texts."""

    labels: frozenset[str]
    words: tuple[frozenset[str], ...]

    def met(self, words: set[str], labels: frozenset[str]) -> bool:
        return self.labels <= labels and not any(one_of.isdisjoint(words) for one_of in self.words)


def _needed(pattern: TokenPattern) -> _Needed:
    mandatory = [token for token in pattern if token.get("OP", "1") in ("1", "+")]
    labels = (token.get("ENT_TYPE") for token in mandatory)
    words = (_plain_words(token.get("LOWER")) for token in mandatory)
    return _Needed(
        frozenset(label for label in labels if isinstance(label, str) and label),
        tuple(one_of for one_of in words if one_of),
    )


def _plain_words(lower: object) -> frozenset[str]:
    """Give the words that a LOWER condition allows; none where one of them is more or less than a plain word."""
    allowed = lower.get("IN", ()) if isinstance(lower, dict) else (lower,)
    if all(isinstance(word, str) and word.isalpha() and word.isascii() for word in allowed):
        return frozenset(allowed)
    return frozenset()


def _document(reading: Reading) -> Any:
    from spacy.util import filter_spans

    from tasmat_check.nlp import tokenizer

    document = tokenizer()(reading.passage.text)
    spans = (
        document.char_span(e.span.start, e.span.end, label=e.label, alignment_mode="expand") for e in reading.entities
    )
    document.ents = filter_spans([span for span in spans if span is not None])
    return document


def _spans_by_rule(matcher: Any, document: Any) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    if not len(matcher):
        return found
    for match in matcher(document, as_spans=True):
        found.setdefault(match.label_, []).append(Span(match.start_char, match.end_char))
    return found


def _covered(reading: Reading, span: Span, innocent: Sequence[Span] | None) -> bool:
    """Say whether an innocent pattern stands in the sentence of the evidence."""
    if not innocent:
        return False
    words = reading.within(span, "sentence")
    sentence = reading.span(words.start, words.stop)
    return any(other.overlaps(sentence) for other in innocent)
