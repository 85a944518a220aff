"""The rule kind `entity`: entities by label, by whose they are, and by what stands near them."""

from collections.abc import Iterable, Iterator

from tasmat_check.models import Entity, Skipped
from tasmat_check.pack.rule_file import EntityMatch, Rule
from tasmat_check.rules.conditions import Conditions
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.rules.ownership import owner_of
from tasmat_check.rules.reading import Reading, has_role


class EntityKind:
    """Runs every entity rule."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules of this kind."""
        self._rules = [
            (rule, rule.match, Conditions(rule.match)) for rule in rules if isinstance(rule.match, EntityMatch)
        ]

    def find(self, reading: Reading) -> Iterator[RuleMatch | Skipped]:
        """Yield each entity that a rule asks for; the confidence is the entity's score times the rule's."""
        if not reading.entities:
            return
        for rule, match, conditions in self._rules:
            wanted = [
                entity
                for entity in reading.entities
                if _wanted(entity, match, reading) and conditions.hold(reading, entity.span)
            ]
            if len({_text(entity, reading) for entity in wanted}) >= match.at_least:
                for entity in wanted:
                    yield RuleMatch(rule, entity.span, round(rule.confidence * entity.score, 3))


def _wanted(entity: Entity, match: EntityMatch, reading: Reading) -> bool:
    if entity.label not in match.labels or entity.score < match.score:
        return False
    if match.begins and not _text(entity, reading).startswith(tuple(beginning.lower() for beginning in match.begins)):
        return False
    if match.people and not any(has_role(entity, role) for role in match.people):
        return False
    return not match.owner or owner_of(entity, reading) in match.owner


def _text(entity: Entity, reading: Reading) -> str:
    return reading.passage.text[entity.span.start : entity.span.end].lower()
