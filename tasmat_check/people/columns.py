"""Finds out which column of a people list holds what, whichever school system wrote it.

The headings of SIMS, Arbor and Bromcom exports differ in order, case, punctuation and qualifiers ("Legal Forename",
"Student: First name", "Pref. surname"), so a heading is read as a bag of words: qualifiers, whose it is, and the rest.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tasmat_check.folding import fold
from tasmat_check.people.vocabulary import FAMILIAR_HEADINGS

Field = Literal[
    "forename",
    "legal forename",
    "preferred",
    "surname",
    "legal surname",
    "preferred surname",
    "name",
    "year",
    "group",
    "role",
]

_LEGAL = frozenset({"legal", "official"})
_PREFERRED = frozenset({"preferred", "pref", "chosen", "known", "usual", "called", "goes"})
_PUPIL = frozenset({"pupil", "pupils", "student", "students", "learner", "learners", "child", "childs", "children"})
_STAFF = frozenset({"staff", "employee", "employees", "payroll", "contract"})
_OTHER_OWNERS = frozenset({"parent", "parents", "carer", "guardian", "governor", "governors", "trustee", "trustees"})
_FILLERS = frozenset({"s", "the", "as", "by", "current", "main", "actual"})

_LEGAL_FIELDS: Mapping[str, Field] = {"forename": "legal forename", "surname": "legal surname", "name": "name"}
_PLAIN: Mapping[str, Field] = {
    **dict.fromkeys(
        ("forename", "forenames", "firstname", "firstnames", "first", "givenname", "givennames"), "forename"
    ),
    **dict.fromkeys(("given", "christianname", "fname"), "forename"),
    **dict.fromkeys(
        ("surname", "surnames", "lastname", "last", "familyname", "family", "secondname", "lname"), "surname"
    ),
    **dict.fromkeys(("name", "names", "fullname", "displayname", "fullnames"), "name"),
    **dict.fromkeys(("nickname", "knownas", "goesby", "callname", "informalname"), "preferred"),
    **dict.fromkeys(
        ("year", "years", "yr", "yeargroup", "yeargrp", "yrgrp", "yrgroup", "ncyear", "ncyeargroup"), "year"
    ),
    **dict.fromkeys(
        ("nationalcurriculumyear", "nationalcurriculumyeargroup", "curriculumyear", "yeartaughtin"), "year"
    ),
    **dict.fromkeys(("form", "formgroup", "forms", "reg", "reggroup", "reggrp", "regform", "registration"), "group"),
    **dict.fromkeys(("registrationgroup", "registrationform", "registrationgrp", "tutorgroup", "tutorgrp"), "group"),
    **dict.fromkeys(("class", "classname", "classgroup", "formclass", "group", "groupname", "classes"), "group"),
    **dict.fromkeys(("role", "roles", "type", "jobtitle", "jobtitles", "job", "jobrole", "position", "post"), "role"),
    **dict.fromkeys(("persontype", "usertype", "roletype", "designation", "occupation"), "role"),
}

_NAME_FIELDS: frozenset[Field] = frozenset(
    {"forename", "legal forename", "preferred", "surname", "legal surname", "preferred surname", "name"}
)
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Columns:
    """The heading line as understood: which position holds which field, and whom its words speak of."""

    positions: Mapping[Field, int] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    hint: str = ""

    @property
    def names(self) -> bool:
        """Say whether a column with any part of a name was found."""
        return not _NAME_FIELDS.isdisjoint(self.positions)

    @property
    def used(self) -> dict[str, str]:
        """Give the heading that each field was read from."""
        return {name: self.headings[position] for name, position in self.positions.items()}

    @property
    def unused(self) -> tuple[str, ...]:
        """Give the headings nothing was read from."""
        positions = set(self.positions.values())
        return tuple(heading for index, heading in enumerate(self.headings) if heading and index not in positions)


def read_columns(cells: Sequence[str]) -> Columns:
    """Read a line as headings; where two columns claim one field, the plainer claim and then the first wins."""
    claims: dict[Field, tuple[int, int]] = {}
    owners: set[str] = set()
    for position, cell in enumerate(cells):
        claim, rank, owner = _read_heading(cell)
        owners.add(owner)
        if claim and (claim not in claims or rank < claims[claim][0]):
            claims[claim] = (rank, position)
    positions = {name: position for name, (_, position) in claims.items()}
    hint = "staff" if "staff" in owners and "pupil" not in owners else ""
    return Columns(positions, tuple(cell.strip() for cell in cells), hint)


def looks_like_headings(cells: Sequence[str]) -> bool:
    """Say whether a line is surely headings, so that its cells may be shown in an error without naming anyone."""
    familiar = sum(1 for cell in cells if _read_heading(cell)[0] or "".join(_words(cell)) in FAMILIAR_HEADINGS)
    return familiar >= 2 or (familiar == 1 and len([cell for cell in cells if cell.strip()]) == 1)


def _words(heading: str) -> list[str]:
    return _WORD.findall(fold(_CAMEL.sub(" ", heading)).text.replace("'", ""))


def _read_heading(heading: str) -> tuple[Field | None, int, str]:
    """Give the field, how doubtful the claim is (0 = plain), and whom the heading speaks of."""
    words = _words(heading.partition("/")[0])
    if len(words) > 6:
        return None, 0, ""
    owner = _owner(words)
    rest = [word for word in words if word not in _FILLERS and word not in _PUPIL and word not in _STAFF]
    rank = 1 if any(word in _OTHER_OWNERS for word in rest) else 0
    rest = [word for word in rest if word not in _OTHER_OWNERS]
    bare = "".join(word for word in rest if word not in _LEGAL and word not in _PREFERRED)
    if not rest and owner and len(words) == 1 and words[0] != "payroll" and words[0] != "contract":
        return "name", 2, owner
    return _qualified(bare, set(rest)), rank, owner


def _owner(words: Sequence[str]) -> str:
    if not _STAFF.isdisjoint(words):
        return "staff"
    if not _PUPIL.isdisjoint(words):
        return "pupil"
    return "other" if not _OTHER_OWNERS.isdisjoint(words) else ""


def _qualified(bare: str, words: set[str]) -> Field | None:
    plain = _PLAIN.get(bare)
    if not _PREFERRED.isdisjoint(words):
        if plain == "surname":
            return "preferred surname"
        if bare == "fullname":
            return "name"
        return "preferred" if not bare or plain in ("forename", "name", "preferred") else None
    if not _LEGAL.isdisjoint(words):
        return _LEGAL_FIELDS.get(plain or "")
    return plain
