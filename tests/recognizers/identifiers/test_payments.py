"""Cards, IBANs and accounts; the numbers are the schemes' published test numbers."""

import pytest

from tasmat_check.recognizers.identifiers.payments import recognize
from tasmat_check.wording import Wording


def seen(text: str) -> list[tuple[str, str]]:
    return [(entity.label, entity.text) for entity in recognize(Wording(text))]


@pytest.mark.parametrize(
    ("text", "label", "number"),
    [
        ("4012-8888-8888-1881 exp 04/29", "CREDIT_CARD", "4012-8888-8888-1881"),
        ("my card is 4012 8888 8888 1881", "CREDIT_CARD", "4012 8888 8888 1881"),
        ("371449635398431", "CREDIT_CARD", "371449635398431"),
        ("amex 3714 496353 98431", "CREDIT_CARD", "3714 496353 98431"),
        ("card 4222222222222 please", "CREDIT_CARD", "4222222222222"),
        ("pay GB82 WEST 1234 5698 7654 32 today", "IBAN_CODE", "GB82 WEST 1234 5698 7654 32"),
        ("de89370400440532013000", "IBAN_CODE", "de89370400440532013000"),
        ("Sort code 20-00-00, account 55779911", "UK_BANK_ACCOUNT", "20-00-00, account 55779911"),
        ("acc no 55779911 sc 200000", "UK_BANK_ACCOUNT", "55779911 sc 200000"),
        ("20-00-00 55779911", "UK_BANK_ACCOUNT", "20-00-00 55779911"),
    ],
)
def test_payment_number_is_found(text: str, label: str, number: str) -> None:
    assert seen(text) == [(label, number)]


@pytest.mark.parametrize(
    "text",
    [
        "4012-8888-8888-1882",
        "4012888888881881234567",
        "order 4012888888881881 is late",
        "ISBN 9780306406157",
        "4222222222222 atoms",
        "1111 1111 1111 1111",
        "GB82 WEST 1234 5698 7654 33",
        "GB82 WEST",
        "played on 12-03-14, ticket 20140312",
        "call 01632 960123 or 07700 900123",
    ],
)
def test_look_alike_is_left(text: str) -> None:
    assert seen(text) == []
