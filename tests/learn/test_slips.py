"""Misspelling: what is altered, how, and where things stand afterwards."""

import random

import pytest

from tasmat_check.learn.slips import slipped

TEXT = "Honestly these disgusting creatures should be locked up, café staff said so 😀 again and again"


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - not for secrets


def test_the_same_chance_slips_the_same() -> None:
    assert slipped(TEXT, chance(1)) == slipped(TEXT, chance(1))


@pytest.mark.parametrize("seed", range(20))
def test_offsets_lead_to_the_beginnings_of_the_same_words(seed: int) -> None:
    text, offsets = slipped(TEXT, chance(seed))
    assert len(offsets) == len(TEXT) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    short = TEXT.index("😀")
    assert text[offsets[short]] == "😀"


def test_many_kinds_of_slip_occur_and_some_words_stay() -> None:
    texts = " ".join(slipped(TEXT, chance(seed))[0] for seed in range(40))
    assert all(mark in texts for mark in "*3-")
    assert "disgusting" in texts
    assert any(word in texts for word in ("disgustin ", "dsigusting", "disgustting", "dissgusting", "disguting"))


def test_short_words_and_signs_stay() -> None:
    assert slipped("I am so up, ok? 123", chance(3))[0].replace(" ", "") == "Iamsoup,ok?123"
