"""Numbers that offices give to people; every number is invented."""

import pytest

from tasmat_check.recognizers.identifiers.official_numbers import recognize
from tasmat_check.wording import Wording


def seen(text: str) -> list[tuple[str, str]]:
    return [(entity.label, entity.text) for entity in recognize(Wording(text))]


@pytest.mark.parametrize(
    ("text", "label", "number"),
    [
        ("401-023-2137", "UK_NHS", "401-023-2137"),
        ("it is 221 395 1837 I think", "UK_NHS", "221 395 1837"),
        ("her nhs no: 4857773456", "UK_NHS", "4857773456"),
        ("NHS number 485–777–3456", "UK_NHS", "485–777–3456"),
        ("aa 12 34 56 b", "UK_NINO", "aa 12 34 56 b"),
        ("send AB123456C please", "UK_NINO", "AB123456C"),
        ("my NI number is QQ 12 34 56 C", "UK_NINO", "QQ 12 34 56 C"),
        ("national insurance: PE 28 85 95", "UK_NINO", "PE 28 85 95"),
        ("H801200001001 is on the list", "UK_UPN", "H801200001001"),
        ("his UPN is A820123456789", "UK_UPN", "A820123456789"),
        ("passport no. 123456789", "UK_PASSPORT", "123456789"),
        ("lost my passport, AB1234567, help", "UK_PASSPORT", "AB1234567"),
        ("MORGA607054SM9IJ", "UK_DRIVING_LICENCE", "MORGA607054SM9IJ"),
        ("licence fo999 512018 aa1ab", "UK_DRIVING_LICENCE", "fo999 512018 aa1ab"),
    ],
)
def test_identifier_is_found(text: str, label: str, number: str) -> None:
    assert seen(text) == [(label, number)]


@pytest.mark.parametrize(
    "text",
    [
        "401-023-2138",
        "0000000000",
        "ISBN 0306406152",
        "order 4010232137 came",
        "FQ 12 34 56 C",
        "AA 12 34 56 H",
        "so ab1234561 came",
        "A820123456789 is the parcel",
        "123456789 views",
        "MORGA613054SM9IJ",
        "99999607054SM9IJ",
        "d6c2de5d-ef90-45d1-82d4-5f2438369eea",
        "Thank you NHS, 75 years and counting",
    ],
)
def test_look_alike_is_left(text: str) -> None:
    assert seen(text) == []


def test_score_tells_how_sure() -> None:
    told, bare = (next(recognize(Wording(text))).score for text in ("NHS number 401 023 2137", "4010232137"))
    assert told >= 0.9 > bare
