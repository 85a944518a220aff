import pytest

from tasmat_check.recognizers.contacts import phones
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    wording = Wording(text)
    found = list(phones.recognize(wording))
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in found)
    assert all(entity.label == "PHONE_NUMBER" and 0 < entity.score <= 1 for entity in found)
    return [entity.text for entity in found]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("text me on 07700 900318 if you're about", "07700 900318"),
        ("07700900123", "07700900123"),
        ("it's 07700-900-123.", "07700-900-123"),
        ("07700.900.123", "07700.900.123"),
        ("office (01632) 960123 all day", "(01632) 960123"),
        ("(07700 900123)", "07700 900123"),
        ("020 7946 0018", "020 7946 0018"),
        ("0121 496 0999", "0121 496 0999"),
        ("0808 157 0123", "0808 157 0123"),
        ("0909 879 0123", "0909 879 0123"),
        ("03069 990123", "03069 990123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("+44 (0)7700 900123", "+44 (0)7700 900123"),
        ("(+44) 7700 900123", "(+44) 7700 900123"),
        ("0044 7700 900123", "0044 7700 900123"),
        ("whatsapp 447700900123", "447700900123"),
        ("tel:+44-1632-960123", "tel:+44-1632-960123"),
        ("New York office +1 212-555-0123 today", "+1 212-555-0123"),
        ("ring the office line 01632 960417 ext 2 about it", "01632 960417 ext 2"),
        ("O77OO 9OO123", "O77OO 9OO123"),
        ("o7700 900l23 x", "o7700 900l23"),
        ("0 7 7 0 0 9 0 0 1 2 3", "0 7 7 0 0 9 0 0 1 2 3"),
        ("07 700 900 123", "07 700 900 123"),
        ("０７７００ ９００１２３", "０７７００ ９００１２３"),
        ("0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣", "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣"),
        ("07700\u200b900\u200b123", "07700\u200b900\u200b123"),
        (
            "my number is oh seven seven double oh nine hundred one two three ok",
            "oh seven seven double oh nine hundred one two three",
        ),
        (
            "zero seven seven zero zero, nine zero zero, one two three",
            "zero seven seven zero zero, nine zero zero, one two three",
        ),
        ("07700 nine hundred 123", "07700 nine hundred 123"),
        ("oh 77 double oh 900 one two three", "oh 77 double oh 900 one two three"),
        ("07700900123xx", "07700900123"),
        ("ring 111 tonight", "111"),
        ("Samaritans: 116 123", "116 123"),
        ("text SHOUT to 85258", "85258"),
        ("ring the shop on 555 0123 please", "555 0123"),
        ("call me on (212) 555-0123", "(212) 555-0123"),
    ],
)
def test_recognize_finds_number_in_any_dress(text: str, number: str) -> None:
    assert seen(text) == [number]


def test_recognize_divides_neighbouring_numbers() -> None:
    assert seen("01632 960123 / 07700 900123, 07700900456") == ["01632 960123", "07700 900123", "07700900456"]


@pytest.mark.parametrize(
    "text",
    [
        "back on 01/09/2024, then 02-09-2024",
        "term runs 10 2023-2024",
        "ISBN 978-0-306-40615-7 and 0-306-40615-2",
        "order 01632960123 has shipped",
        "Order number: 07700 900123",
        "lottery: 07 12 23 34 45 49",
        "lotto 1, 7, 12, 23, 34, 45, 49",
        "parkrun in 00:27:45.123",
        "won 3-0, 2-1, 0-0, 4-4, 1-0",
        "sort code 01-02-03 and account 12345678",
        "£07700900123",
        "£1,234,567.89 raised",
        "server 192.168.100.101",
        "pi is 3.14159265358979 and 0.07700900123",
        "999 reasons to smile, 111 of them mine, 101 dalmatians",
        "call 999 times and nobody answers",
        "the class of 2019 2020 2021",
        "ring road closed 2023-2024",
        "a1b2c307700900123d",
        "call us between 10 and 12 on 12/05/2024",
        "NHS number 943 476 5919",
        "oh no! seven people, one cake, two forks, three spoons",
        "he won one nil, two nil, three nil",
        "Y11 results: 9 9 8 8 7 7 7 6 5",
        "4111 1111 1111 1111",
        "",
    ],
)
def test_recognize_leaves_other_figures_alone(text: str) -> None:
    assert seen(text) == []
