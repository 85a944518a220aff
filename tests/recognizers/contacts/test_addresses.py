import pytest

from tasmat_check.recognizers.contacts import addresses
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    found = list(addresses.recognize(Wording(text)))
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in found)
    return [entity.text for entity in found]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("27 Larkspur Rise, St Leonards", "27 Larkspur Rise, St Leonards"),
        ("Flat 2, 14b Queens Rd", "Flat 2, 14b Queens Rd"),
        ("we live at number 9 Quarry Hill", "9 Quarry Hill"),
        ("number nine Quarry Hill", "nine Quarry Hill"),
        ("27 Stroud Rd, OCHTERTYRE, PH7 6LF, hello", "27 Stroud Rd, OCHTERTYRE, PH7 6LF"),
        ("9 Main Rd", "9 Main Rd"),
        ("12-14 King's Avenue", "12-14 King's Avenue"),
        ("41 Ash Vale Gardens", "41 Ash Vale Gardens"),
        ("moved to 3b priory mews!!", "3b priory mews"),
        ("im at 27 larkspur rise st leonards tn38 0aa", "27 larkspur rise st leonards tn38 0aa"),
        ("party at 41 quarry hill rd tonight", "41 quarry hill rd"),
        ("27 Larkspur Rise, Mum said", "27 Larkspur Rise"),
        ("5 Mill Lane\nHastings\nTN34 1AA", "5 Mill Lane\nHastings\nTN34 1AA"),
        ("she lives on Larkspur Rise now", "Larkspur Rise"),
        ("The Old Forge, Pett Lane. Second gate", "The Old Forge, Pett Lane"),
        ("Rose Cottage, Mill Lane", "Rose Cottage, Mill Lane"),
        ("our house is 14 st helens park road hastings", "14 st helens park road"),
        ("Flat 4 Marine Court", "Flat 4 Marine Court"),
        ("our house is on Larkspur Rise", "Larkspur Rise"),
        ("new flat: 3b Quarry Court", "3b Quarry Court"),
        ("9 Ebenezer Steps", "9 Ebenezer Steps"),
        ("27 The Broadway", "27 The Broadway"),
    ],
)
def test_recognize_finds_address(text: str, address: str) -> None:
    assert seen(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "27 million way too many",
        "it's a 2 way street",
        "first place again",
        "9 close friends",
        "day 5 drive home",
        "a 5 minute walk and a 10 mile drive",
        "3 bedroom terrace for sale",
        "watched 3 Coronation Street episodes",
        "Year 9 Drama Court",
        "£5 Park Lane",
        "took 3 kids across the road",
        "walking the 1066 Country Walk",
        "2 girls down the lane",
        "top 5 high street shops",
        "lives in the lane behind us",
        "5 Mill Lane pupils came",
        "there were 30 people at the street party",
        "won 4. Mill Lane was shut",
        "",
    ],
)
def test_recognize_leaves_other_words_alone(text: str) -> None:
    assert seen(text) == []
