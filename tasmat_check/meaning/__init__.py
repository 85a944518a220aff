"""The meaning model: reads a text with a small encoder, and tells which clauses it touches, where, and who is named.

model.onnx       the encoder and its two heads (see `tasmat_check.learn`)
tokenizer.json   its vocabulary
settings.json    its labels, calibration and thresholds

What it says of a text stands here; the model itself is in `tasmat_check.meaning.model`, which needs the libraries
that run it.
"""

from dataclasses import dataclass, field

from tasmat_check.meaning.settings import Label
from tasmat_check.models import Span


@dataclass(frozen=True, slots=True)
class Sense:
    """How surely a text means one label (a calibrated probability), and the pieces that its attention lies on.

    `weights` are (stretch, share) pairs that sum to about 1 over the text.
    """

    label: Label
    probability: float
    weights: tuple[tuple[Span, float], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the model makes of a text.

    `innocent` is the probability that it breaches nothing. `senses` are those that reach their caution threshold,
    by label. `names` are the pieces of words that may belong to people's names, with their probabilities, in order.
    A text is not `whole` when it was too long to be read to its end.
    """

    innocent: float
    senses: dict[str, Sense]
    names: tuple[tuple[Span, float], ...] = field(repr=False)
    whole: bool = True
