"""Tells whose export it is, from the profile in it."""

import re
from json import loads

from tasmat_check.files import UnreadableError, load
from tasmat_check.readers.decoding import decode
from tasmat_check.readers.exports import Export
from tasmat_check.readers.platforms.meta.encoding import repaired
from tasmat_check.readers.platforms.meta.fields import Fields

_LARGEST_PROFILE = 4_000_000
_PROFILE = re.compile(r"((?:.*/)?)profile_information/profile_information\.json")


def names_of_owner(export: Export, name: str) -> frozenset[str]:
    """Give the present and former names of the owner of a file; none where the export does not tell them.

    A folder may hold the exports of several people; the profile that counts stands in the same one.
    """
    found = (match for other in export.names if (match := _PROFILE.fullmatch(other)))
    around = [match for match in found if name.startswith(match[1].removesuffix("personal_information/"))]
    nearest = max(around, key=lambda match: len(match[1]), default=None)
    return frozenset(_names(export.place(nearest[0]))) if nearest else frozenset()


def _names(place: str) -> list[str]:
    try:
        profile = Fields(repaired(loads(decode(load(place, _LARGEST_PROFILE)))))
        person = profile.one("profile_v2" if "profile_v2" in profile else "profile")
        return [name for name in (person.one("name").text("full_name"), *person.names("previous_names")) if name]
    except (UnreadableError, ValueError, RecursionError, AttributeError):
        return []
