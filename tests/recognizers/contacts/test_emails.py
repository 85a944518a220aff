import pytest

from tasmat_check.recognizers.contacts import emails
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    found = list(emails.recognize(Wording(text)))
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in found)
    return [entity.text for entity in found]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("queries to s.okonjo@example.org.", "s.okonjo@example.org"),
        ("(sam+club@mail.example.co.uk)", "sam+club@mail.example.co.uk"),
        (">>sam@example.com", "sam@example.com"),
        ("MAILTO:SAM@EXAMPLE.COM", "MAILTO:SAM@EXAMPLE.COM"),
        ("sam@example.com.Then I left", "sam@example.com"),
        ("sam@[127.0.0.1]", "sam@[127.0.0.1]"),
        ("name=sam@xn--4ca9at.com", "sam@xn--4ca9at.com"),
        ("sam at example dot org if you want it", "sam at example dot org"),
        ("sam dot okonjo at example dot co dot uk", "sam dot okonjo at example dot co dot uk"),
        ("name [at] example [dot] org", "name [at] example [dot] org"),
        ("s.okonjo (at) tasmat.example.org", "s.okonjo (at) tasmat.example.org"),
        ("sam.okonjo @ gmail . com", "sam.okonjo @ gmail . com"),
        ("sam@example dot com", "sam@example dot com"),
        ("sam.okonjo77@gmail", "sam.okonjo77@gmail"),
        ("admin@torfield is where orders go", "admin@torfield"),
    ],
)
def test_recognize_finds_address(text: str, address: str) -> None:
    assert seen(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "meet me at the dot on the map",
        "look at example dot org",
        "find us at tasmat.example.org",
        "something@@example.com",
        "sam@example..com",
        "sam@-example.com",
        "what a load of b@stard nonsense",
        "2 @ £3.50",
        "@sam.okonjo",
        "lunch @ the.pub",
        "sam@[1.2.3.400]",
        "",
    ],
)
def test_recognize_leaves_other_words_alone(text: str) -> None:
    assert seen(text) == []
