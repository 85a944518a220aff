"""Cuts texts into the numbered pieces that the encoder reads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tasmat_check.models import Channel, Span
from tasmat_check.wording import Wording

LONGEST = 192
"""Pieces in one window, its two marks aside; two of three posts of the corpus are shorter than a fifth of it."""

OVERLAP = 48
"""Pieces that two neighbouring windows share, so that no sentence of ordinary length is read only in halves."""

DROWNING = 96
"""Pieces from which on a text is also read in close-ups: one telling sentence among many others drowns in a window."""

_LEAST_CLOSE_UP = 8
_MOST_CLOSE_UP = 64

SMALL, CAPITALISED, LOUD = range(3)
"""How a piece is written. The vocabulary knows small letters only, so case reaches the encoder by this number."""

OFFICIAL = 3
TYPES = 6
"""Kinds of piece: three ways of writing on each of the two channels."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text as the encoder reads it, the marks at its beginning and end included.

    `spans` tells where in the text each piece stands; the two marks are empty stretches.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    spans: tuple[Span, ...]


class PieceTokenizer:
    """Cuts texts into windows of pieces by the vocabulary in a `tokenizer.json`."""

    def __init__(self, path: Path) -> None:
        """Load the vocabulary; no network is touched."""
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._begin = self._number("[CLS]")
        self._end = self._number("[SEP]")

    def _number(self, mark: str) -> int:
        number = self._tokenizer.token_to_id(mark)
        if number is None:
            raise ValueError(f"the vocabulary lacks {mark}")
        return int(number)

    def windows(self, text: str, channel: Channel) -> list[Window]:
        """Cut a text into overlapping windows; one at least, even for an empty text."""
        return self.cut(text, channel)[0]

    def cut(self, text: str, channel: Channel) -> tuple[list[Window], list[Window]]:
        """Cut a text into overlapping windows, and a long one into close-ups of a sentence or a few as well."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids, offsets = encoding.ids, encoding.offsets
        first = OFFICIAL if channel == "official" else 0
        types = [first + _writing(text[start:end]) for start, end in offsets]
        windows = [self._window(ids, types, offsets, part, first) for part in _parts(len(ids))]
        close = _neighbours(_sentences(text, offsets)) if len(ids) >= DROWNING else ()
        return windows, [self._window(ids, types, offsets, part, first) for part in close]

    def _window(
        self, ids: list[int], types: list[int], offsets: list[tuple[int, int]], part: slice, first: int
    ) -> Window:
        spans = [Span(start, end) for start, end in offsets[part]]
        before, after = (spans[0].start, spans[-1].end) if spans else (0, 0)
        return Window(
            (self._begin, *ids[part], self._end),
            (first, *types[part], first),
            (Span(before, before), *spans, Span(after, after)),
        )


def _writing(piece: str) -> int:
    if len(piece) > 1 and piece.isupper():
        return LOUD
    return CAPITALISED if piece[:1].isupper() else SMALL


def _parts(length: int) -> Iterator[slice]:
    start = 0
    while length - start > LONGEST:
        yield slice(start, start + LONGEST)
        start += LONGEST - OVERLAP
    yield slice(start, length)


def _neighbours(parts: Iterable[slice]) -> Iterator[slice]:
    """Join each part with the one after it: a sentence is judged with its neighbour, which may take it back."""
    yield from (slice(one.start, other.stop) for one, other in pairwise(parts))


def _sentences(text: str, offsets: Sequence[tuple[int, int]]) -> Iterator[slice]:
    """Give the pieces of each sentence; short ones join the next, and the longest are parted."""
    ends = iter([*(sentence.end for sentence in Wording(text).sentences), len(text) + 1])
    end = next(ends)
    start = 0
    for number, (begins, _) in enumerate(offsets):
        is_next = begins >= end
        while begins >= end:
            end = next(ends)
        if number - start >= (_LEAST_CLOSE_UP if is_next else _MOST_CLOSE_UP):
            yield slice(start, number)
            start = number
    yield slice(start, len(offsets))
