"""Splits the corpus so that no writer's posts are both learnt from and judged on."""

import random
from collections import defaultdict
from collections.abc import Sequence

from tasmat_check.learn.corpus import LabelledPost


def by_writer(posts: Sequence[LabelledPost], count: int, seed: int) -> list[list[int]]:
    """Give the numbers of the posts of each fold; folds are of about one size, and a writer is wholly in one."""
    writers: dict[str, list[int]] = defaultdict(list)
    for number, post in enumerate(posts):
        writers[post.writer].append(number)
    names = sorted(writers)
    random.Random(seed).shuffle(names)  # noqa: S311 - not for secrets
    folds: list[list[int]] = [[] for _ in range(count)]
    for name in sorted(names, key=lambda name: -len(writers[name])):
        min(folds, key=len).extend(writers[name])
    return folds
