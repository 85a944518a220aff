"""Finds dates of birth: a date that is told to be the day somebody was, or turns a year older.

A date alone says nothing, and so does a birthday without a date; years before 1920 belong to history lessons.
"""

import re
from collections.abc import Iterator

from tasmat_check.models import Entity
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording

_LEAD_WORD = re.compile(r"\bd\W?o\W?b\b|birth|\bb-?day\b|\bborn\b|\bturn(?:s|ed|ing)?\b|ll be|\bb\.")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9:]| ?(?:am|pm)\b)"
_DATE = re.compile(
    r"(?<![\w£$/.])(?<![0-9]-)(?:"
    rf"(?P<iso>(?:19|20)[0-9]{{2}}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01]))"
    rf"|(?P<numeric>(?:0?[1-9]|[12][0-9]|3[01]) ?[-/.] ?(?:0?[1-9]|[12][0-9]|3[01]) ?[-/.] ?(?:(?:19"
    rf"|20)[0-9]{{2}}|[0-9]{{2}}))"
    rf"|(?P<spaced>(?:0[1-9]|[12][0-9]|3[01]) (?:0[1-9]|1[0-2]) (?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}))"
    rf"|(?P<day_first>{_DAY}[ -]?(?:of )?{_MONTH}(?P<year_after_month>[, -]{{0,2}}{_YEAR})?)"
    rf"|(?P<month_first>{_MONTH} (?:the )?{_DAY}(?![0-9:/])(?P<year_after_day>,? {_YEAR})?)"
    r")(?![\w/]|[-.][0-9])"
)
_YEAR_TOLD = re.compile(r"(?:19|20)[0-9]{2}")

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_FILLER = r"(?:(?:is|was|'s|on|in|the|=|:|-|–|falls|it|its|his|her|their|my|actually|,)\W{0,2}){0,5}"
_BIRTH_TELLING = "(?:in|at|to|by|near|prematurely|weighing|here|just|early|late|safely)"
_SURE_LEAD = re.compile(
    rf"(?:\bd\W?o\W?b\b\W{{0,3}}|\b(?:date of birth|birth ?date|birthdate)\b(?: (?:for"
    rf"|of) (?:\w+ ){{1,3}})?\W{{0,3}}){_FILLER}{_WEEKDAY}$"
)
_BORN_LEAD = re.compile(
    rf"\bborn\b\W{{0,3}}(?:{_BIRTH_TELLING}\b(?:\W{{1,2}}\w+){{0,6}}?\W{{1,2}})?{_FILLER}{_WEEKDAY}$"
)
_BIRTH_MARK = re.compile(r"\bb\. ?$")
_BIRTHDAY_LEAD = re.compile(rf"\bb(?:irth ?|-?)day(?:'s)?\W{{0,3}}{_FILLER}{_WEEKDAY}$")
_TURNS_LEAD = re.compile(
    rf"\b(?:turn(?:s|ed|ing)?|(?:will|'ll) be) (?:[1-9][0-9]?|one|two|three|four|five|six|seven|eight|nine|ten"
    rf"|eleven|twelve|thirteen"
    rf"|fourteen|fifteen|sixteen|seventeen|eighteen|twenty|thirty|forty|fifty|sixty),? (?:on )?(?:the )?{_WEEKDAY}$"
)
_TRAIL = re.compile(
    r"^\W{0,3}(?:(?:is|was|=|for)\W{1,2})?(?:(?:my|his|her|their|our|your|the|\w+'s)\W{1,2})?"
    r"(?:d\W?o\W?b\b|date of birth|birth ?date)|^,? (?:is|was) (?:(?:my|his|her|their|our|the)|\w+'s) birthday\b"
)
_NOT_A_PERSON = re.compile(r"\b(?:reborn|school|club|idea|company|charity|nhs|band|shakespeare|charles dickens)\b")
_REACH = 70


def recognize(wording: Wording) -> Iterator[Entity]:
    """Give the dates of birth in a wording; a date without its year scores 0.6."""
    text = wording.folded.text
    if not _LEAD_WORD.search(text):
        return
    for match in _DATE.finditer(text):
        if _historical(match.group()):
            continue
        score = _score(text, match)
        if score:
            yield entity_at(wording, "DATE_OF_BIRTH", wording.folded.original(*match.span()), score)


def _historical(date: str) -> bool:
    year = _YEAR_TOLD.search(date)
    return year is not None and int(year.group()) < 1920


def _score(text: str, match: re.Match[str]) -> float:
    before = _last_sentence(text[max(0, match.start() - _REACH) : match.start()])
    after = text[match.end() : match.end() + 40]
    full = bool(
        match["iso"] or match["numeric"] or match["spaced"] or match["year_after_month"] or match["year_after_day"]
    )
    if _SURE_LEAD.search(before) or _TRAIL.search(after):
        return 0.95 if full else 0.7
    if _BORN_LEAD.search(before) and not _NOT_A_PERSON.search(before):
        return 0.9 if full else 0.6
    if _BIRTHDAY_LEAD.search(before):
        return 0.9 if full else 0.6
    if full and _BIRTH_MARK.search(before):
        return 0.7
    return 0.7 if _TURNS_LEAD.search(before) else 0.0


def _last_sentence(before: str) -> str:
    """Cut what belongs to an earlier sentence; "d.o.b." ends none."""
    ends = [match.end() for match in re.finditer(r"(?<!\bd)(?<!\.o)(?<!\.b)(?<!\bb)[.!?]\s|\n\s*\n", before)]
    return before[ends[-1] :] if ends else before
