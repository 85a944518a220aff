"""Tells what stands around a stretch of a wording: the difference between a number and somebody's number."""

from collections.abc import Set as AbstractSet

from tasmat_check.models import Entity, Span
from tasmat_check.wording import Word, Wording

_EDGE = " \t\"'([{<>)]}.,:;!*•-–—="
_GLANCE = 8


def words_near(wording: Wording, span: Span, reach: int = 6) -> AbstractSet[str]:
    """Give the stems of up to `reach` words on either side of a stretch of the original text."""
    inside = wording.words_in(span)
    before = wording.words[max(0, inside.start - reach) : inside.start]
    after = wording.words[inside.stop : inside.stop + reach]
    return {word.stem for word in (*before, *after)}


def sentence_around(wording: Wording, span: Span, reach: int = 14) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Give the words before and after a stretch in its own sentence, up to `reach` on either side, in text order."""
    inside = wording.words_in(span)
    if not inside:
        return (), ()
    sentence = wording.words[inside.start].sentence
    before = wording.words[max(0, inside.start - reach) : inside.start]
    after = wording.words[inside.stop : inside.stop + reach]
    return (
        tuple(word for word in before if word.sentence == sentence),
        tuple(word for word in after if word.sentence == sentence),
    )


def stands_alone(wording: Wording, span: Span) -> bool:
    """Say whether a stretch fills its line, as the words read off a number plate or a card do."""
    before = wording.text[max(0, span.start - _GLANCE) : span.start].rstrip(_EDGE)
    after = wording.text[span.end : span.end + _GLANCE].lstrip(_EDGE)
    starts = before.endswith("\n") or (not before and span.start <= _GLANCE)
    ends = after.startswith(("\n", "\r")) or (not after and span.end + _GLANCE >= len(wording.text))
    return starts and ends


def entity_at(wording: Wording, label: str, span: Span, score: float) -> Entity:
    """Make the entity that stands at a stretch of the original text."""
    return Entity(label, span, wording.text[span.start : span.end], score)
