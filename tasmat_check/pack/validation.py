"""Checks what no single file can tell: that rules, clauses, lexicons and entity labels fit together."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tasmat_check.labels import PICTURE_LABELS, TEXT_LABELS
from tasmat_check.pack import token_patterns
from tasmat_check.pack.loading import Mistakes
from tasmat_check.pack.policy_file import Clause, Policy
from tasmat_check.pack.rule_file import (
    OWNER_CUES,
    EntityMatch,
    Match,
    MeaningMatch,
    PhraseMatch,
    RegexMatch,
    Rule,
    TokenPattern,
    TokensMatch,
)
from tasmat_check.phrases import EntityClass, LexiconClass, parse, plain_keys
from tasmat_check.wording import keys

NEGATION = "negation"
"""The lexicon whose words, standing shortly before a rule's evidence, negate it."""

_MENTION = re.compile(r"\{([a-z0-9-]+)\}")

Rules = Sequence[tuple[Path, Rule]]
Lexicons = Sequence[tuple[Path, tuple[str, ...]]]


def check_pack(policy: Policy, rules: Rules, lexicons: Lexicons, meanings: Set[str], mistakes: Mistakes) -> None:
    """Note every mistake in how the files of a pack refer to one another; `meanings` are the model's labels."""
    clauses = {clause.number: clause for clause in policy.clause}
    names = {path.stem for path, _ in lexicons}
    labels = TEXT_LABELS | PICTURE_LABELS | {name for name in names if name.isupper()}
    checker = _PhraseChecker(names, labels, meanings)
    _check_clauses(policy, mistakes)
    _check_lexicons(rules, lexicons, checker, mistakes)
    seen: dict[str, Path] = {}
    for path, rule in rules:
        if rule.id != path.stem:
            mistakes.add(path, f"id “{rule.id}” differs from the file's name, “{path.stem}”")
        if rule.id in seen:
            mistakes.add(path, f"id “{rule.id}” is taken by {mistakes.name(seen[rule.id])}")
        seen[rule.id] = path
        for what in _rule_mistakes(rule, clauses, labels, names, checker):
            mistakes.add(path, f"rule {rule.id}: {what}")


def _check_clauses(policy: Policy, mistakes: Mistakes) -> None:
    path = mistakes.folder / "policy.toml"
    numbers = [clause.number for clause in policy.clause]
    for number in sorted({n for n in numbers if numbers.count(n) > 1}):
        mistakes.add(path, f"clause {number}: stands there more than once")
    for clause in policy.clause:
        for followed in clause.follows:
            if followed != "*" and followed not in numbers:
                mistakes.add(path, f"clause {clause.number}: follows: there is no clause {followed}")


class _PhraseChecker:
    """Parses phrases and checks the lexicons and labels they mention."""

    def __init__(self, lexicons: set[str], labels: frozenset[str], meanings: Set[str]) -> None:
        self._lexicons = lexicons
        self._labels = labels
        self.meanings = meanings

    def mistakes(self, pattern: str) -> Iterator[str]:
        if plain_keys(pattern):
            return
        try:
            phrase = parse(pattern)
        except ValueError as error:
            yield str(error)
            return
        for element in phrase.parts():
            if isinstance(element, LexiconClass) and element.name not in self._lexicons:
                yield f"“{pattern}”: there is no lexicon {element.name}.txt"
            if isinstance(element, EntityClass) and element.label not in self._labels:
                yield f"“{pattern}”: there is no entity label {element.label}"


def _check_lexicons(rules: Rules, lexicons: Lexicons, checker: _PhraseChecker, mistakes: Mistakes) -> None:
    """Check the lexicons that rules use as word classes; the others are plain lists for recognizers."""
    lines = {path.stem: phrases for path, phrases in lexicons}
    used = mentioned_lexicons([rule for _, rule in rules], lines)
    mentions: dict[str, set[str]] = {}
    for path, phrases in lexicons:
        if path.stem in used:
            mentions[path.stem] = _mentioned(phrases)
        for what in _lexicon_mistakes(path.stem, phrases, used, checker):
            mistakes.add(path, what)
    try:
        TopologicalSorter(mentions).prepare()
    except CycleError as error:
        names = " → ".join(error.args[1])
        path = next(path for path, _ in lexicons if path.stem == error.args[1][0])
        mistakes.add(path, f"lexicons mention each other in a circle: {names}")


