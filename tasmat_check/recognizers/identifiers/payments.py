"""Finds numbers that money can be taken with: payment cards, IBANs, and sort codes with their account numbers."""

import re
from collections.abc import Iterator
from itertools import chain

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.surroundings import entity_at, stands_alone, words_near
from tasmat_check.wording import Wording, keys

_DIGITS = re.compile(r"[0-9]{4}|[0-9]{2}\W[0-9]{2}")

_CARD = re.compile(
    r"(?<![\w/=.+-])(?<![0-9] )(?:[0-9]{4}([ .-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{3})?"
    r"|[0-9]{4}([ .-])[0-9]{6}\2[0-9]{4,5}"
    r"|[0-9]{12,19})(?![\w/=]|[ .-][0-9]{3})"
)
_CARD_WORDS = frozenset(keys("card cards cc credit debit visa mastercard amex maestro visa barclaycard expiry cvv cvc"))
_OTHER_NUMBERS = frozenset(
    keys("isbn order orders tracking tracked parcel imei serial ref reference barcode ean meter")
)

# First digits and lengths as the schemes publish them (ISO/IEC 7812 issuers); the second table needs a word for it.
_SURE_ISSUERS = (
    (re.compile(r"4"), (16,)),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"30[0-59]|3[689]"), (14,)),
    (re.compile(r"35(?:2[89]|[3-8])"), (16,)),
    (re.compile(r"6011|64[4-9]|65|62"), (16,)),
)
_POSSIBLE_ISSUERS = (
    (re.compile(r"4"), (13, 19)),
    (re.compile(r"50|5[6-8]|6"), tuple(range(12, 20))),
    (re.compile(r"2131|1800|1"), (15,)),
    (re.compile(r"3"), (14, 16, 19)),
)

_IBAN = re.compile(r"(?<![a-z0-9])([a-z]{2})[0-9]{2}(?=[ -]?[a-z0-9]{4})")
_IBAN_LENGTHS = {
    country: int(length)
    for length, countries in {
        15: "no", 16: "be", 18: "dk fk fi fo gl nl sd", 19: "mk si", 20: "at ba ee kz xk lt lu",
        21: "ch cr hr lv li", 22: "bg bh de gb ge ie me rs va", 23: "ae gi il iq om so tl",
        24: "ad cz es md pk ro sa se sk tn vg",
        25: "ly pt st", 26: "is tr", 27: "bi dj fr gr it mc mr sm", 28: "al az by cy do gt hu lb pl sv",
        29: "br eg ps qa ua",
        30: "jo kw mu", 31: "mt sc", 32: "lc", 33: "ru",
    }.items()
    for country in keys(countries)
}  # fmt: skip

_SORT_CODE = re.compile(r"(?<![\w.,/£$-])(?:[0-9]{2}([ .-])[0-9]{2}\1[0-9]{2}|[0-9]{6})(?![\w/]|[-.][0-9])")
_ACCOUNT = re.compile(r"(?<![\w.,/£$-])(?:[0-9]{8}|[0-9]{4}[ -][0-9]{4})(?![\w/]|[ .-][0-9])")
_ACCOUNT_WORDS = frozenset(keys("sort sc account acct acc ac bank payee bacs transfer pay"))
_REACH = 50


def recognize(wording: Wording) -> Iterator[Entity]:
    """Give the cards and accounts in a wording; an account's stretch runs over sort code and number both."""
    if not _DIGITS.search(wording.folded.text):
        return
    yield from chain(_cards(wording), _ibans(wording), _accounts(wording))


def _cards(wording: Wording) -> Iterator[Entity]:
    for match in _CARD.finditer(wording.folded.text):
        digits = re.sub(r"[^0-9]", "", match.group())
        if not _luhn(digits):
            continue
        span = wording.folded.original(*match.span())
        if score := _card_score(wording, span, digits):
            yield entity_at(wording, "CREDIT_CARD", span, score)


def _card_score(wording: Wording, span: Span, digits: str) -> float:
    sure, possible = (
        any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in issuers)
        for issuers in (_SURE_ISSUERS, _POSSIBLE_ISSUERS)
    )
    near = words_near(wording, span)
    if near & _CARD_WORDS:
        return 0.98 if sure else 0.9 * possible
    if near & _OTHER_NUMBERS:
        return 0.0
    if sure:
        return 0.9
    return 0.6 if possible and stands_alone(wording, span) else 0.0


def _luhn(digits: str) -> bool:
    """Check the last digit by Luhn's formula (ISO/IEC 7812-1, annex B)."""
    if len(set(digits)) == 1:
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(int(digit) for digit in digits[-1::-2]) + sum(doubled)) % 10 == 0


def _ibans(wording: Wording) -> Iterator[Entity]:
    text = wording.folded.text
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match.group(1))
        if length is None:
            continue
        end = _end_of_iban(text, match.start(), length)
        if end and _iban_valid(text[match.start() : end]):
            yield entity_at(wording, "IBAN_CODE", wording.folded.original(match.start(), end), 0.98)


def _end_of_iban(text: str, start: int, length: int) -> int:
    """Find where `length` letters and digits from `start` end, single spaces and hyphens aside; 0 when they do not."""
    end, seen = start, 0
    while seen < length and end < len(text):
        if text[end].isascii() and text[end].isalnum():
            seen += 1
        elif text[end] not in " -" or text[end - 1] in " -":
            return 0
        end += 1
    if seen < length or (end < len(text) and text[end].isalnum()):
        return 0
    return end


def _iban_valid(iban: str) -> bool:
    """Check the remainder modulo 97 (ISO 13616)."""
    characters = re.sub(r"[ -]", "", iban)
    return int("".join(str(int(character, 36)) for character in characters[4:] + characters[:4])) % 97 == 1


def _accounts(wording: Wording) -> Iterator[Entity]:
    text = wording.folded.text
    for match in _SORT_CODE.finditer(text):
        account = _account_beside(text, match)
        if account is None:
            continue
        start, end = min(match.start(), account.start()), max(match.end(), account.end())
        span = wording.folded.original(start, end)
        if score := _account_score(wording, span, match, account):
            yield entity_at(wording, "UK_BANK_ACCOUNT", span, score)


def _account_beside(text: str, sort_code: re.Match[str]) -> re.Match[str] | None:
    after = _ACCOUNT.search(text, sort_code.end(), sort_code.end() + _REACH)
    if after:
        return after
    before = None
    for match in _ACCOUNT.finditer(text, max(0, sort_code.start() - _REACH), sort_code.start()):
        before = match
    return before


def _account_score(wording: Wording, span: Span, sort_code: re.Match[str], account: re.Match[str]) -> float:
    inside = {wording.words[index].stem for index in wording.words_in(span)}
    if (inside | words_near(wording, span)) & _ACCOUNT_WORDS:
        return 0.95
    gap = max(account.start() - sort_code.end(), sort_code.start() - account.end())
    return 0.7 if sort_code.group(1) == "-" and gap <= 3 else 0.0
