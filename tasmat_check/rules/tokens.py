"""The rule kind `tokens`: spaCy Matcher patterns over the text, with our entities as ENT_TYPE."""

from collections.abc import Iterable, Iterator, Sequence
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
        self._labels: dict[str, list[frozenset[str]]] = {}
        for rule in rules:
            if isinstance(rule.match, TokensMatch):
                self._rules[rule.id] = rule, Conditions(rule.match)
                self._labels[rule.id] = _labels_needed(rule.match)
        self._matchers: tuple[Any, Any] | None = None

    def find(self, reading: Reading) -> Iterator[RuleMatch | Skipped]:
        """Yield the longest matches of every rule whose conditions hold and that no `unless` pattern covers."""
        wanted = {rule for rule, labels in self._labels.items() if any(need <= reading.labels for need in labels)}
        if not wanted or not reading.words:
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

    from tasmat_check.nlp import blank

    vocabulary = blank().vocab
    matchers = Matcher(vocabulary, validate=True), Matcher(vocabulary, validate=True)
    for rule in rules:
        if isinstance(rule.match, TokensMatch):
            innocent = [list(pattern) for pattern in rule.match.unless if not isinstance(pattern, str)]
            for matcher, patterns in zip(matchers, ([list(p) for p in rule.match.patterns], innocent), strict=True):
                if patterns:
                    matcher.add(rule.id, patterns, greedy="LONGEST")
    return matchers


def _labels_needed(match: TokensMatch) -> list[frozenset[str]]:
    return [frozenset(_labels(pattern)) for pattern in match.patterns]


def _labels(pattern: TokenPattern) -> Iterator[str]:
    for token in pattern:
        label = token.get("ENT_TYPE")
        if isinstance(label, str) and label and token.get("OP", "1") in ("1", "+"):
            yield label


def _document(reading: Reading) -> Any:
    from spacy.util import filter_spans

    from tasmat_check.nlp import blank

    document = blank()(reading.passage.text)
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
