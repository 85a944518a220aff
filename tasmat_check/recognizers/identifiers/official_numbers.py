"""Finds numbers that offices give to people: NHS, National Insurance, pupil, passport and driving licence numbers.

A number counts when its check digit or its shape is unmistakable, or when words around it say what it is; a number
that is told to be somebody's counts even when its check digit is wrong, for a slip of the finger hides nobody.
Numbers are read in the folded text, so styled digits and odd dashes change nothing.
"""

import re
from collections.abc import Iterator

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.surroundings import entity_at, stands_alone, words_near
from tasmat_check.wording import Wording, keys

_DIGITS = re.compile(r"[0-9]{4}|[0-9]{2}\W{0,2}[0-9]{2}")
_OTHER_NUMBERS = frozenset(
    keys(
        "isbn order orders ref reference tracking tracked parcel invoice serial phone tel telephone mobile fax call "
        "called ring text whatsapp barcode ean imei extension id booking"
    )
)

_NHS = re.compile(r"(?<![\w.+£$#/-])(?<![0-9] )[0-9]{3}([ .-]?)[0-9]{3}[ .-]?[0-9]{4}(?![\w/]|[ .-][0-9])")
_NHS_TOLD = re.compile(r"\bnhs\W{1,3}(?:number|num|no|id|#)?\b")

_NINO = re.compile(
    r"(?<![a-z0-9])([a-z]{2})[ .-]{0,2}[0-9]{2}[ .-]{0,2}[0-9]{2}[ .-]{0,2}[0-9]{2}(?:[ .-]{0,2}([a-d]))?(?![a-z0-9])"
)
_NINO_PREFIX = re.compile(r"(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z][abceghj-nprstw-z]")
_NINO_WORDS = frozenset(("ni", "nino", "insurance", "nin"))

_UPN = re.compile(r"(?<![a-z0-9])([a-z])([0-9]{11})([0-9a-z])(?![a-z0-9])")
_UPN_LETTERS = "abcdefghjklmnpqrtuvwxyz"
_UPN_WORDS = frozenset(("upn", "upns", "pupil", "pupils", "student"))

_PASSPORT = re.compile(r"(?<![\w.+£$#/-])(?:[a-z]{2} ?[0-9]{7}|[0-9]{9}|[0-9]{3} [0-9]{3} [0-9]{3})(?![\w/]|[.-][0-9])")
_PASSPORT_ALONE = re.compile(r"[a-z]{2}[0-9]{7}")
_PASSPORT_WORDS = frozenset(("passport", "passports"))

_LICENCE = re.compile(
    r"(?<![a-z0-9])([a-z][a-z9]{4})[ -]?[0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]"
    r"[ -]?[a-z9]{2}[a-z0-9][ -]?[a-z]{2}(?![a-z0-9])"
)
_LICENCE_NAME = re.compile(r"[a-z]+9*")


def recognize(wording: Wording) -> Iterator[Entity]:
    """Give the identifiers in a wording; `score` is 0.9 or more where a check digit or the wording settles it."""
    if not _DIGITS.search(wording.folded.text):
        return
    for find in (_nhs_numbers, _national_insurance_numbers, _pupil_numbers, _passports, _licences):
        yield from find(wording)


def _nhs_numbers(wording: Wording) -> Iterator[Entity]:
    text = wording.folded.text
    for match in _NHS.finditer(text):
        span = wording.folded.original(*match.span())
        valid = _nhs_valid(re.sub(r"[^0-9]", "", match.group()))
        told = _NHS_TOLD.search(text, max(0, match.start() - 40), match.start()) is not None
        if score := _nhs_score(wording, span, valid=valid, told=told, grouped=bool(match.group(1))):
            yield entity_at(wording, "UK_NHS", span, score)


def _nhs_score(wording: Wording, span: Span, *, valid: bool, told: bool, grouped: bool) -> float:
    if told:
        return 0.97 if valid else 0.8
    if not valid:
        return 0.0
    near = words_near(wording, span)
    if "nhs" in near:
        return 0.97
    if near & _OTHER_NUMBERS:
        return 0.0
    return 0.75 if grouped else 0.5


def _nhs_valid(digits: str) -> bool:
    """Check the last digit modulo 11 (NHS Data Dictionary, "NHS Number")."""
    if len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _national_insurance_numbers(wording: Wording) -> Iterator[Entity]:
    for match in _NINO.finditer(wording.folded.text):
        span = wording.folded.original(*match.span())
        told = bool(words_near(wording, span) & _NINO_WORDS)
        valid = _NINO_PREFIX.match(match.group(1)) is not None
        if score := _nino_score(wording, span, valid=valid, told=told, ended=bool(match.group(2))):
            yield entity_at(wording, "UK_NINO", span, score)


def _nino_score(wording: Wording, span: Span, *, valid: bool, told: bool, ended: bool) -> float:
    if told:
        return 0.97 if valid and ended else 0.8
    if not valid:
        return 0.0
    upper = wording.text[span.start : span.start + 2].isupper()
    if ended:
        return 0.9 if upper else 0.7
    return 0.6 if upper and stands_alone(wording, span) else 0.0


def _pupil_numbers(wording: Wording) -> Iterator[Entity]:
    for match in _UPN.finditer(wording.folded.text):
        span = wording.folded.original(*match.span())
        if _upn_letter(match.group(2) + match.group(3)) == match.group(1):
            yield entity_at(wording, "UK_UPN", span, 0.95)
        elif words_near(wording, span) & _UPN_WORDS:
            yield entity_at(wording, "UK_UPN", span, 0.8)


def _upn_letter(rest: str) -> str:
    """Compute the check letter from the other twelve characters (DfE, "Unique pupil numbers", annex)."""
    values = (_UPN_LETTERS.find(character) if character.isalpha() else int(character) for character in rest)
    return _UPN_LETTERS[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23]


def _passports(wording: Wording) -> Iterator[Entity]:
    text = wording.folded.text
    for match in _PASSPORT.finditer(text):
        span = wording.folded.original(*match.span())
        if words_near(wording, span) & _PASSPORT_WORDS:
            yield entity_at(wording, "UK_PASSPORT", span, 0.9)
        elif _PASSPORT_ALONE.fullmatch(match.group()) and stands_alone(wording, span):
            yield entity_at(wording, "UK_PASSPORT", span, 0.5)


def _licences(wording: Wording) -> Iterator[Entity]:
    for match in _LICENCE.finditer(wording.folded.text):
        if _LICENCE_NAME.fullmatch(match.group(1)):
            span = wording.folded.original(*match.span())
            yield entity_at(wording, "UK_DRIVING_LICENCE", span, 0.95)
