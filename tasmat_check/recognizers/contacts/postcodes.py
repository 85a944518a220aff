"""Recognizes British postcodes, and keeps motorways, key stages, clothes sizes and ordinals out of them."""

import re
from collections.abc import Iterator

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording, keys

# The 124 postcode areas with the three of the Crown dependencies (Royal Mail, PAF programmers' guide).
_AREAS = frozenset(
    keys(
        "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk "
        "fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng "
        "nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr "
        "ts tw ub w wa wc wd wf wn wr ws wv yo ze"
    )
)
_POSTCODE = re.compile(
    r"(?<![a-z0-9_£$€'-])(gir|([a-z]{1,2})(?:[1-9]\d?|0|[1-9][a-hjkp-y]))([ \t\u00a0]{0,2})"
    r"(\d[abd-hjlnp-uw-z]{2})(?![a-z0-9_]|-\w)"
)
_UNITS = frozenset(
    keys(
        "hr ft lb gb tb pt pp pg px yr th an as at be by he pa we us up ed en er ex qt ls ds ps ts ss sp ph bn st nd rd"
    )
)
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")
_POINTED_TO = re.compile(r"(?:,\s*|post ?code(?:\W+is)?\W+|address\W[^.]{0,40})$")


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find postcodes, upper or lower case, with or without the space; capitals and a space score highest."""
    text = wording.folded.text
    for match in _POSTCODE.finditer(text):
        span = wording.folded.original(match.start(), match.end())
        written = wording.text[span.start : span.end]
        score = _score(text, match, written)
        if score:
            yield entity_at(wording, "UK_POSTCODE", span, score)


def following(wording: Wording, start: int, limit: int) -> Span | None:
    """Find the first postcode that begins in `start`–`limit` of the original text."""
    for entity in recognize(Wording(wording.text[start : limit + 8])):
        if entity.span.start <= limit - start:
            return Span(start + entity.span.start, start + entity.span.end)
    return None


def _score(text: str, match: re.Match[str], written: str) -> float:
    outward, area, gap, inward = match.groups()
    if outward != "gir" and area not in _AREAS:
        return 0.0
    capitals = written.upper() == written
    pointed_to = _POINTED_TO.search(text, max(0, match.start() - 60), match.start()) is not None
    if pointed_to and (capitals or not gap):
        return 0.95
    if gap and not _clear_of_units(area or "", inward, capitals=capitals):
        return 0.0
    if not capitals and not written.islower() and not written[:1].isupper():
        return 0.0
    if capitals:
        return 0.9 if gap else 0.8
    return 0.7 if gap and len(area or "") == 2 else 0.6


def _clear_of_units(area: str, inward: str, *, capitals: bool) -> bool:
    """Say whether the second half is no ordinal or measure, as in "M1 3rd", "M25 2hr" and "S9 8GB"."""
    if _ORDINAL.fullmatch(inward):
        return False
    if inward[1:] not in _UNITS:
        return True
    return capitals and len(area) == 2 and inward[1:] not in ("gb", "tb")
