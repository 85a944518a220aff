"""Spells out the ways in which a person's names are written, as the keys their words have in a text."""

from collections.abc import Collection, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from tasmat_check.models import Person
from tasmat_check.people.vocabulary import NAME_PREFIXES
from tasmat_check.wording import keys


class Use(IntEnum):
    """How freely a form of a name is used: alone, alone only at school, or only beside the rest of the name."""

    ALONE = 1
    AT_SCHOOL = 2
    BESIDE = 3


class Form(NamedTuple):
    """One way of writing a forename or a surname, word by word."""

    parts: tuple[str, ...]
    use: Use


def forename_forms(
    person: Person, nicknames: Mapping[str, Collection[str]], formal_names: Mapping[str, Collection[str]]
) -> Iterator[Form]:
    """Give the forms of someone's forenames: as listed, preferred, nicknames, and what the listed one is short for."""
    for name in (person.forename, person.preferred):
        parts = keys(name)
        yield from _whole(parts, Use.ALONE)
        words = name.split()
        first = keys(words[0]) if words else ()
        if first != parts:
            yield from _whole(first, Use.ALONE)
        for part in parts[:1] if len(first) > 1 else ():
            yield from _whole((part,), Use.BESIDE)
        key = first[0] if len(first) == 1 else "".join(first)
        for nickname in nicknames.get(key, ()):
            yield from _whole(keys(nickname), Use.AT_SCHOOL)
        for formal in formal_names.get(key, ()):
            yield from _whole(keys(formal), Use.BESIDE)


def surname_forms(person: Person) -> Iterator[Form]:
    """Give the forms of someone's surname: whole, in one word, its Mc or O apart, and either half of a double one."""
    parts = keys(person.surname)
    yield from _whole(parts, Use.ALONE)
    if len(parts) == 1:
        yield from _prefix_apart(person.surname, parts[0])
        return
    for part in parts:
        if len(part) > 2 and part not in NAME_PREFIXES:
            yield Form((part,), Use.BESIDE)


def initials(person: Person) -> Iterator[str]:
    """Give the pairs of initials someone goes by, a double surname with one letter and with two."""
    surname = keys(person.surname)
    if not surname:
        return
    for name in {person.forename, person.preferred} - {""}:
        for forename in keys(name)[:1]:
            yield forename[0] + surname[0][0]
            yield forename[0] + "".join(part[0] for part in surname)


def _whole(parts: tuple[str, ...], use: Use) -> Iterator[Form]:
    # A forename that is only an initial is matched as an initial, beside its surname.
    if not parts or (len(parts) == 1 and len(parts[0]) == 1 and parts[0].isascii()):
        return
    yield Form(parts, use)
    if len(parts) > 1:
        yield Form(("".join(parts),), use)


def _prefix_apart(surname: str, key: str) -> Iterator[Form]:
    for prefix in ("o", "mc", "mac"):
        apart = surname[len(prefix) : len(prefix) + 1]
        if key.startswith(prefix) and len(key) > len(prefix) + 2 and (apart.isupper() or not apart.isalnum()):
            yield Form((prefix, key.removeprefix(prefix)), Use.ALONE)
