"""From logits to probabilities and thresholds."""

import numpy as np
import pytest

from tasmat_check.learn.calibration import ACCUSATION, calibrated, expected_error
from tasmat_check.learn.corpus import LABELS, LabelledPost
from tasmat_check.meaning.settings import ANY, Label
from tests.learn.samples_of_posts import post

AT = LABELS.index("5.4")


def judged(wrong: int) -> tuple[list[LabelledPost], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Give posts of which the first half breaches 5.4, with logits that are too loud, and `wrong` innocent ones."""
    posts = [post(number, "a b", ("5.4",) if number < 200 else ()) for number in range(400)]
    chance = np.random.default_rng(1)
    logits = chance.normal(-12, 3, (400, len(LABELS)))
    for column in (AT, LABELS.index(ANY)):
        logits[:200, column] = chance.normal(6, 6, 200)
        logits[200:, column] = chance.normal(-6, 6, 200)
        logits[200 : 200 + wrong, column] = 5
    return posts, logits


def fitted(wrong: int = 10) -> Label:
    return calibrated(*judged(wrong))[AT]


def test_labels_stand_in_the_models_order() -> None:
    assert [label.name for label in calibrated(*judged(5))] == list(LABELS)


def test_logits_that_are_too_loud_are_quietened() -> None:
    posts, logits = judged(10)
    label = fitted()
    chances = 1 / (1 + np.exp(-(label.scale * logits[:, AT] + label.shift)))
    raw = 1 / (1 + np.exp(-logits[:, AT]))
    wanted = np.array([float("5.4" in post.must) for post in posts])
    assert label.scale < 1
    assert expected_error(chances, wanted) < expected_error(raw, wanted)


def test_an_accusation_needs_more_than_a_hint() -> None:
    label = fitted()
    assert label.caution < ACCUSATION / (1 + ACCUSATION) <= label.breach


def test_wrong_accusations_make_a_model_less_sure() -> None:
    few, many = fitted(0), fitted(60)
    assert 5 * many.scale + many.shift < 5 * few.scale + few.shift


def test_what_can_be_argued_teaches_nothing() -> None:
    posts, logits = judged(10)
    loud = logits.copy()
    arguable = [post.model_copy(update={"may": ("5.4",)}) if 200 <= at < 210 else post for at, post in enumerate(posts)]
    loud[200:210, AT] = 40
    quiet = logits.copy()
    quiet[200:210, AT] = -40
    assert calibrated(arguable, loud)[AT].scale == pytest.approx(calibrated(arguable, quiet)[AT].scale)


def test_a_perfect_probability_has_no_error() -> None:
    assert expected_error(np.array([0.0, 1.0, 1.0]), np.array([0.0, 1.0, 1.0])) == 0
    assert expected_error(np.array([0.9, 0.9]), np.array([0.0, 0.0])) == pytest.approx(0.9)
