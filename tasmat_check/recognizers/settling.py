"""Settles overlapping readings: one entity a thing, and the surest wins."""

from collections import defaultdict
from collections.abc import Iterable

from tasmat_check.models import Entity
from tasmat_check.spans import Claims

# Labels of one layer rule each other out; those of different layers can be true of the same words.
_LAYERS = {
    # What holds other things: a school in an e-mail address, a person in a handle, a postcode in a street address.
    **dict.fromkeys(("EMAIL_ADDRESS", "URL", "HANDLE", "STREET_ADDRESS"), "holder"),
    # Whose something is: a phone number may be the school's.
    **dict.fromkeys(("SCHOOL", "ORGANIZATION"), "organisation"),
}


def settle(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Keep the surest (then the longest) of overlapping entities, in order of place.

    Each layer is settled apart, so that a school stays visible in a handle.
    """
    claims: defaultdict[str | None, Claims] = defaultdict(Claims)
    ranked = sorted(entities, key=lambda e: (-e.score, e.span.start - e.span.end, e.span.start, e.label))
    kept = [entity for entity in ranked if claims[_LAYERS.get(entity.label)].claim(entity.span)]
    return tuple(sorted(kept, key=lambda e: (e.span.start, e.span.end)))
