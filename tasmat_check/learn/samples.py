"""Cuts posts and rows of names into what the network reads, and lays beside it what it should say."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from tasmat_check.learn.corpus import CLAUSES, LABELS, LabelledPost, NameRow
from tasmat_check.learn.slips import slipped
from tasmat_check.meaning.settings import ANY
from tasmat_check.meaning.tokens import LOUD, OFFICIAL, SMALL, PieceTokenizer, Window
from tasmat_check.models import Span

_UNKNOWN = -1.0
_STRANGERS_COUNT = 0.3
"""How much a public text counts as an innocent one: hardly any is by school staff, yet nobody has judged them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One window with its targets.

    `clauses` and `weights` go by label: what it should say, and how much that counts (0 where it can be argued).
    `evidence` (0 or 1) and `names` (0 or 1, −1 for not known) go by piece.
    """

    window: Window
    clauses: tuple[float, ...]
    weights: tuple[float, ...]
    evidence: tuple[float, ...]
    names: tuple[float, ...]


class Batch(NamedTuple):
    """Samples filled up to one length: the network's input, and targets as in Sample."""

    ids: Tensor
    types: Tensor
    present: Tensor
    clauses: Tensor
    weights: Tensor
    evidence: Tensor
    names: Tensor

    def to(self, place: torch.device) -> "Batch":
        """Give the batch in the memory of a processor."""
        return Batch(*(tensor.to(place) for tensor in self))


def of_post(post: LabelledPost, tokenizer: PieceTokenizer, slips: random.Random | None = None) -> Iterator[Sample]:
    """Give a post's windows, misspelt by `slips`.

    A clause counts in those windows of a long post that hold evidence.
    """
    text, marked = post.text, list(_occurrences(post.text, post.evidence))
    named = None if post.names is None else list(_occurrences(post.text, post.names, whole=True))
    if slips is not None:
        text, offsets = slipped(post.text, slips)
        marked = _moved(marked, offsets)
        named = None if named is None else _moved(named, offsets)
    windows = tokenizer.windows(text, post.channel)
    for window in windows:
        evidence = _touching(window, marked)
        breached = post.must if len(windows) == 1 or any(evidence) else ()
        names = (_UNKNOWN,) * len(window.ids) if named is None else _touching(window, named)
        yield Sample(window, _targets(breached), _weights(post), evidence, names)


def _moved(spans: Iterable[Span], offsets: Sequence[int]) -> list[Span]:
    return [Span(offsets[span.start], offsets[span.end]) for span in spans]


def _targets(breached: Sequence[str]) -> tuple[float, ...]:
    return (*(float(clause in breached) for clause in CLAUSES), float(bool(breached)))


def _weights(post: LabelledPost) -> tuple[float, ...]:
    return tuple(float(label == ANY or label not in post.may) for label in LABELS)


def of_row(row: NameRow, tokenizer: PieceTokenizer) -> Iterator[Sample]:
    """Give the windows of a text in which names are marked; it counts a little as an innocent post.

    Names inside handles and tags are neither wanted nor wrong: other recognizers see to those.
    """
    people = [mark for mark in row.entities if mark.label == "PER"]
    marked = [Span(mark.start, mark.end) for mark in people if not (mark.mention or mark.hashtag)]
    inside_tags = [Span(mark.start, mark.end) for mark in people if mark.mention or mark.hashtag]
    for window in tokenizer.windows(row.text, "personal"):
        names = _touching(window, marked)
        masked = _touching(window, inside_tags)
        nothing = (0.0,) * len(LABELS)
        weights = (_STRANGERS_COUNT,) * len(LABELS)
        told = tuple(_UNKNOWN if hidden else name for name, hidden in zip(names, masked, strict=True))
        yield Sample(window, nothing, weights, (0.0,) * len(window.ids), told)


def _occurrences(text: str, strings: Iterable[str], *, whole: bool = False) -> Iterator[Span]:
    for string in strings:
        pattern = re.escape(string)
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)" if whole else pattern, text):
            yield Span(match.start(), match.end())


def _touching(window: Window, marked: Sequence[Span]) -> tuple[float, ...]:
    return tuple(float(span.end > span.start and any(map(span.overlaps, marked))) for span in window.spans)


def batches(samples: Sequence[Sample], size: int, shuffled: random.Random) -> list[list[Sample]]:
    """Put samples of like length together, shuffled in all but that."""
    mixed = list(samples)
    shuffled.shuffle(mixed)
    pools = (mixed[start : start + 20 * size] for start in range(0, len(mixed), 20 * size))
    ordered = [sample for pool in pools for sample in sorted(pool, key=lambda sample: len(sample.window.ids))]
    parts = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    shuffled.shuffle(parts)
    return parts


def collate(samples: Sequence[Sample], recased: random.Random | None = None) -> Batch:
    """Fill samples up to one length; `recased` writes some of them all in small letters or all in capitals."""
    shape = (len(samples), max(len(sample.window.ids) for sample in samples))
    ids, types, present = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    evidence, names = torch.zeros(shape), torch.full(shape, _UNKNOWN)
    for row, sample in enumerate(samples):
        length = len(sample.window.ids)
        ids[row, :length] = torch.tensor(sample.window.ids)
        types[row, :length] = torch.tensor(_types(sample.window, recased))
        present[row, :length] = 1
        evidence[row, :length] = torch.tensor(sample.evidence)
        names[row, 1 : length - 1] = torch.tensor(sample.names[1:-1])
    clauses = torch.tensor([sample.clauses for sample in samples])
    weights = torch.tensor([sample.weights for sample in samples])
    return Batch(ids, types, present, clauses, weights, evidence, names)


def _types(window: Window, recased: random.Random | None) -> tuple[int, ...]:
    chance = 1.0 if recased is None else recased.random()
    if chance >= 0.2:
        return window.types
    case = SMALL if chance < 0.1 else LOUD
    return tuple(number // OFFICIAL * OFFICIAL + case for number in window.types)
