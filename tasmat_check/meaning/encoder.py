"""Runs the exported network on windows of pieces, on one thread and in batches of like length."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasmat_check.meaning.tokens import Window

_BATCH_PIECES = 256
"""Pieces read together, at most, once a batch has more than one window. It bounds the memory; more is no faster."""


class Output(NamedTuple):
    """What the network says of one window.

    `clauses` (labels) are logits, `where` (pieces × labels) sums to 1 over the pieces, `names` (pieces) are
    probabilities.
    """

    clauses: NDArray[np.float32]
    where: NDArray[np.float32]
    names: NDArray[np.float32]


def sigmoid(logits: NDArray[Any]) -> NDArray[Any]:
    """Turn logits into probabilities; far ones are cut at 30, where a probability is 0 or 1 to thirteen digits."""
    chances: NDArray[Any] = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chances


class Encoder:
    """The exported network."""

    def __init__(self, path: Path) -> None:
        """Load the network."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(self, windows: Sequence[Window]) -> list[Output]:
        """Read windows; the outputs come in the same order."""
        order = sorted(range(len(windows)), key=lambda number: len(windows[number].ids))
        outputs: dict[int, Output] = {}
        for numbers in _batches(order, windows):
            outputs.update(zip(numbers, self._run_batch([windows[number] for number in numbers]), strict=True))
        return [outputs[number] for number in range(len(windows))]

    def _run_batch(self, windows: list[Window]) -> Iterator[Output]:
        shape = (len(windows), max(len(window.ids) for window in windows))
        ids, types, present = (np.zeros(shape, np.int64) for _ in range(3))
        for row, window in enumerate(windows):
            length = len(window.ids)
            ids[row, :length] = window.ids
            types[row, :length] = window.types
            present[row, :length] = 1
        clauses, where, names = self._session.run(None, {"ids": ids, "types": types, "present": present})
        chances = sigmoid(names)
        for row, window in enumerate(windows):
            length = len(window.ids)
            yield Output(clauses[row], where[row, :length], chances[row, :length])


def _batches(order: Sequence[int], windows: Sequence[Window]) -> Iterator[list[int]]:
    """Put windows together, in order of length, as long as they fill the batch's pieces."""
    batch: list[int] = []
    for number in order:
        if batch and (len(batch) + 1) * len(windows[number].ids) > _BATCH_PIECES:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
