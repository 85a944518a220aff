"""A very long line must never hold up a batch."""

import time

import pytest

from tasmat_check.recognizers.identifiers import (
    official_numbers,
    passwords,
    payments,
    personal_dates,
    vehicle_registrations,
)
from tasmat_check.recognizers.identifiers.class_codes import ClassCodeRecognizer
from tasmat_check.wording import Wording

RECOGNIZERS = {
    "identifiers": official_numbers.recognize,
    "payments": payments.recognize,
    "vehicle-registrations": vehicle_registrations.recognize,
    "personal-dates": personal_dates.recognize,
    "passwords": passwords.recognize,
    "class-codes": ClassCodeRecognizer().recognize,
}
PIECES = (
    "1",
    "1 ",
    "12 34 56 ",
    "4012 ",
    "a1",
    "gb82 ",
    "dob 1/1/11 ",
    "password is ",
    "pin: ",
    "7B ",
    "Oak class ",
    "a.",
)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("name", RECOGNIZERS)
def test_long_line_is_read_in_linear_time(name: str, piece: str) -> None:
    wording = Wording(piece * (100_000 // len(piece)))
    assert wording.words  # read once and shared by all recognizers, so not theirs to answer for
    start = time.process_time()
    for _ in RECOGNIZERS[name](wording):
        pass
    assert time.process_time() - start < 2
