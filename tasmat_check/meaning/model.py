"""Loads a trained meaning model and reads texts with it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasmat_check.errors import ModelError
from tasmat_check.meaning import Meaning, Sense
from tasmat_check.meaning.encoder import Encoder, Output, sigmoid
from tasmat_check.meaning.settings import ANY, Settings, read_settings
from tasmat_check.meaning.tokens import PieceTokenizer, Window
from tasmat_check.models import Channel, Span

_LEAST_NAME = 0.05

_MOST_WINDOWS = 256
"""Longer texts (some 30,000 words) are not read to their end: no platform takes such a post."""

_MOST_CLOSE_UPS = 512

_SURE = 0.85
"""What a close-up says counts only from this probability on: out of its context a sentence sounds worse than it is."""

_Read = list[tuple[Window, Output]]


class MeaningModel:
    """A trained model, loaded once."""

    def __init__(self, folder: Path) -> None:
        """Load the model of a folder; raises ModelError where a file is missing or broken."""
        self.settings: Settings = read_settings(folder / "settings.json")
        try:
            self._tokenizer = PieceTokenizer(folder / "tokenizer.json")
            self._encoder = Encoder(folder / "model.onnx")
        except Exception as error:  # both libraries raise bare exceptions of their own
            reason = str(error).strip().partition("\n")[0] or type(error).__name__
            raise ModelError(str(folder), f"the meaning model does not load ({reason})") from error
        labels = self.settings.labels
        self._scales = np.array([label.scale for label in labels])
        self._shifts = np.array([label.shift for label in labels])
        self._any = [label.name for label in labels].index(ANY)

    def read(self, texts: Sequence[tuple[str, Channel]]) -> list[Meaning]:
        """Read texts, each with the channel it goes out on; the answers come in the same order."""
        cut = [self._tokenizer.cut(text, channel) for text, channel in texts]
        meanings = self._read([windows[:_MOST_WINDOWS] for windows, _ in cut])
        # A closer look costs as much again: it is for texts in which nothing sure was seen.
        close = [
            [] if _is_sure(meaning) else close_ups[:_MOST_CLOSE_UPS]
            for meaning, (_, close_ups) in zip(meanings, cut, strict=True)
        ]
        closer = iter(self._read([[window] for close_ups in close for window in close_ups]))
        return [
            replace(_joined(meaning, [next(closer) for _ in close_ups]), whole=len(windows) <= _MOST_WINDOWS)
            for meaning, close_ups, (windows, _) in zip(meanings, close, cut, strict=True)
        ]

    def _read(self, texts: Sequence[Sequence[Window]]) -> list[Meaning]:
        """Read texts that are cut into windows, one at least each."""
        outputs = iter(self._encoder.run([window for windows in texts for window in windows]))
        return [self._meaning([(window, next(outputs)) for window in windows]) for windows in texts]

    def _meaning(self, read: _Read) -> Meaning:
        """Join what was read in a text's windows: a label counts as in the window that is surest of it.

        No clause is surer to be breached than that anything is.
        """
        logits = np.stack([output.clauses for _, output in read])
        surest = logits.argmax(axis=0)
        chances = sigmoid(logits.max(axis=0) * self._scales + self._shifts)
        breached = float(chances[self._any])
        senses: dict[str, Sense] = {}
        for number, label in enumerate(self.settings.labels):
            probability = min(float(chances[number]), breached)
            if number != self._any and probability >= label.caution:
                window, output = read[surest[number]]
                senses[label.name] = Sense(label, probability, tuple(_weights(window, output.where[:, number])))
        return Meaning(1 - breached, senses, tuple(_names(read)))


def _is_sure(meaning: Meaning) -> bool:
    return any(sense.probability >= sense.label.breach for sense in meaning.senses.values())


def _joined(meaning: Meaning, close_ups: Sequence[Meaning]) -> Meaning:
    """Add to what is made of a text what its close-ups are sure of."""
    senses = dict(meaning.senses)
    innocent = meaning.innocent
    for close_up in close_ups:
        for name, sense in close_up.senses.items():
            if sense.probability >= _SURE and (name not in senses or sense.probability > senses[name].probability):
                senses[name] = sense
                innocent = min(innocent, close_up.innocent)
    return replace(meaning, innocent=innocent, senses=senses)


def _weights(window: Window, where: NDArray[np.float32]) -> Iterator[tuple[Span, float]]:
    for span, share in zip(window.spans, where.tolist(), strict=True):
        if span.end > span.start:
            yield span, share


def _names(read: _Read) -> Iterator[tuple[Span, float]]:
    """Give the pieces that may belong to a name; where windows overlap, a piece counts as the surer of them has it."""
    pieces: dict[Span, float] = {}
    for window, output in read:
        for number in np.flatnonzero(output.names >= _LEAST_NAME).tolist():
            span = window.spans[number]
            if span.end > span.start:
                pieces[span] = max(float(output.names[number]), pieces.get(span, 0.0))
    yield from sorted(pieces.items(), key=lambda item: item[0].start)
