"""Recognizes what identifies a person or opens a door: numbers, dates of birth, passwords, class codes."""

from collections.abc import Iterator

from tasmat_check.models import Entity
from tasmat_check.recognizers.identifiers import (
    official_numbers,
    passwords,
    payments,
    personal_dates,
    vehicle_registrations,
)
from tasmat_check.wording import Wording

_KINDS = (official_numbers, payments, passwords, personal_dates, vehicle_registrations)


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find identifiers of every kind, kind by kind; class codes need a scheme and have their own recognizer."""
    for kind in _KINDS:
        yield from kind.recognize(wording)
