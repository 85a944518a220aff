"""Gives every readable part of a draft as a passage."""

from collections.abc import Iterator

from tasmat_check.models import Draft, Passage


def read(draft: Draft) -> Iterator[Passage]:
    """Yield the post's own text, then its named parts; empty ones are left out."""
    if draft.text.strip():
        yield Passage(draft.text)
    yield from (part for part in draft.parts if part.text.strip())
