"""Joining the names of the word lists with those that the meaning model sees."""

import pytest

from tasmat_check.meaning import Meaning
from tasmat_check.models import Span
from tasmat_check.recognizers.names import NameRecognizer
from tasmat_check.wording import Wording

LISTS = {
    "first-names": ["kieran"],
    "rare-first-names": ["zorro"],
    "name-titles": ["mr"],
    "common-words": ["then", "left", "bit", "me"],
}


def joined(text: str, **chances: float) -> list[str]:
    """Give the names found in a text in which the model sees some words as names, so surely."""
    pieces = sorted(
        ((Span(text.index(word), text.index(word) + len(word)), chance) for word, chance in chances.items()),
        key=lambda piece: piece[0].start,
    )
    found = NameRecognizer(LISTS).recognize(Wording(text), (), Meaning(0.9, {}, tuple(pieces)))
    return [entity.text for entity in found]


@pytest.mark.parametrize(
    ("text", "chances", "names"),
    [
        ("then velkanova bit me", {"velkanova": 0.9}, ["velkanova"]),
        ("then velkanova bit me", {"velkanova": 0.5}, []),
        ("then dara velkanova bit me", {"dara": 0.9, "velkanova": 0.9}, ["dara velkanova"]),
        ("then dara, velkanova bit me", {"dara": 0.9, "velkanova": 0.9}, ["dara", "velkanova"]),
        ("then velkanova bit me", {"velka": 0.2, "nova": 0.9}, ["velkanova"]),
        ("then Kieran left", {}, ["Kieran"]),
        ("then kieran left", {}, []),
        ("then kieran left", {"kieran": 0.3}, ["kieran"]),
    ],
)
def test_the_model_adds_names_and_clears_doubtful_ones(text: str, chances: dict[str, float], names: list[str]) -> None:
    assert joined(text, **chances) == names


def test_a_title_is_no_part_of_what_the_model_sees() -> None:
    assert joined("then mr velkanova left", mr=0.9, velkanova=0.9)[-1].endswith("velkanova")
    assert joined("Mr then left", Mr=0.9) == []
