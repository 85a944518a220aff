"""Tells what someone is to the school from what a people list says in its role or job-title column."""

import re
from typing import Literal

from tasmat_check.folding import fold
from tasmat_check.people.vocabulary import PARENT_WORDS, PUPIL_WORDS, STAFF_WORDS

Role = Literal["pupil", "staff", "governor", "trustee", "parent"]

_WORD = re.compile(r"[^\W_]+")
# In order: a parent governor is a governor, a student teacher or pupil premium officer is staff.
_TELLING: tuple[tuple[Role, frozenset[str]], ...] = (
    ("governor", frozenset({"governor", "governors", "governance"})),
    ("trustee", frozenset({"trustee", "trustees"})),
    ("staff", STAFF_WORDS),
    ("pupil", PUPIL_WORDS),
    ("parent", PARENT_WORDS),
)
_IN_TITLES: tuple[tuple[Role, frozenset[str]], ...] = (
    ("governor", frozenset({"governor", "governors"})),
    ("trustee", frozenset({"trustee", "trustees"})),
    ("staff", frozenset({"staff", "teachers", "employees"})),
    ("pupil", frozenset({"pupil", "pupils", "student", "students"})),
    ("parent", frozenset({"parent", "parents", "carers"})),
)


def read_role(wording: str) -> Role | None:
    """Normalise a role or job title; None where its words tell nothing."""
    words = set(_WORD.findall(fold(wording).text))
    return next((role for role, telling in _TELLING if not words.isdisjoint(telling)), None)


def role_from_title(wording: str) -> Role | None:
    """Tell whom a list is about from a title line or file name ("Staff list September", "governors")."""
    words = set(_WORD.findall(fold(wording).text.replace("_", " ")))
    return next((role for role, telling in _IN_TITLES if not words.isdisjoint(telling)), None)
