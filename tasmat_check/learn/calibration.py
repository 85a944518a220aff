"""Turns logits of posts that a network has not learnt from into probabilities, and finds where they should count."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tasmat_check.learn.corpus import LABELS, LabelledPost
from tasmat_check.meaning.encoder import sigmoid
from tasmat_check.meaning.settings import ANY, Label

Logits = NDArray[np.float64]

ACCUSATION = 3.0
"""How many missed breaches an accusation of an innocent post costs."""

CAUTION = 1.25
"""How many missed breaches a caution on an innocent post costs: so that one such post in ten gets one, at most."""

_GRID = np.arange(0.10, 0.96, 0.025)
_STEPS = 50
_TIES = 1e-2
_LEAST_STEP = 1e-6


def calibrated(posts: Sequence[LabelledPost], logits: Logits) -> tuple[Label, ...]:
    """Fit every label's calibration and thresholds to held-out logits (posts × labels, in the order of LABELS)."""
    fits = [_platt(logits[:, number], *_targets(posts, label)) for number, label in enumerate(LABELS)]
    chances = np.column_stack([sigmoid(scale * logits[:, n] + shift) for n, (scale, shift) in enumerate(fits)])
    whole = chances[:, LABELS.index(ANY)]
    labels = []
    for number, (label, (scale, shift)) in enumerate(zip(LABELS, fits, strict=True)):
        surest = np.minimum(chances[:, number], whole)
        breach = max(ACCUSATION / (1 + ACCUSATION), _threshold(posts, label, surest, ACCUSATION))
        caution = min(breach, _threshold(posts, label, surest, CAUTION))
        labels.append(
            Label(
                name=label,
                scale=round(scale, 4),
                shift=round(shift, 4),
                caution=round(caution, 3),
                breach=round(breach, 3),
            )
        )
    return tuple(labels)


def _targets(posts: Sequence[LabelledPost], label: str) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give what a label should be for each post, and which posts tell."""
    wanted = np.array([float(bool(post.must) if label == ANY else label in post.must) for post in posts])
    told = np.array([label not in post.may for post in posts])
    return wanted, told


def _platt(logits: Logits, wanted: NDArray[np.float64], told: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit probability = sigmoid(scale × logit + shift) by Newton's method (Platt, 1999), slightly held to (1, 0).

    A step that would not pay is halved, as in Lin, Lin and Weng (2007): from afar whole steps can run away.
    """
    inputs = np.column_stack([logits[told], np.ones(told.sum())])
    prior, weights = np.array([1.0, 0.0]), np.array([1.0, 0.0])

    def cost(weights: NDArray[np.float64]) -> float:
        signed = inputs @ weights * (1 - 2 * wanted[told])
        return float(np.logaddexp(0, signed).sum() + _TIES / 2 * ((weights - prior) ** 2).sum())

    for _ in range(_STEPS):
        chance = sigmoid(inputs @ weights)
        slope = inputs.T @ (chance - wanted[told]) + _TIES * (weights - prior)
        bend = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + _TIES * np.eye(2)
        step = np.linalg.solve(bend, slope)
        while cost(weights - step) > cost(weights) and np.abs(step).max() > _LEAST_STEP:
            step = step / 2
        weights = weights - step
    return float(weights[0]), float(weights[1])


def _threshold(posts: Sequence[LabelledPost], label: str, chances: NDArray[np.float64], accusation: float) -> float:
    """Find from which probability on a label should count.

    The cost of a threshold is the breaches missed, plus the wrong reports: `accusation` each on an innocent post,
    1 each on a post that breaches something else. Costs are smoothed over neighbours, so that one post moves little.
    """
    wanted, told = _targets(posts, label)
    innocent = np.array([not post.must for post in posts])
    price = np.where(innocent, accusation, 1.0) * told
    costs = np.array([((chances < t) * wanted).sum() + ((chances >= t) * (1 - wanted) * price).sum() for t in _GRID])
    padded = np.pad(costs, 1, mode="edge")
    smooth = (padded[:-2] + padded[1:-1] + padded[2:]) / 3
    return float(_GRID[int(smooth.argmin())])


def expected_error(chances: NDArray[np.float64], wanted: NDArray[np.float64], bins: int = 10) -> float:
    """Give the expected calibration error: how far, on average, a probability is from the share that came true."""
    edges = np.linspace(0, 1, bins + 1)
    error = 0.0
    for low, high in pairwise(edges):
        inside = (chances >= low) & (chances < high if high < 1 else chances <= high)
        if inside.any():
            error += abs(chances[inside].mean() - wanted[inside].mean()) * inside.mean()
    return float(error)
