"""Rules: turn the entities and the wording of a passage into matches. One module a kind; the list is closed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

from tasmat_check.meaning import Meaning
from tasmat_check.models import Entity, Passage, Skipped
from tasmat_check.pack.keeping import Keep, anew
from tasmat_check.pack.rule_file import Rule
from tasmat_check.pack.validation import mentioned_lexicons
from tasmat_check.rules.entity import EntityKind
from tasmat_check.rules.lexicons import Lexicons
from tasmat_check.rules.matches import Kind, RuleMatch
from tasmat_check.rules.meaning import MeaningKind
from tasmat_check.rules.phrase import PhraseKind
from tasmat_check.rules.reading import Reading
from tasmat_check.rules.regex_kind import RegexKind
from tasmat_check.rules.tokens import TokensKind
from tasmat_check.wording import Wording


class RuleSet:
    """Every rule of a pack. They are prepared for the first passage, those that never speak of texts for a picture's.

    `keep` says how to come by the prepared ones: a picture without words needs none, and preparing them takes long.
    """

    def __init__(self, rules: Sequence[Rule], lexicons: Mapping[str, Sequence[str]], keep: Keep = anew) -> None:
        """Take the rules and lexicons, which the pack has validated."""
        self._lexicons = lexicons
        self._rules = rules
        self._keep = keep

    def find(
        self, passage: Passage, wording: Wording, entities: Sequence[Entity], meaning: Meaning | None = None
    ) -> Iterator[RuleMatch | Skipped]:
        """Yield what every rule finds in a passage, and which rule had to give up."""
        yield from self._texts.find(passage, wording, entities, meaning)
        if passage.found_in != "text":
            yield from self._pictures.find(passage, wording, entities, meaning)

    @cached_property
    def _texts(self) -> "_Group":
        rules = [rule for rule in self._rules if rule.match.speaks_of("text")]
        return self._keep("rules-for-texts", partial(_Group, rules, self._lexicons))

    @cached_property
    def _pictures(self) -> "_Group":
        rules = [rule for rule in self._rules if not rule.match.speaks_of("text")]
        return self._keep("rules-for-pictures", partial(_Group, rules, self._lexicons))


class _Group:
    """Some rules with the lexicons that they mention."""

    def __init__(self, rules: Sequence[Rule], lexicons: Mapping[str, Sequence[str]]) -> None:
        self._lexicons = Lexicons({name: lexicons[name] for name in mentioned_lexicons(rules, lexicons)})
        self._kinds: tuple[Kind, ...] = (
            PhraseKind(rules, self._lexicons),
            RegexKind(rules),
            TokensKind(rules),
            EntityKind(rules),
            MeaningKind(rules),
        )

    def find(
        self, passage: Passage, wording: Wording, entities: Sequence[Entity], meaning: Meaning | None
    ) -> Iterator[RuleMatch | Skipped]:
        reading = Reading(passage, wording, entities, self._lexicons, meaning)
        for kind in self._kinds:
            yield from kind.find(reading)
