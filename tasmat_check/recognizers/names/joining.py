"""Joins the names that the rules are sure of with those that the meaning model sees."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from tasmat_check.meaning import Meaning
from tasmat_check.models import Span
from tasmat_check.recognizers.names.sightings import Sighting
from tasmat_check.recognizers.names.words import Kind, Reading, Token

SEEN = 0.6
"""The model alone is believed from this probability on."""

UNSEEN = 0.1
"""What the model gives no more than this, only a sure rule makes a name."""

SURE = 0.85
"""A rule with this score is believed alone."""

_START = attrgetter("start")
_END = attrgetter("end")


def join(reading: Reading, ruled: Sequence[Sighting], meaning: Meaning) -> Iterator[Sighting]:
    """Yield the names of a text; those of the rules and of the model may overlap.

    A name of the rules stays unless the model sees nothing in a doubtful one; a name of the model alone needs its
    own certainty.
    """
    chances = _chances(reading.tokens, meaning.names)
    for span, score in ruled:
        first = bisect_left(reading.tokens, span.start + 1, key=_END)
        after = bisect_left(reading.tokens, span.end, key=_START)
        chance = max(chances[first:after], default=0.0)
        if score >= SURE or chance > UNSEEN:
            yield Sighting(span, max(score, chance))
    yield from _seen(reading, chances)


def _overlap(token: Token, span: Span) -> bool:
    return token.start < span.end and span.start < token.end


def _chances(tokens: Sequence[Token], pieces: Sequence[tuple[Span, float]]) -> list[float]:
    """Give every word the probability of its surest piece."""
    chances = [0.0] * len(tokens)
    for span, chance in pieces:
        at = bisect_left(tokens, span.start + 1, key=_END)
        if at < len(tokens) and _overlap(tokens[at], span):
            chances[at] = max(chances[at], chance)
    return chances


def _seen(reading: Reading, chances: Sequence[float]) -> Iterator[Sighting]:
    """Yield the runs of neighbouring words that the model believes to be names."""
    run: list[int] = []
    for at, token in enumerate(reading.tokens):
        believed = chances[at] >= SEEN and token.kind is not Kind.TITLE
        if run and (not believed or not _neighbours(reading.tokens[run[-1]])):
            yield _sighting(reading, run, chances)
            run = []
        if believed:
            run.append(at)
    if run:
        yield _sighting(reading, run, chances)


def _neighbours(token: Token) -> bool:
    return not token.possessive and token.joint in (" ", "-", ". ", "'", "’")


def _sighting(reading: Reading, run: Sequence[int], chances: Sequence[float]) -> Sighting:
    first, last = reading.tokens[run[0]], reading.tokens[run[-1]]
    return Sighting(Span(first.start, last.end), max(chances[at] for at in run))
