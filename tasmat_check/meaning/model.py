"""Loads a trained meaning model and reads texts with it."""

from collections.abc import Iterator, Sequence
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
        cut = [self._tokenizer.windows(text, channel) for text, channel in texts]
        begun = [windows[:_MOST_WINDOWS] for windows in cut]
        outputs = iter(self._encoder.run([window for windows in begun for window in windows]))
        return [
            self._meaning([(window, next(outputs)) for window in windows], whole=len(windows) == len(all_windows))
            for windows, all_windows in zip(begun, cut, strict=True)
        ]

    def _meaning(self, read: _Read, *, whole: bool) -> Meaning:
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
        return Meaning(1 - breached, senses, tuple(_names(read)), whole)


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
