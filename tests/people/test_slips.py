import pytest

from tasmat_check.people.slips import SlipIndex

INDEX = SlipIndex(["zofia", "kieran", "abc"])


@pytest.mark.parametrize("word", ["zofya", "zofiaa", "zzofia", "zofa", "ofia", "ozfia", "zofai"])
def test_one_slip_is_found(word: str) -> None:
    assert INDEX.near(word) == {"zofia"}


@pytest.mark.parametrize("word", ["zofia", "zfo", "zifoa", "zoofiaa", "abd", "ab", "keirna"])
def test_others_are_not(word: str) -> None:
    assert INDEX.near(word) == set()