def _lexicon_mistakes(name: str, phrases: Iterable[str], used: Set[str], checker: _PhraseChecker) -> Iterator[str]:
    for phrase in phrases:
        if name in used:
            yield from checker.mistakes(phrase)
        elif name.isupper() and not keys(phrase):
            yield f"“{phrase}” holds no word"


def mentioned_lexicons(rules: Iterable[Rule], lexicons: Mapping[str, Iterable[str]]) -> set[str]:
    """Name the lexicons of a pack that its rules use, directly or through other lexicons."""
    found: set[str] = set()
    waiting = {NEGATION, *OWNER_CUES.values()}
    for rule in rules:
        waiting |= _mentioned(phrase for _, phrase in phrases_of(rule.match))
    while waiting:
        name = waiting.pop()
        if name in lexicons and name not in found:
            found.add(name)
            waiting |= _mentioned(lexicons[name])
    return found


def _mentioned(phrases: Iterable[str]) -> set[str]:
    return {name for phrase in phrases for name in _MENTION.findall(phrase)}


def _rule_mistakes(
    rule: Rule, clauses: Mapping[str, Clause], labels: frozenset[str], lexicons: set[str], checker: _PhraseChecker
) -> Iterator[str]:
    for number in rule.clauses:
        if number not in clauses:
            yield f"clauses: there is no clause {number}"
        elif clauses[number].manual:
            yield f"clauses: clause {number} is manual in policy.toml: no machine can tell, so no rule can cite it"
    for key, pattern in phrases_of(rule.match):
        yield from (f"{key}: {what}" for what in checker.mistakes(pattern))
    if rule.match.unless_negated and NEGATION not in lexicons:
        yield f"unless_negated: there is no lexicon {NEGATION}.txt"
    yield from _kind_mistakes(rule.match, labels, checker.meanings)
    yield from _example_mistakes(rule)


def _example_mistakes(rule: Rule) -> Iterator[str]:
    for number, example in enumerate(rule.example, 1):
        for evidence in example.finds:
            if not example.sees and evidence not in example.text:
                yield f"example {number}: finds “{evidence}”, which the text does not hold"


def phrases_of(match: Match) -> Iterator[tuple[str, str]]:
    """Give every phrase of a rule with the key it stands under."""
    if isinstance(match, PhraseMatch):
        yield from (("patterns", pattern) for pattern in match.patterns)
    for need in match.needs:
        yield from (("needs", phrase) for phrase in need.any)
    yield from (("unless", phrase) for phrase in match.unless if isinstance(phrase, str))
    yield from (("unless_post", phrase) for phrase in match.unless_post)


def _token_mistakes(key: str, patterns: Sequence[str | TokenPattern], labels: frozenset[str]) -> Iterator[str]:
    for number, pattern in enumerate(patterns, 1):
        if not isinstance(pattern, str):
            yield from (f"{key} {number}: {wrong}" for wrong in token_patterns.mistakes(pattern, labels))


def _kind_mistakes(match: Match, labels: frozenset[str], meanings: Set[str]) -> Iterator[str]:
    match match:
        case RegexMatch():
            yield from (f"patterns: {wrong}" for wrong in map(token_patterns.regex_mistake, match.patterns) if wrong)
        case TokensMatch():
            yield from _token_mistakes("patterns", match.patterns, labels)
            yield from _token_mistakes("unless", match.unless, labels)
        case EntityMatch():
            yield from (f"labels: there is no entity label {label}" for label in match.labels if label not in labels)
        case MeaningMatch() if match.label not in meanings:
            yield f"label: the meaning model knows no label {match.label}"
        case _:
            return
