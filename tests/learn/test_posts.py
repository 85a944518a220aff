"""The labelled posts that ship: enough of every kind, and every label in order."""

import re
from collections import Counter

import pytest

from tasmat_check import pack
from tasmat_check.learn import corpus
from tasmat_check.learn.corpus import CLAUSES

POSTS = corpus.read_posts(pack.builtin_folder() / "posts")
BREACHES = Counter(clause for post in POSTS for clause in post.must)


def test_there_are_many_posts_by_many_writers() -> None:
    assert len(POSTS) >= 6000
    assert len({post.writer for post in POSTS}) >= 20
    assert 0.45 <= sum(bool(post.must) for post in POSTS) / len(POSTS) <= 0.55
    assert 0.06 <= sum(post.channel == "official" for post in POSTS) / len(POSTS) <= 0.12


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_has_enough_breaches(clause: str) -> None:
    assert BREACHES[clause] >= 150


def test_labels_are_in_order() -> None:
    clauses = {clause.number for clause in pack.load().policy.clause}
    for post in POSTS:
        assert {*post.must, *post.may} <= clauses, post.id
        assert not set(post.must) & set(post.may), post.id
        assert bool(post.must) == bool(post.evidence), post.id
        assert all(evidence in post.text for evidence in post.evidence), post.id
        assert all(name in post.text for name in post.names or ()), post.id


def test_no_post_stands_there_twice() -> None:
    assert len({post.id for post in POSTS}) == len(POSTS)
    assert len({" ".join(re.findall(r"\w+", post.text.lower())) for post in POSTS}) == len(POSTS)


def test_phone_numbers_are_drama_numbers_or_helplines() -> None:
    numbers = {number for post in POSTS for number in re.findall(r"\b07\d{3} ?\d{6}\b", post.text)}
    assert {number for number in numbers if not number.startswith("07700")} == set()
