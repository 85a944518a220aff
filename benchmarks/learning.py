"""Compares ways of learning the clauses from the labelled posts, each judged on writers it has not learnt from.

    python benchmarks/learning.py encoder --names NAMES.jsonl [--layers 4] [--epochs 9] [--posts N]
    python benchmarks/learning.py frozen
    python benchmarks/learning.py words

`encoder` is what ships; `--posts` learns from so many only, for a learning curve. `frozen` is a linear head on the mean
of the base's last layer, left as it is; `words` a linear head on TF-IDF of words, pairs of words and letters. Needs the
extra `train`, and scikit-learn for the two linear ones. Prints one row; thresholds are set on the posts it is judged
on, for all ways alike.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import commands
import numpy as np
from rich.progress import Progress

from tasmat_check.learn import __main__ as learning
from tasmat_check.learn import corpus, folds, prediction, samples, training
from tasmat_check.learn.calibration import Logits, calibrated
from tasmat_check.learn.corpus import LABELS, LabelledPost
from tasmat_check.learn.network import fresh
from tasmat_check.meaning.encoder import sigmoid
from tasmat_check.meaning.settings import Label
from tasmat_check.meaning.tokens import PieceTokenizer
from tasmat_check.pack import builtin_folder

_PARTS = 3
_FEW = 3
_NEVER = -6.0

Learner = Callable[[Sequence[LabelledPost], Sequence[LabelledPost]], Logits]
"""Learns from posts, and gives the logits (posts × labels) of others."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Counts over posts: clauses rightly and wrongly reported and missed, posts caught, and innocent ones accused."""

    right: int
    wrong: int
    missed: int
    caught: float
    accused: float

    def cells(self) -> tuple[str, ...]:
        """Lay out F1, precision, recall, the share caught and the share of innocent posts accused."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return tuple(f"{figure:.3f}" for figure in (f1, precision, recall, self.caught, self.accused))


def main() -> None:
    """Learn as asked, judge, and print."""
    options = _options()
    posts = corpus.read_posts(builtin_folder() / "posts")
    learner: Learner = {"encoder": _encoder, "frozen": _frozen, "words": _words}[options.way](options)
    logits: Logits = np.zeros((len(posts), len(LABELS)))
    for held in folds.by_writer(posts, _PARTS, 1):
        inside = set(held)
        learnt = [post for number, post in enumerate(posts) if number not in inside]
        random.Random(1).shuffle(learnt)  # noqa: S311 - not for secrets
        logits[held] = learner(learnt[: options.posts], [posts[number] for number in held])
    verdicts = _judge(posts, logits, calibrated(posts, logits))
    heads = ("", "f1", "precision", "recall", "caught", "false alarm")
    commands.print_table(heads, [(options.way, *verdicts.cells())])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Ways of learning the clauses, compared.")
    parser.add_argument("way", choices=("encoder", "frozen", "words"))
    parser.add_argument("--names", type=Path, help="texts with marked names; needed by encoder")
    parser.add_argument("--layers", type=int, default=learning.LAYERS)
    parser.add_argument("--epochs", type=int, default=training.Recipe().epochs)
    parser.add_argument("--posts", type=int, help="how many posts to learn from; default all")
    parser.add_argument("--work", type=Path, default=Path("learning"), help="folder for what is saved between epochs")
    options = parser.parse_args()
    if options.way == "encoder" and options.names is None:
        parser.error("encoder needs --names")
    return options


def _encoder(options: argparse.Namespace) -> Learner:
    def learn(posts: Sequence[LabelledPost], held: Sequence[LabelledPost]) -> Logits:
        recipe = replace(training.Recipe(), epochs=options.epochs)
        with Progress() as progress:
            course = learning.course(list(posts), options.names, options.work, recipe, progress)
            title = f"{options.layers}-layers-{len(posts)}-posts-{held[0].id}"
            network = course.learn(range(len(posts)), title, options.layers)
        return prediction.predict(network, held, course.tokenizer)

    return learn


def _frozen(options: argparse.Namespace) -> Learner:  # noqa: ARG001
    base = learning.base_folder()
    tokenizer = PieceTokenizer(base / "tokenizer.json")

    network = fresh(base, len(LABELS), layers=6).eval()

    @cache
    def mean(post: LabelledPost) -> Any:
        import torch

        batch = samples.collate([next(samples.of_post(post, tokenizer))])
        with torch.inference_mode():
            state = network.encoder(input_ids=batch.ids, attention_mask=batch.present).last_hidden_state
        found = state[0].mean(dim=0).numpy()
        return [*(10 * found / np.linalg.norm(found)), float(post.channel == "official")]

    def means(posts: Sequence[LabelledPost]) -> Any:
        return np.array([mean(post) for post in posts])

    return lambda posts, held: _linear(posts, means(posts), means(held), strength=3.0)


def _words(options: argparse.Namespace) -> Learner:  # noqa: ARG001
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    def texts(posts: Sequence[LabelledPost]) -> list[str]:
        return [f"{post.channel}channel {post.text}" for post in posts]

    def learn(posts: Sequence[LabelledPost], held: Sequence[LabelledPost]) -> Logits:
        features = make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True),
        ).fit(texts(posts))
        return _linear(posts, features.transform(texts(posts)), features.transform(texts(held)), strength=10.0)

    return learn


def _linear(posts: Sequence[LabelledPost], known: Any, asked: Any, strength: float) -> Logits:
    """Fit one logistic regression a label to features of posts, and give the logits of other features."""
    from sklearn.linear_model import LogisticRegression

    columns = []
    for label in LABELS:
        wanted = np.array([bool(post.must) if label == LABELS[-1] else label in post.must for post in posts])
        told = np.array([label not in post.may for post in posts])
        if wanted[told].sum() < _FEW:
            columns.append(np.full(asked.shape[0], _NEVER))
            continue
        head = LogisticRegression(C=strength, max_iter=400, solver="liblinear").fit(known[told], wanted[told])
        columns.append(head.decision_function(asked))
    return np.column_stack(columns)


def _judge(posts: Sequence[LabelledPost], logits: Logits, labels: Sequence[Label]) -> Verdicts:
    """Count what is reported from the breach thresholds on; what can be argued counts neither way."""
    chances = np.column_stack([sigmoid(label.scale * logits[:, n] + label.shift) for n, label in enumerate(labels)])
    chances = np.minimum(chances, chances[:, -1:])
    right = wrong = missed = 0
    caught: list[bool] = []
    accused: list[bool] = []
    for post, row in zip(posts, chances, strict=True):
        said = {label.name for label, chance in zip(labels[:-1], row, strict=False) if chance >= label.breach}
        must = set(post.must).intersection(LABELS)
        right, missed = right + len(said & must), missed + len(must - said)
        wrong += len(said - must - set(post.may))
        (caught if post.must else accused).append(bool(said & must) if post.must else bool(said - set(post.may)))
    return Verdicts(right, wrong, missed, float(np.mean(caught)), float(np.mean(accused)))


if __name__ == "__main__":
    main()
