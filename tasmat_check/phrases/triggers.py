"""What tells, by a look at single words, that a phrase may be there; most phrases are ruled out so."""

from collections.abc import Set
from dataclasses import dataclass

from tasmat_check.wording import keys

FREQUENT_WORDS = frozenset(
    keys(
        "a all an and are as at be been but by can did do does for from get go got had has have he her him his i if im "
        "in is it its just know like me my no not now of on one or our out she so that the their them then they this "
        "to up us was we were what when who will with you your"
    )
)
"""Words so frequent that nearly every sentence holds some of them."""

_VAGUE = 100


@dataclass(frozen=True, slots=True)
class Trigger:
    """Where a part of a phrase can stand: words by key or prefix, numbers, phrases of lexicons, entities by label.

    Any one of them is enough. `anywhere` when any word will do, `empty` when the part can also match no word.
    """

    keys: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    lexicons: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    number: bool = False
    anywhere: bool = False
    empty: bool = False

    def frequency(self, frequent_lexicons: Set[str] = frozenset()) -> float:
        """Rank how many sentences hold such a part: the fewer, the smaller."""
        vague = _VAGUE if self.number or self.anywhere else len(self.prefixes)
        frequent = len(self.keys & FREQUENT_WORDS) + len(self.lexicons & frequent_lexicons)
        return vague + frequent + (len(self.keys) + len(self.lexicons)) / 1000

    def keys_alone(self) -> bool:
        """Say whether nothing but words of certain keys will do."""
        return not (self.lexicons or self._is_vague)

    def lexicons_alone(self) -> bool:
        """Say whether nothing but phrases of certain lexicons will do."""
        return not (self.keys or self._is_vague)

    @property
    def _is_vague(self) -> bool:
        """Whether something else than a key or a lexicon will do."""
        return bool(self.prefixes or self.labels) or self.number or self.anywhere or self.empty

    def __or__(self, other: "Trigger") -> "Trigger":
        """Give the trigger of a part that may be either of two; empty when either is."""
        return Trigger(
            self.keys | other.keys,
            self.prefixes | other.prefixes,
            self.lexicons | other.lexicons,
            self.labels | other.labels,
            self.number or other.number,
            self.anywhere or other.anywhere,
            self.empty or other.empty,
        )


@dataclass(frozen=True, slots=True)
class Signs:
    """What a sentence holds at all: keys and stems of words, lexicons that may begin in it, labels of entities."""

    keys: frozenset[str]
    lexicons: frozenset[str]
    labels: frozenset[str]

    def allow(self, trigger: Trigger) -> bool:
        """Say, without looking at places, whether the sentence can hold a part with this trigger."""
        return (
            trigger.number
            or trigger.anywhere
            or not self.keys.isdisjoint(trigger.keys)
            or not self.lexicons.isdisjoint(trigger.lexicons)
            or not self.labels.isdisjoint(trigger.labels)
            or any(key.startswith(prefix) for prefix in trigger.prefixes for key in self.keys)
        )
