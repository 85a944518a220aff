"""Words read from pictures, whose spaces come and go."""

import pytest

from tasmat_check import pack
from tasmat_check.models import Person
from tasmat_check.recognizers import Recognizers
from tasmat_check.recognizers.spacing import respaced
from tasmat_check.wording import Wording

ROSTER = (Person("Grace", "Pennington", role="pupil"), Person("Will", "Tillotson", role="pupil"))


@pytest.fixture(scope="module")
def recognizers() -> Recognizers:
    return Recognizers(pack.load(), ROSTER)


def seen(recognizers: Recognizers, text: str, *, printed: bool) -> set[tuple[str, str]]:
    (found,) = recognizers.recognize_many([Wording(text)], [None], {0} if printed else ())
    return {(entity.label, entity.text) for entity in found}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("LewesBN71UE", ("UK_POSTCODE", "BN71UE")),
        ("Call01632960417now", ("PHONE_NUMBER", "01632960417")),
        ("mail office@ wrenfield.example.org now", ("EMAIL_ADDRESS", "office@ wrenfield.example.org")),
        ("office@wrenfield.example. org", ("EMAIL_ADDRESS", "office@wrenfield.example. org")),
        ("WelcometoTorfieldSchool", ("SCHOOL", "TorfieldSchool")),
        ("StaroftheweekKaydenMarsh", ("PERSON", "KaydenMarsh")),
        ("Grace\nPennington", ("PERSON", "Grace\nPennington")),
    ],
)
def test_lost_and_added_spaces_hide_nothing_in_a_picture(
    recognizers: Recognizers, text: str, thing: tuple[str, str]
) -> None:
    assert thing in seen(recognizers, text, printed=True)
    assert thing not in seen(recognizers, text, printed=False)


def test_lines_of_a_board_are_not_read_as_one(recognizers: Recognizers) -> None:
    found = seen(recognizers, "Call 01632\n960417\nRed table: Kayden\nMarsh Lane", printed=True)
    assert {text for _, text in found if "\n" in text} == set()


def test_a_listed_name_over_two_lines_is_one_person(recognizers: Recognizers) -> None:
    (found,) = recognizers.recognize_many([Wording("Reader:\nGrace\nPennington")], [None], {0})
    assert [(entity.text, entity.person) for entity in found] == [("Grace\nPennington", ROSTER[0])]


def test_every_character_knows_where_it_came_from() -> None:
    text = "Room 4 atTorfield mail a @b.org\nCall01632960417"
    reading = respaced(text)
    assert reading.text == "Room 4 at Torfield mail a@b.org Call 01632960417"
    written = [text[origin] for origin in reading.origins[:-1]]
    assert [one for one, other in zip(reading.text, written, strict=True) if one != other and not one.isspace()] == [
        "@"
    ]
    assert reading.origins[-1] == len(text)
