"""Recognizes telephone numbers as people write them, spell them out and hide them.

Numbers are read as chunks of digits (numerals, or words such as "double oh"), chunks that stand close together make
a run, and a run is searched for stretches that the numbering plans allow. Libphonenumber knows the plans; what it
does not know are the numbers that Ofcom keeps free for drama, the short lines, and local numbers without area code.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import phonenumbers

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.contacts.digits import Chunk, runs
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording

# Ofcom, "Telephone numbers for use in TV and radio drama programmes", after the country code.
_DRAMA = re.compile(
    r"\+440?(?:1(?:1[3-8]|[2-6]1)4960|1914980|2079460|2896496|2920180|1632960|7700900|8081570|9098790|3069990)\d{3}"
)
_GB_SHAPE = re.compile(r"\+440?(?:7\d{9}|[12358]\d{8,9}|9\d{9}|8001111|84546\d{2})")
_EXTENSION = re.compile(r"[ \t]{0,5}(?:x|ext(?:n|ension)?)[.:]?[ \t]{0,5}\d{1,7}")
_KISSES = re.compile(r"x+(?![a-z0-9_])")
_DATE = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1(?:19|20)?\d\d(?!\d)|(?:19|20)\d\d([-/. ])\d{1,2}\2\d{1,2}(?!\d)")
_YEARS = re.compile(r"(?:\W*(?:19|20)\d\d)+")
_ATLANTIC = re.compile(r"(?<![\w£$€.#-])(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-.]\d{4}(?![\w-])")

_OTHER_NUMBER = re.compile(
    r"(?:\b(?:isbn|order|ref|reference|invoice|tracking|account|acct?|policy|serial|barcode|ticket|booking|parcel|"
    r"case|upn|uln|urn|nhs|ssn|sku|asin|issn|doi|licen[cs]e|card|vat|utr|item|model)\b\W{0,3}"
    r"(?:(?:no|nos|number|num|id|code|is|was|my|your|of)\b\W{0,3}){0,3}|[£$€#]\s?)$"
)
_VERB = (
    r"(?:phon|call|ring|rang|text|dial|tel|mob|cell|whats ?app|fax|landline|sms|buzz|contact|reach|messag|"
    r"helpline|hotline)"
)
_OWNED = r"(?:my|our|his|her|their|your|the|phone|mobile|contact|new)\W(?:\w{1,8}\W)?(?:number|no|digits)"
_FILLER = (
    r"(?:me|us|him|her|them|it|on|is|no|num|number|at|or|my|the|his|our|your|new|its|it's|home|work|direct|free|"
    r"(?:the|my|our|his|her|your)\W\w{1,12}|this|now|here|office|school|up|back|to)"
)
_CUE = re.compile(rf"\b(?:{_VERB}[a-z]{{0,6}}|{_OWNED})\b(?:\W{{1,3}}{_FILLER}\b)*\W{{0,4}}$")
_SHORT_LINE = re.compile(
    r"(?<![\w£$€.,:+#/-])(?:999|111|101|112|105|119|159|1471|18000|18001|116[ -]?(?:123|000|117|111))"
    r"(?![\w%°]|[.,:/-]\d| ?(?:people|times|days|points|miles|pupils|children|runs|kids|pages|steps|quid|pounds))"
)
_SHORT_CUE = re.compile(r"\b(?:call|ring|rang|rung|phon|dial|text|contact|samaritans|helpline|childline|police)")
_TEXT_CODE = re.compile(
    r"\btext(?:ing)?\W{1,3}(?:\w{1,12}\W{1,3}to\W{1,2})?(?:on\W)?([1-9]\d{4,5})(?![\w%]|[ .,:/-]\d)"
)

_LONGEST = 15
_WINDOW = 48


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find telephone numbers: British ones in any dress, foreign ones that show it, short lines that are called.

    Scores: 0.95 for a number the plans know, 0.6–0.8 for one that only looks right or that a word points to.
    """
    text = wording.folded.text
    taken: set[int] = set()
    for start, end, score in chain(_in_runs(text), _without_plan(text)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield _entity(wording, start, end, score)


def _entity(wording: Wording, start: int, end: int, score: float) -> Entity:
    span = wording.folded.original(start, end)
    # A keycap's ring and selector come after its digit and are folded away: they belong to the number.
    while span.end < len(wording.text) and wording.text[span.end] in "\ufe0f\u20e3":
        span = Span(span.start, span.end + 1)
    return entity_at(wording, "PHONE_NUMBER", span, score)


def _in_runs(text: str) -> Iterator[tuple[int, int, float]]:
    for run in runs(text):
        yield from _numbers(text, run)


def _numbers(text: str, run: list[Chunk]) -> Iterator[tuple[int, int, float]]:
    index = 0
    while index < len(run):
        found = _planned(text, run, index) or _pointed_to(text, run, index)
        if found is None:
            index += 1
            continue
        count, score = found
        chunks = run[index : index + count]
        yield *_widened(text, chunks), score
        index += count


def _planned(text: str, run: list[Chunk], index: int) -> tuple[int, float] | None:
    """Read a number that starts with 0, 00, + or 44: how many chunks it takes, and its score."""
    first = run[index]
    plus = first.plus or text[max(0, first.start - 2) : first.start].rstrip("(").endswith("+")
    if not plus and (first.digits[0] not in "04" or _glued(text, first.start)):
        return None
    for count, digits in _lengths(run, index):
        number = f"+{digits}" if plus else _international(digits)
        score = _score(number) if number else 0.0
        if score and _plausible(text, run[index : index + count], score, plus=plus):
            return count, score
    return None


def _lengths(run: list[Chunk], index: int) -> list[tuple[int, str]]:
    """Give the stretches from a chunk on that have a number's length, longest first."""
    digits = ""
    lengths: list[tuple[int, str]] = []
    for count, chunk in enumerate(run[index : index + _LONGEST + 1], start=1):
        if len(digits) + len(chunk.digits) > _LONGEST + 2:
            break
        digits += chunk.digits
        if len(digits) >= 8:
            lengths.append((count, digits))
    return lengths[::-1]


def _international(digits: str) -> str:
    if digits.startswith("00"):
        return f"+{digits[2:]}" if digits[2:3] != "0" else ""
    if digits.startswith("0"):
        return f"+44{digits[1:]}" if len(digits) in (8, 10, 11) else ""
    return f"+{digits}" if digits.startswith("447") and len(digits) == 12 else ""


@lru_cache(maxsize=4096)
def _score(number: str) -> float:
    """Rate a number in international form by the numbering plans; 0 means that none allows it."""
    if number.startswith("+44") and not _GB_SHAPE.fullmatch(number):
        return 0.0
    if _DRAMA.fullmatch(number):
        return 0.95
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return 0.0
    if phonenumbers.is_valid_number(parsed):
        return 0.95
    if number.startswith("+447"):
        return 0.8
    return 0.6 if len(number) >= 10 and phonenumbers.is_possible_number(parsed) else 0.0


def _plausible(text: str, chunks: list[Chunk], score: float, *, plus: bool) -> bool:
    """Say whether digits that fit a plan are also set out as a number would be."""
    start, end = chunks[0].start, chunks[-1].end
    before = text[max(0, start - _WINDOW) : start]
    if _OTHER_NUMBER.search(before) or _DATE.match(text, start):
        return False
    if plus:
        return True
    follows = text[end : end + 1]
    if (follows.isalpha() or follows == "_") and not (_KISSES.match(text, end) or _EXTENSION.match(text, end)):
        return False
    if any(chunk.spelled for chunk in chunks):
        return True
    cued = bool(_CUE.search(before))
    return (cued or score >= 0.8) and _grouped(text, chunks, cued=cued)


def _grouped(text: str, chunks: list[Chunk], *, cued: bool) -> bool:
    sizes = [len(chunk.digits) for chunk in chunks]
    if max(sizes) == 1:
        return True
    if "," in text[chunks[0].start : chunks[-1].end]:
        return False
    if sizes[0] >= 3:
        return sizes.count(1) <= 1 or cued
    # Two digits first is how dates, draws and scores begin; mobiles are set "07 700 900 123" now and then.
    mobile = chunks[0].digits == "07" and len(sizes) <= 5 and max(sizes) >= 3
    tight = text[chunks[0].end : chunks[1].start]
    return sizes[0] == 2 and (cued or mobile) and tight in (" ", "  ", "-")


def _pointed_to(text: str, run: list[Chunk], index: int) -> tuple[int, float] | None:
    """Read a number that no plan explains, but that "ring me on" or "my number is" points to."""
    first = run[index]
    # Only a run's first chunk has words before it.
    if index or _glued(text, first.start):
        return None
    before = text[max(0, first.start - _WINDOW) : first.start].rstrip("(+")
    if not _CUE.search(before):
        return None
    chunks = run[index : index + 6]
    size = sum(len(chunk.digits) for chunk in chunks)
    written = text[first.start : chunks[-1].end]
    if not 6 <= size <= 13 or "," in written or "/" in written:
        return None
    if max(len(chunk.digits) for chunk in chunks) < 3 and first.digits[0] != "0":
        return None
    if _DATE.match(written) or _YEARS.fullmatch(written) or text[chunks[-1].end : chunks[-1].end + 1].isalpha():
        return None
    return len(chunks), 0.6


def _glued(text: str, start: int) -> bool:
    """Say whether the digits continue a word, a price or a decimal."""
    before = text[start - 1 : start] if start else ""
    if before in (".", ",", ":"):
        return start > 1 and text[start - 2].isdigit()
    return bool(before) and (before.isalnum() or before in "_£$€#@%")


def _widened(text: str, chunks: list[Chunk]) -> tuple[int, int]:
    """Take in what is written around the digits: tel:, +, an opening bracket, an extension."""
    start, end = chunks[0].start, chunks[-1].end
    if text[start - 1 : start] == "(" and ")" in text[start:end]:
        start -= 1
    if start and text[start - 1] == "+":
        start -= 1
    if start and text[start - 1] == "(" and ")" in text[start:end] and text[start] == "+":
        start -= 1
    if text[max(0, start - 4) : start] == "tel:":
        start -= 4
    extension = _EXTENSION.match(text, end)
    return start, extension.end() if extension else end


def _without_plan(text: str) -> Iterator[tuple[int, int, float]]:
    """Find short lines, text codes and American numbers, which are no British number in themselves."""
    for match in _SHORT_LINE.finditer(text):
        if _SHORT_CUE.search(text, max(0, match.start() - _WINDOW), match.start()):
            yield match.start(), match.end(), 0.6
    for match in _TEXT_CODE.finditer(text):
        yield match.start(1), match.end(1), 0.6
    for match in _ATLANTIC.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        if not (_OTHER_NUMBER.search(before) or _CUE.search(before)):
            yield match.start(), match.end(), 0.55
