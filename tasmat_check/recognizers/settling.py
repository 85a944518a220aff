"""Settles overlapping readings: one entity a thing, and the surest wins."""

from collections.abc import Iterable

from tasmat_check.models import Entity

# These may hold other things: a school in an e-mail address, a person in a handle, a postcode in a street address.
_CONTAINERS = frozenset({"EMAIL_ADDRESS", "URL", "HANDLE", "STREET_ADDRESS"})


def settle(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Keep the surest (then the longest) of overlapping entities, in order of place.

    What holds other things is settled apart from what it holds, so that a school stays visible in a handle.
    """
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (-e.score, e.span.start - e.span.end, e.span.start, e.label)):
        rivals = (e for e in kept if (e.label in _CONTAINERS) == (entity.label in _CONTAINERS))
        if not any(entity.span.overlaps(rival.span) for rival in rivals):
            kept.append(entity)
    return tuple(sorted(kept, key=lambda e: (e.span.start, e.span.end)))
