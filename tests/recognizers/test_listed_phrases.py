"""Listed phrases: lexicons that are named by an entity label."""

import pytest

from tasmat_check.recognizers.listed_phrases import ListedPhraseRecognizer
from tasmat_check.wording import Wording

LEXICONS = {
    "ORGANIZATION": ("Oakwell Bakery", "Oakwell", "Café Zoë", "St. John's"),
    "LOCATION": ("Oakwell Green",),
    "animal": ("dog",),
}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("at OAKWELL GREEN", [("ORGANIZATION", "OAKWELL"), ("LOCATION", "OAKWELL GREEN")]),
        ("Oakwell Bakery's bread", [("ORGANIZATION", "Oakwell Bakery's"), ("ORGANIZATION", "Oakwell")]),
        ("Oakwell-Green", [("ORGANIZATION", "Oakwell"), ("LOCATION", "Oakwell-Green")]),
        ("cafe zoe", [("ORGANIZATION", "cafe zoe")]),
        ("Oak\u200bwell", [("ORGANIZATION", "Oak\u200bwell")]),
        ("Oakwells", []),
        ("my dog", []),
        ("", []),
    ],
)
def test_listed_phrases_are_seen(text: str, seen: list[tuple[str, str]]) -> None:
    found = list(ListedPhraseRecognizer(LEXICONS).recognize(Wording(text)))
    assert sorted((entity.label, entity.text) for entity in found) == sorted(seen)
    assert all(text[entity.span.start : entity.span.end] == entity.text for entity in found)


def test_word_classes_are_none_of_its_business() -> None:
    assert list(ListedPhraseRecognizer({"animal": ("dog",)}).recognize(Wording("my dog"))) == []
