"""Recognizes IP addresses and networks, and leaves version, section and clock numbers alone."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording

_FOUR = re.compile(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
_SIX = re.compile(r"(?<![\w:.])[0-9A-Fa-f:][0-9A-Fa-f:.]*+(?![\w])")
_PREFIX = re.compile(r"/(\d{1,3})(?!\d)")
_NUMBERED = re.compile(
    r"\b(?:v|ver|version|firmware|build|release|update|section|sect|para|paragraph|clause|chapter|ios|driver|part)\W{0,2}$",
    re.IGNORECASE,
)
_POINTED_TO = re.compile(r"\b(?:ip|ipv[46]|server|router|ping|dns|subnet|gateway|address)\b", re.IGNORECASE)


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find addresses of either version, with the length of their network where one is given."""
    text = wording.text
    seen: list[Span] = []
    if "::" in text or text.count(":") > 5:
        for span in _sixes(text):
            seen.append(span)
            yield entity_at(wording, "IP_ADDRESS", span, 0.9)
    if text.count(".") < 3:
        return
    for match in _FOUR.finditer(text):
        span = _with_prefix(text, match.start(), match.end(), 32)
        score = _score(text, match)
        if score and not any(span.overlaps(other) for other in seen):
            yield entity_at(wording, "IP_ADDRESS", span, score)


def is_ip_address(text: str) -> bool:
    """Say whether a text is nothing but an address of either version."""
    try:
        IPv6Address(text) if ":" in text else IPv4Address(text)
    except AddressValueError:
        return False
    return True


def _sixes(text: str) -> Iterator[Span]:
    for match in _SIX.finditer(text):
        address = match.group().rstrip(".")
        if not 2 <= len(address) <= 45 or address.count(":") < 2:
            continue
        if not is_ip_address(address):
            continue
        # "::" and "a::b" are ornament and code more often than addresses.
        if not any(character.isdecimal() for character in address) and not _POINTED_TO.search(text):
            continue
        yield _with_prefix(text, match.start(), match.start() + len(address), 128)


def _with_prefix(text: str, start: int, end: int, longest: int) -> Span:
    prefix = _PREFIX.match(text, end)
    return Span(start, prefix.end() if prefix and int(prefix.group(1)) <= longest else end)


def _score(text: str, match: re.Match[str]) -> float:
    try:
        address = IPv4Address(match.group())
    except AddressValueError:
        return 0.0
    before = text[max(0, match.start() - 12) : match.start()]
    if _NUMBERED.search(before):
        return 0.0
    # Four small numbers are a section, a version or a date unless something says otherwise.
    if max(address.packed) > 31 or address.is_private or address.is_loopback:
        return 0.9
    return 0.7 if _POINTED_TO.search(text) else 0.0
