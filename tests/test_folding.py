"""Folding: one form for the many ways a letter can be typed, and the way back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.folding import fold
from tasmat_check.models import Span


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("School", "school"),
        ("ＳＣＨＯＯＬ", "school"),
        ("𝓢𝓬𝓱𝓸𝓸𝓵", "school"),
        ("schооl", "school"),  # Cyrillic о
        ("s\u200bch\u00adool", "school"),
        ("Zoë Müller", "zoe muller"),
        ("Zoe\u0308", "zoe"),
        ("Łukasz Đorđe", "lukasz dorde"),
        ("Straße", "strasse"),
        ("don’t don´t donʼt don`t", "don't don't don't don't"),
        ("naïve don`t", "naive don't"),
        ("“well” – yes", '"well" - yes'),
        ("S4m 0ne", "s4m 0ne"),
        ("", ""),
    ],
)
def test_letters_become_plain(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("Grüße, Zoë", "zoe", "Zoë"),
        ("Zoe\u0308 was here", "zoe", "Zoe"),
        ("👋 S\u200bam!", "sam", "S\u200bam"),
        ("Straße 5", "strasse", "Straße"),
        ("plain", "lai", "lai"),
    ],
)
def test_a_folded_stretch_leads_back(text: str, part: str, original: str) -> None:
    folded = fold(text)
    start = folded.text.index(part)
    span = folded.original(start, start + len(part))
    assert text[span.start : span.end] == original


def test_an_empty_stretch_stays_empty() -> None:
    assert fold("Zoë").original(2, 2) == Span(2, 2)


@given(st.text())
def test_origins_ascend_within_the_text(text: str) -> None:
    folded = fold(text)
    origins = list(folded.origins)
    assert len(origins) == len(folded.text) + 1
    assert origins == sorted(origins)
    assert origins[-1] == len(text)
    assert all(place < len(text) for place in origins[:-1])


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
