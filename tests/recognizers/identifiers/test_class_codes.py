"""Form codes and named classes, and what looks like them."""

import pytest

from tasmat_check.recognizers.identifiers.class_codes import ClassCodeRecognizer, ClassScheme
from tasmat_check.wording import Wording

USUAL = ClassCodeRecognizer()
OWN = ClassCodeRecognizer(
    ClassScheme(
        codes=("(?:[1-9]|1[0-3])[A-Z]{1,2}[1-9]?", "R[A-Z]", "[A-Z]{1,2}[1-9]"),
        words=("class", "form", "set", "group", "year"),
        names=("Sea Dragons", "Lanyard"),
    )
)


def seen(text: str, recognizer: ClassCodeRecognizer = USUAL, above: float = 0.0) -> list[str]:
    return [entity.text for entity in recognizer.recognize(Wording(text)) if entity.score >= above]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("taught 7B today", ["7B"]),
        ("8G1 lesson was chaos", ["8G1"]),
        ("9X2 were lovely, all the kids", ["9X2"]),
        ("cover for 10F and 11C", ["10F", "11C"]),
        ("8G1/8G2 on the trip", ["8G1", "8G2"]),
        ("my form, 10HS, won", ["10HS"]),
        ("Y9B on the school trip", ["9B"]),
        ("Willow class went swimming", ["Willow class"]),
        ("a dad from 'Squirrels Class' rang", ["Squirrels Class"]),
        ("Class 4 pupils sang", ["Class 4"]),
    ],
)
def test_class_is_surely_found(text: str, found: list[str]) -> None:
    assert seen(text, above=0.7) == found


@pytest.mark.parametrize(
    "text",
    [
        "10F",
        "8G1",
        "9T broke another door",
        "the lad in amber class",
        "in Turing Class today",
        "they're in set 4",
    ],
)
def test_bare_class_is_found_less_surely(text: str) -> None:
    assert len(seen(text, above=0.4)) == 1
    assert not seen(text, above=0.9)


@pytest.mark.parametrize(
    "text",
    [
        "4G/5G masts",
        "in 3D at the cinema with the kids",
        "3b or not 3b, that is the question",
        "2B or not 2B",
        "ran a 10K",
        "a 6B pencil for the kids",
        "12V battery",
        "9x9 grid",
        "20A bus",
        "4x4",
        "a 2L bottle for each child",
        "10C weather, brr",
        "8GB of memory",
        "10AM lesson",
        "moved to 4C Queens Rd",
        "my flat's at 9B Tollgate Court",
        "3b priory mews",
        "row 7B",
        "TN34 3DY for the leisure centre",
        "1A1 1AA",
        "wanna 1v1 me, form?",
        "A21 closed again",
        "example.org/x/4P",
        "First Class",
        "a World Class lesson",
        "Business Class",
        "my new A-Class",
        "Spin Class at six",
        "Ballet Class",
        "Class A drugs",
        "Puppy class was fun",
        "middle class kids",
        "HGV class 1 in the spring",
    ],
)
def test_look_alike_is_left(text: str) -> None:
    assert seen(text, above=0.3) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sea dragons class won", ["sea dragons class"]),
        ("two from Lanyard group", ["Lanyard group"]),
        ("RB class had fun", ["RB"]),
        ("form B2 are off", ["B2"]),
        ("RE class was dull", []),
        ("KS2 class trip", []),
        ("year 9 class trip", []),
        ("B2 and M3 are roads", []),
    ],
)
def test_organisation_names_its_own_classes(text: str, found: list[str]) -> None:
    assert seen(text, OWN) == found
