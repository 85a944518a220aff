import pytest

from tasmat_check.models import Span
from tasmat_check.recognizers.contacts import postcodes
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    found = list(postcodes.recognize(Wording(text)))
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in found)
    return [entity.text for entity in found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TN38 0AA for the sat nav", "TN38 0AA"),
        ("M1 1AA", "M1 1AA"),
        ("CR2 6XH.", "CR2 6XH"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("W1A 0AX", "W1A 0AX"),
        ("GIR 0AA", "GIR 0AA"),
        ("tn38 0aa, number 6", "tn38 0aa"),
        ("sw1a1aa", "sw1a1aa"),
        ("TN380AA", "TN380AA"),
        ("?postcode=sw1a1aa&x", "sw1a1aa"),
        ("Hastings, B2 1ST", "B2 1ST"),
    ],
)
def test_recognize_finds_postcode(text: str, code: str) -> None:
    assert seen(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "KS2 3rd set",
        "M1 3rd lane, M25 2hr delay",
        "B2 1st",
        "B2 1ST PLACE",
        "M1 1AI",
        "1A1 1AA",
        "QQ1 1AA",
        "S9 8GB phone",
        "p800refund d6c2de5d-ef90-45d1-82d4-5f2438369eea",
        "AB51 ABC",
        "AB12 3CDE",
        "£M1 1AA",
        "e10 4us",
        "",
    ],
)
def test_recognize_leaves_look_alikes_alone(text: str) -> None:
    assert seen(text) == []


def test_following_looks_no_further_than_asked() -> None:
    wording = Wording("Mill Lane, TN38 0AA")
    assert postcodes.following(wording, 9, 12) == Span(11, 19)
    assert postcodes.following(wording, 0, 3) is None
