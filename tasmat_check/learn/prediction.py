"""Lets a network read posts, and joins what it says of a post's windows."""

from collections.abc import Sequence

import numpy as np
import torch

from tasmat_check.learn import samples, training
from tasmat_check.learn.calibration import Logits
from tasmat_check.learn.corpus import LABELS, LabelledPost
from tasmat_check.learn.network import Network
from tasmat_check.meaning.tokens import PieceTokenizer

_SIZE = 32


def predict(network: Network, posts: Sequence[LabelledPost], tokenizer: PieceTokenizer) -> Logits:
    """Give every post's logits (posts × labels); a label counts as in the window that is surest of it."""
    cut = [(number, sample) for number, post in enumerate(posts) for sample in samples.of_post(post, tokenizer)]
    cut.sort(key=lambda pair: len(pair[1].window.ids))
    logits: Logits = np.full((len(posts), len(LABELS)), -np.inf)
    network.eval()
    for start in range(0, len(cut), _SIZE):
        part = cut[start : start + _SIZE]
        with torch.inference_mode():
            batch = samples.collate([sample for _, sample in part]).to(network.place)
            clauses = training.read(network, batch).clauses.double().cpu().numpy()
        for (number, _), row in zip(part, clauses, strict=True):
            logits[number] = np.maximum(logits[number], row)
    return logits
