"""Recognizes everything by which a person can be reached or found: one recognizer a kind, run in turn."""

from collections.abc import Iterator

from tasmat_check.models import Entity
from tasmat_check.recognizers.contacts import addresses, emails, handles, ip_addresses, links, phones, postcodes
from tasmat_check.wording import Wording

KINDS = (phones, emails, links, ip_addresses, handles, postcodes, addresses)


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find contact details of every kind, kind by kind; those of different kinds may overlap."""
    for kind in KINDS:
        yield from kind.recognize(wording)
