"""Vehicle registrations; every plate is invented."""

import pytest

from tasmat_check.recognizers.identifiers.vehicle_registrations import recognize
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    return [entity.text for entity in recognize(Wording(text))]


@pytest.mark.parametrize(
    ("text", "plates"),
    [
        ("Vehicles LK19 VWX and BD62XYZ were seen", ["LK19 VWX", "BD62XYZ"]),
        ("whoever owns LK19 VWX left the lights on", ["LK19 VWX"]),
        ("blue corsa lk19vwx across the gate", ["lk19vwx"]),
        ("A123 BCD", ["A123 BCD"]),
        ("reg is p123 abc", ["p123 abc"]),
        ("the van ABC 123D again", ["ABC 123D"]),
        ("car reg YIZ 1234", ["YIZ 1234"]),
        ("number plate 1234 AB", ["1234 AB"]),
        ("SS24 NEW was the plate on that car", ["SS24 NEW"]),
    ],
)
def test_plate_is_found(text: str, plates: list[str]) -> None:
    assert seen(text) == plates


@pytest.mark.parametrize(
    "text",
    [
        "AS24 NEW arrivals in store",
        "MK12 FOR sale",
        "KS2 ABC assembly",
        "AB00 ABC",
        "AB50 ABC is old",
        "QB51 ABC",
        "ABC 123Z",
        "M25 NOW closed",
        "A303 BUS queue",
        "TN34 3JT",
        "took the register for 8G1 in the car park",
    ],
)
def test_look_alike_is_left(text: str) -> None:
    assert seen(text) == []
