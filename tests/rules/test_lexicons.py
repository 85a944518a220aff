"""Word classes: which lexicons, and which of their phrases, may begin at a word."""

import pytest

from tasmat_check.models import Passage
from tasmat_check.rules.lexicons import Lexicons
from tasmat_check.rules.reading import Reading
from tasmat_check.wording import Wording

from .samples import read_marks

LEXICONS = Lexicons(
    {
        "animal": ["dog", "polar bear", "bear cub", "do*"],
        "pet": ["my {animal}", "{animal} of mine", "<PERSON>'s {animal}", "# {animal}"],
        "friend": ["{pet}", "up*", "(old )? mate"],
        "far": ["^ ~1 friend"],
    }
)


@pytest.mark.parametrize(
    ("name", "text", "at", "evidence"),
    [
        ("animal", "dog", 0, {"dog"}),
        ("animal", "dog's", 0, {"dog's"}),
        ("animal", "donkey", 0, {"donkey"}),
        ("animal", "polar", 0, set()),
        ("animal", "polar bear cub", 0, {"polar bear"}),
        ("animal", "polar bear cub", 1, {"bear cub"}),
        ("animal", "polar. bear", 0, set()),
        ("pet", "my polar bear", 0, {"my polar bear"}),
        ("pet", "polar bear of mine", 0, {"polar bear of mine"}),
        ("pet", "3 cats", 0, set()),
        ("pet", "3 dog", 0, {"3 dog"}),
        ("friend", "3 dog", 0, {"3 dog"}),
        ("friend", "upset", 0, {"upset"}),
        ("friend", "up", 0, {"up"}),
        ("friend", "mate", 0, {"mate"}),
        ("friend", "old mate", 0, {"old mate"}),
        ("far", "dear friend", 0, {"dear friend"}),
        ("far", "friend", 0, {"friend"}),
        ("far", "dear old friend", 1, set()),
    ],
)
def test_phrases_of_a_lexicon_are_found(name: str, text: str, at: int, evidence: set[str]) -> None:
    reading = Reading(Passage(text), Wording(text), (), LEXICONS)
    spans = [reading.span(at, end) for end in reading.lexicon_ends(name, at)]
    assert {text[span.start : span.end] for span in spans} == evidence


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("dog", {"animal", "pet", "friend"}),
        ("my", {"pet", "friend"}),
        ("mate", {"friend"}),
        ("7", {"pet", "friend"}),
        ("tree", set()),
    ],
)
def test_lexicons_are_named_by_what_they_can_begin_with(key: str, names: set[str]) -> None:
    assert LEXICONS.beginning_with(key) - {"far"} == names


def test_lexicons_are_named_by_the_entities_they_can_begin_with() -> None:
    assert LEXICONS.beginning_with_label("PERSON") == {"pet", "friend"}
    assert LEXICONS.beginning_with_label("SCHOOL") == set()


def test_lexicons_find_entities() -> None:
    text, entities = read_marks("so [Sam|PERSON] dog")
    lexicons = Lexicons({"pet": ["<PERSON> dog"]})
    assert set(Reading(Passage(text), Wording(text), entities, lexicons).lexicon_ends("pet", 1)) == {3}
