"""Secrets that are told, and talk about secrets that tells none."""

import pytest

from tasmat_check.recognizers.identifiers.passwords import recognize
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    return [entity.text for entity in recognize(Wording(text))]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password is Fluffy123", "Fluffy123"),
        ("Password: sunshine", "sunshine"),
        ("the password you keep asking me for is still Marmalade!89", "Marmalade!89"),
        ("wifi pw sunshine22 help yourselves", "sunshine22"),
        ("wifi password:\nSunshine22", "Sunshine22"),
        ("our wi-fi key is 8f3kd92ks", "8f3kd92ks"),
        ("staff wifi’s Parsnip2031! pass it on", "Parsnip2031!"),
        ("laptop password's “monday morning”", "monday morning"),
        ("guest network, pw - Bluebird7", "Bluebird7"),
        ("password=Parsnip31", "Parsnip31"),
        ("user tsmith pass Autumn2031", "Autumn2031"),
        ("pin: 4821", "4821"),
        ("my pin? the usual, 4821", None),
        ("my pin is 48-21 lol", "48-21"),
        ("door code on the pool is 2468Y.", "2468Y"),
        ("second gate, code 4471", "4471"),
        ("alarm code 1984", "1984"),
        ("alarm code? 4521, obviously", "4521"),
        ("keysafe code: C1234X", "C1234X"),
        ("code to the meds cupboard is C159X", "C159X"),
        ("passcode for the ipads is 0000", "0000"),
        ("SIMS login jsmith / Monday01", "Monday01"),
        ("username: jsmith password: Monday01", "Monday01"),
        ("Fluffy123 is the wifi password", "Fluffy123"),
        ("1984 is the alarm code", "1984"),
        ("password is Fluffy123😂", "Fluffy123"),
    ],
)
def test_secret_is_found(text: str, secret: str | None) -> None:
    assert seen(text) == ([secret] if secret else [])


@pytest.mark.parametrize(
    "text",
    [
        "forgot my password",
        "password reset",
        "what's the password",
        "the password is wrong again",
        "the password isn't Fluffy123",
        "my password must be 8 characters long",
        "password needs 2fa now",
        "if your password is 123456 change it",
        "Password1 is the most common password",
        "pin badge 1984",
        "moved the pin on the map",
        "use code SAVE20 at the garden gate shop",
        "the post code is TN34 3JT",
        "error code 4040 on the door",
        "sort code is 12-34-56",
        "highway code 2022",
        "school wifi is 5GHz only",
        "wifi's 100mbps in the hall",
        "netflix is £10.99 now",
        "my login is jo@example.org",
        "the wifi code is on the board",
    ],
)
def test_talk_of_secrets_is_left(text: str) -> None:
    assert seen(text) == []
