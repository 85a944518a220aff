"""Finds what stands for an organisation without naming it: domains, telephone numbers, postcodes, addresses, URNs."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tasmat_check.folding import fold
from tasmat_check.pack.organisation_file import Body, Street
from tasmat_check.recognizers.organisation.traps import alternatives

_REACH = 120
_TOKEN_REACH = 64
_NUMBER_BEFORE = re.compile(r"\d[a-d]?,?\s+\Z")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|school|academy|education|info|example|co|io|me|tv)\Z")
_RUN = re.compile(r"\w+")
_SPACE = re.compile(r"\s")
_TOKEN_STOP = re.compile(r"[\s<>()\[\]\"',;|]")
_NOT_HOST = re.compile(r"[^\w.-]")
_NOT_WORD = re.compile(r"\W")
_NAME_RUN = re.compile(r"[\w.-]+")


class Mark(NamedTuple):
    """A stretch of a folded text that stands for an organisation."""

    start: int
    end: int
    score: float


class Token(NamedTuple):
    """The stretch without spaces around a name, and what it is."""

    kind: str
    start: int
    end: int


def token_around(text: str, start: int, end: int) -> Token:
    """Give the hashtag, handle, domain, web address part or word that a name at a stretch is part of.

    For an e-mail address this is what follows the @; a name in what stands before it counts as a word.
    """
    left = _begin(_TOKEN_STOP, text, max(0, start - _TOKEN_REACH), start)
    limit = min(len(text), end + _TOKEN_REACH)
    space = _SPACE.search(text, end, limit)
    right = space.start() if space else limit
    for kind, sign in (("tag", "#"), ("handle", "@")):
        at = text.rfind(sign, left, start)
        if at >= 0 and _NAME_RUN.fullmatch(text, at + 1, end):
            if kind == "handle" and at > left and text[at - 1].isalnum():
                return Token("domain", at + 1, _trim(text, end, right, _NAME_RUN))
            return Token(kind, at, _trim(text, end, right, _RUN if kind == "tag" else _NAME_RUN))
    slash = text.rfind("/", left, start)
    if slash >= 0 and _NAME_RUN.fullmatch(text, slash + 1, end) and "." in text[left:slash] and text[slash - 1] != "/":
        return Token("path", slash + 1, _trim(text, end, right, _NAME_RUN))
    return _host_or_word(text, start, end, (left, right))


def _host_or_word(text: str, start: int, end: int, limits: tuple[int, int]) -> Token:
    left, right = _begin(_NOT_HOST, text, limits[0], start), _trim(text, end, limits[1], _NAME_RUN)
    if (right >= limits[1] or text[right] != "@") and _HOST.match(text, left, right):
        return Token("domain", left, right)
    left = _begin(_NOT_WORD, text, limits[0], start)
    while text[left] == "_" and left < start:
        left += 1
    return Token("word", left, _trim(text, end, limits[1], _RUN))


def _begin(stop: re.Pattern[str], text: str, limit: int, start: int) -> int:
    """Say where the run of characters before `start` begins that holds no stop."""
    last = limit
    for match in stop.finditer(text, limit, start):
        last = match.end()
    return last


def _trim(text: str, end: int, limit: int, run: re.Pattern[str]) -> int:
    match = run.match(text, end, limit)
    last = match.end() if match else end
    while last > end and text[last - 1] in ".-_":
        last -= 1
    return last


def mark_finder(body: Body, school_words: re.Pattern[str]) -> Callable[[str], Iterator[Mark]]:
    """Build the search for one body's marks; `school_words` near a street make it an identifying one."""
    pattern = re.compile("|".join(f"(?P<{kind}>{part})" for kind, part in _parts(body)) or "(?!)")
    scores = {"domain": 0.97, "tag": 0.95, "phone": 0.85, "postcode": 0.75, "urn": 0.8}
    streets = [_StreetFinder(street, body, school_words) for street in body.street]

    def find(text: str) -> Iterator[Mark]:
        for match in pattern.finditer(text):
            kind = match.lastgroup or ""
            start = token_around(text, match.start(), match.end()).start if kind == "domain" else match.start()
            yield Mark(start, match.end(), scores[kind])
        for street in streets:
            yield from street.find(text)

    return find


def _parts(body: Body) -> Iterator[tuple[str, str]]:
    if domains := (*body.domains, *body.email_domains):
        yield "domain", rf"(?<![\w-])(?:{'|'.join(re.escape(d.lower()) for d in dict.fromkeys(domains))})(?![\w-]|\.\w)"
    if tags := (*body.hashtags, *body.handles):
        yield "tag", rf"(?<!\w)(?:{'|'.join(re.escape(fold(tag).text) for tag in tags)})(?!\w)"
    if body.phones:
        yield "phone", rf"(?<!\d)(?:{'|'.join(map(_phone, body.phones))})(?!\d)"
    if body.postcodes:
        yield "postcode", rf"(?<!\w)(?:{'|'.join(code.lower().replace(' ', '[ -]?') for code in body.postcodes)})(?!\w)"
    if body.urns:
        yield "urn", rf"(?<!\w)urn\W{{0,3}}(?:{'|'.join(map(str, body.urns))})(?!\d)"


def _phone(number: str) -> str:
    """Write a British number so that it matches with any spacing and with +44 or 0044 in place of its first 0."""
    digits = re.sub(r"\D", "", number).removeprefix("44").removeprefix("0")
    return r"(?:\+44|0044|\(?0)(?:\W?\(?0\)?)?[ ().-]{0,2}" + r"[ ().-]{0,2}".join(digits)


class _StreetFinder:
    """Finds one street: in an address of the body's town, or alone where the words around tell of the body."""

    def __init__(self, street: Street, body: Body, school_words: re.Pattern[str]) -> None:
        postcodes = "|".join(code.lower().replace(" ", " ?") for code in body.postcodes) or "(?!)"
        towns = alternatives(street.towns)
        address = rf"(?P<address>(?:[,\s]{{1,3}}(?:{towns}))?(?:[,\s]{{1,3}}(?:{postcodes})(?!\w))?)"
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives((street.name, *street.also))})(?!\w){address}(?!\w)")
        beside = re.compile(rf"(?<!\w)(?:{alternatives(street.beside)})(?!\w)")
        self._near = school_words if street.identifies else beside
        self._identifies = street.identifies
        self._postcode = re.compile(postcodes)

    def find(self, text: str) -> Iterator[Mark]:
        for match in self._pattern.finditer(text):
            if _NUMBER_BEFORE.search(text[max(match.start() - 6, 0) : match.start()]):
                continue
            address = match["address"]
            if address and (self._identifies or self._postcode.search(address)):
                yield Mark(match.start(), match.end(), 0.85)
            elif self._near.search(text[max(match.start() - _REACH, 0) : match.end() + _REACH]):
                yield Mark(match.start(), match.end(), 0.5)
