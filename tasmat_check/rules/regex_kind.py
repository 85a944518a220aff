"""The rule kind `regex`: regular expressions, each bounded in time so that none can hang a check."""

from collections.abc import Iterable, Iterator
from time import perf_counter

import regex

from tasmat_check.models import Skipped, Span
from tasmat_check.pack.rule_file import RegexMatch, Rule
from tasmat_check.rules.conditions import Conditions
from tasmat_check.rules.matches import RuleMatch, longest
from tasmat_check.rules.reading import Reading

TIME_LIMIT = 1.0
"""Seconds that the patterns of one rule may take on one passage."""


class RegexKind:
    """Runs every regex rule over the original text, without regard to case."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Compile the patterns; the pack has validated them."""
        self._rules = [
            (
                rule,
                [regex.compile(pattern, regex.IGNORECASE) for pattern in rule.match.patterns],
                Conditions(rule.match),
            )
            for rule in rules
            if isinstance(rule.match, RegexMatch)
        ]

    def find(self, reading: Reading) -> Iterator[RuleMatch | Skipped]:
        """Yield the longest matches of every rule whose conditions hold; a rule out of time is skipped, aloud."""
        for rule, patterns, conditions in self._rules:
            try:
                spans = list(_search(patterns, reading.passage.text))
            except TimeoutError:
                yield Skipped(f"rule {rule.id}", f"it took longer than {TIME_LIMIT:g} s on this text and was given up")
                continue
            for span in longest(span for span in spans if conditions.hold(reading, span)):
                yield RuleMatch(rule, span, rule.confidence)


def _search(patterns: list[regex.Pattern[str]], text: str) -> Iterator[Span]:
    deadline = perf_counter() + TIME_LIMIT
    for pattern in patterns:
        remaining = max(0.001, deadline - perf_counter())
        for match in pattern.finditer(text, timeout=remaining):
            if match.end() > match.start():
                yield Span(match.start(), match.end())
