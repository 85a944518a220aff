"""Recognizes names of people (PERSON): by word lists and rules, joined with what the meaning model sees.

A spaCy pipeline can be asked too, about the sentences that the word lists cannot decide.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from tasmat_check import nlp
from tasmat_check.meaning import Meaning
from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.names.joining import join
from tasmat_check.recognizers.names.sightings import Sighting, sight, sight_in_tags
from tasmat_check.recognizers.names.words import Kind, NameWords, Reading, Token
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH_SIZE = 64
_BY_PIPELINE = 0.6
_MOST_WORDS = 3
_BEFORE_THINGS = frozenset({"a", "an", "at", "in", "near", "the"})


class _Piece(NamedTuple):
    """A stretch of the text numbered `number` in its batch that a pipeline is to read."""

    number: int
    span: Span


class NameRecognizer:
    """Marks people's names in texts; a pipeline is loaded when the first text needs it."""

    def __init__(self, lexicons: Mapping[str, Iterable[str]], pipeline: str | None = None) -> None:
        """Take the lexicons of a pack and the name of an installed spaCy pipeline, if one is to be asked."""
        self._words = NameWords.of(lexicons)
        self._pipeline = pipeline

    def recognize(
        self, wording: Wording, known: Sequence[Span] = (), meaning: Meaning | None = None
    ) -> Iterator[Entity]:
        """Mark the names in one text; nothing that touches a `known` span (an address, a school) is one."""
        yield from next(self.recognize_many([(wording, known, meaning)]))

    def recognize_many(self, items: Iterable[tuple[Wording, Sequence[Span], Meaning | None]]) -> Iterator[list[Entity]]:
        """Mark the names in many texts, each with its known spans and its meaning, in order."""
        remaining = iter(items)
        while batch := list(islice(remaining, _BATCH_SIZE)):
            readings = [Reading(wording, self._words, known) for wording, known, _ in batch]
            yield from self._recognize_batch(readings, [meaning for *_, meaning in batch])

    def _recognize_batch(self, batch: list[Reading], meanings: Sequence[Meaning | None]) -> Iterator[list[Entity]]:
        found: list[list[Sighting]] = []
        pieces: list[_Piece] = []
        for number, reading in enumerate(batch):
            names, undecided = sight(reading)
            found.append([*names, *sight_in_tags(reading.wording.text, self._words)])
            sentences = reading.wording.sentences
            pieces.extend(_Piece(number, sentences[sentence]) for sentence in sorted(undecided))
        if pieces and self._pipeline is not None:
            for number, span in _read(nlp.load(self._pipeline), batch, pieces):
                found[number].extend(_accept(batch[number], span))
        for reading, names, meaning in zip(batch, found, meanings, strict=True):
            joined = names if meaning is None else list(join(reading, names, meaning))
            yield list(_settle(reading, joined))


def _read(pipeline: "Language", batch: list[Reading], pieces: list[_Piece]) -> Iterator[tuple[int, Span]]:
    """Let a pipeline read the pieces; gives the number of the text and the stretch of each person seen."""
    parts = [
        (piece.number, start, batch[piece.number].wording.text[start:end])
        for piece in pieces
        for start, end in nlp.pieces(batch[piece.number].wording.text, piece.span.start, piece.span.end)
    ]
    for (number, start, _), doc in zip(parts, nlp.read(pipeline, (text for *_, text in parts)), strict=True):
        for entity in doc.ents:
            if entity.label_ in ("PERSON", "PER"):
                yield number, Span(start + entity.start_char, start + entity.end_char)


def _accept(reading: Reading, span: Span) -> Iterator[Sighting]:
    """Trim what a pipeline saw to whole words, and drop what no name consists of."""
    first = bisect_left(reading.tokens, span.start, key=lambda token: token.start)
    tokens = list(takewhile(lambda token: token.end <= span.end, islice(reading.tokens, first, None)))
    while tokens and tokens[0].kind is Kind.COMMON:
        tokens.pop(0)
    while tokens and tokens[-1].kind is Kind.COMMON:
        tokens.pop()
    before = reading.tokens[first - 1].key if first else ""
    named = 0 < len(tokens) <= _MOST_WORDS and any(map(_is_new, tokens))
    if named and tokens[-1].key not in reading.words.places and before not in _BEFORE_THINGS:
        yield Sighting(Span(tokens[0].start, tokens[-1].end), _BY_PIPELINE)


def _is_new(token: Token) -> bool:
    """Say whether a word is one that the rules could not judge."""
    return token.kind is Kind.UNKNOWN and token.shape == "Xx" and len(token.key) > 3


def _settle(reading: Reading, names: list[Sighting]) -> Iterator[Entity]:
    """Keep the surer of two overlapping names, in the order of the text."""
    kept: list[Sighting] = []
    for name in sorted(names, key=lambda name: (name.span.start, -name.score)):
        if not kept or not kept[-1].span.overlaps(name.span):
            kept.append(name)
        elif kept[-1].score < name.score:
            kept[-1] = name
    for span, score in kept:
        yield entity_at(reading.wording, "PERSON", span, score)
