"""Entity rules over what is seen in pictures: faces, logos, codes, the place in the hidden data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasmat_check.labels import PICTURE_LABELS
from tasmat_check.models import Sighting
from tasmat_check.pack.rule_file import EntityMatch, Rule


@dataclass(frozen=True, slots=True)
class SightedMatch:
    """A rule and what it points at in a picture; `count` things of this kind are seen there."""

    rule: Rule
    sighting: Sighting
    count: int


class SightedRules:
    """Runs every entity rule that asks for something seen."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take the rules that ask for a picture's label."""
        self._rules = [
            (rule, rule.match)
            for rule in rules
            if isinstance(rule.match, EntityMatch) and PICTURE_LABELS.intersection(rule.match.labels)
        ]

    @property
    def labels(self) -> frozenset[str]:
        """The labels that a rule asks for: the others need not be looked for."""
        asked = (label for _, match in self._rules for label in (*match.labels, *match.beside))
        return PICTURE_LABELS.intersection(asked)

    def find(self, sightings: Sequence[Sighting]) -> Iterator[SightedMatch]:
        """Yield every sighting of one picture that a rule asks for."""
        labels = {sighting.label for sighting in sightings}
        for rule, match in self._rules:
            if match.beside and labels.isdisjoint(match.beside):
                continue
            wanted = [sighting for sighting in sightings if _wanted(sighting, match)]
            yield from (SightedMatch(rule, sighting, len(wanted)) for sighting in wanted)


def _wanted(sighting: Sighting, match: EntityMatch) -> bool:
    if sighting.label not in match.labels or sighting.score < match.score:
        return False
    return not match.owner or sighting.owner in match.owner
