"""Finds form codes ("8G1", "7B") and named classes ("Willow Class", "Class 4"), which tell who is meant without a name.

Codes look like many other things (5K runs, 3D, 12V, 6B pencils, 4C Queens Road), so a bare code is sure only when
its sentence speaks of school or holds a second code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.identifiers.class_words import (
    LOOK_ALIKES,
    LOWER_UNITS,
    NOT_NAMES,
    NOT_ROOMS,
    OTHER_MATTERS,
    SCHOOL_WORDS,
    STREETS,
    STREETS_CAPITALISED,
    TWO_LETTER_UNITS,
    UNITS,
    USUAL_CLASS_NAMES,
)
from tasmat_check.recognizers.surroundings import entity_at, sentence_around
from tasmat_check.wording import Word, Wording, keys


@dataclass(frozen=True)
class ClassScheme:
    """How an organisation names its classes.

    `codes` are regular expressions of form codes, read without regard to case; `words` stand beside a code, a number
    or a name ("class", "form"); `names` are the organisation's own class names.
    """

    codes: tuple[str, ...] = (r"(?:1[0-3]|[1-9])[A-Z][A-Z0-9]?",)
    words: tuple[str, ...] = ("class", "form", "tutor group", "reg group", "set", "room", "reg")
    names: tuple[str, ...] = ()


_CODE_EDGE = r"(?:(?<=\b[yY])|(?<![\w£$€@#.,:+*'’-]))"
_CODE_END = r"(?![\w%°]|[.:-][0-9]|-\w|/[0-9]+\b)"
_OUTWARD = re.compile(r" ?[0-9][a-z]{2}\b", re.IGNORECASE)
_LINK_BEFORE = re.compile(r"(?<![0-9][a-z])(?<![a-z][0-9])/$")
_OR_NOT = re.compile(r"\W{0,2}or not ")
_SUBJECT_OF = frozenset(keys("are were have had got was is did made broke think thinks just"))
_INWARD = re.compile(r"\b[a-z]{1,2}[0-9][a-z0-9]? $")
_OF_PUPILS = re.compile(
    r"\b(?:whole|half|all|most|some|none|rest|many|few|lot|lads?|girls?|boys?|kids?|child|children|pupils?"
    r"|parents?|mums?|dads?|"
    r"one|two|three|four|five|six|anyone|everyone|everybody|someone) (?:of|in|from) (?:my |our )?$"
    r"|\b(?:my|our|love u|love you|dear|hi|hello|morning|to|with|taught|teach|teaching|had|have|got"
    r"|cover(?:ing)?) (?:year )?$"
    r"|\b(?:years?|yrs?|y) ?$|\([^()]{0,5}$|, ?$"
)
_DIGIT = re.compile(r"[0-9]")
_NUMBERED = {
    "class": 0.8,
    "form": 0.5,
    "tutor group": 0.8,
    "reg group": 0.8,
    "set": 0.45,
    "room": 0.4,
    "reg": 0.5,
    "group": 0.35,
}
_NOT_CLASSES = frozenset(("year",))
_NOT_LETTER_CODES = re.compile(r"R[ESANT]|(?:KS|PS|MP|WW|GC|[AFQUY])[1-9]")


@dataclass(frozen=True)
class ClassCodeRecognizer:
    """Recognizes the classes of one organisation, and those that British schools usually have."""

    scheme: ClassScheme = field(default_factory=ClassScheme)

    def recognize(self, wording: Wording) -> Iterator[Entity]:
        """Give class codes and named classes; 0.85 and more where the sentence speaks of school."""
        class_told = self._class_words.search(wording.folded.text) is not None
        if class_told or _DIGIT.search(wording.text):
            yield from self._codes(wording)
        if class_told:
            yield from self._numbered(wording)
            yield from self._named(wording)

    @cached_property
    def _names(self) -> frozenset[str]:
        own = (name.lower() for name in self.scheme.names)
        return frozenset((*own, *USUAL_CLASS_NAMES))

    @cached_property
    def _words(self) -> str:
        longest_first = sorted(self.scheme.words, key=len, reverse=True)
        return "|".join(re.escape(word.lower()) for word in longest_first) or "(?!)"

    @cached_property
    def _class_words(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self._words})\b")

    @cached_property
    def _code(self) -> re.Pattern[str]:
        return re.compile(_CODE_EDGE + "(?:" + "|".join(self.scheme.codes) + ")" + _CODE_END, re.IGNORECASE)

    @cached_property
    def _beside(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile(rf"\b(?:{self._words}) (?:is )?$"), re.compile(rf"^ ?(?:{self._words})\b(?! (?:in|for) )")

    @cached_property
    def _numbered_class(self) -> re.Pattern[str]:
        return re.compile(
            rf"\b({self._words}) (?:[1-9][0-9]?|(?<=class )[b-hj-z])"
            rf"(?![\w%:/'-]|[.,][0-9]| (?:to|and|or|-) [0-9]| ?(?:drug|substance|amp|licen|am\b|pm\b|of\b))"
        )

    @cached_property
    def _named_class(self) -> re.Pattern[str]:
        return re.compile(
            r"(?<![\w-])(?<!\w['’])([A-Za-z][a-z]{1,14})(s|[’']s)? ([Cc]lass)(?!\w|-)"
            r"|(?<![\w-])([Cc]lass) ([A-Za-z][a-z]{2,14})\b"
        )

    def _codes(self, wording: Wording) -> Iterator[Entity]:
        matches = list(self._code.finditer(wording.text))
        distinct = {match.group().lower() for match in matches if _could_pair(match.group())}
        for match in matches:
            score = self._code_score(wording, match, paired=len(distinct) > 1)
            if score >= 0.3:
                yield entity_at(wording, "CLASS_CODE", Span(*match.span()), score)

    def _code_score(self, wording: Wording, match: re.Match[str], *, paired: bool) -> float:
        text = wording.text
        before = text[max(0, match.start() - 30) : match.start()].lower()
        code = match.group()
        if _part_of_something(text, match, before) or _unlikely_letters(code):
            return 0.0
        next_to, following = self._beside
        if next_to.search(before) or following.search(text[match.end() : match.end() + 16].lower()):
            return _score_beside(code)
        if not code[0].isdigit():
            return 0.0
        left, right = sentence_around(wording, Span(*match.span()))
        if _is_address(text, match, left, right) or _near_other_matters(left, right):
            return 0.0
        school = _speaks_of_school(left, right)
        told = _OF_PUPILS.search(before) is not None or any(word.key in _SUBJECT_OF for word in right[:1])
        return _bare_score(code, school=school, told=told, paired=paired, opens=not left and bool(right))

    def _numbered(self, wording: Wording) -> Iterator[Entity]:
        for match in self._numbered_class.finditer(wording.folded.text):
            span = wording.folded.original(*match.span())
            left, right = sentence_around(wording, span)
            if match.group(1) in _NOT_CLASSES or any(word.stem in NOT_ROOMS for word in (*left[-4:], *right[:6])):
                continue
            score = _NUMBERED.get(match.group(1), 0.5) if match.group()[-1].isdigit() else 0.4
            yield entity_at(wording, "CLASS_CODE", span, min(0.9, score + 0.2 * _speaks_of_school(left, right)))

    @cached_property
    def _own_class(self) -> re.Pattern[str] | None:
        if not self.scheme.names:
            return None
        names = "|".join(re.escape(name) for name in sorted(self.scheme.names, key=len, reverse=True))
        return re.compile(
            rf"(?<![\w-])(?:(?:{names})s? (?:{self._words})|(?:{self._words}) (?:{names}))(?!\w)", re.IGNORECASE
        )

    def _named(self, wording: Wording) -> Iterator[Entity]:
        ends = set()
        if self._own_class:
            for match in self._own_class.finditer(wording.text):
                ends.add(match.end())
                yield entity_at(wording, "CLASS_CODE", Span(*match.span()), 0.95)
        for match in self._named_class.finditer(wording.text):
            score = self._name_score(match)
            if score and match.end() not in ends:
                yield entity_at(wording, "CLASS_CODE", Span(*match.span()), score)

    def _name_score(self, match: re.Match[str]) -> float:
        name, word = match.group(1) or match.group(5), match.group(3) or match.group(4)
        plain = name.lower()
        owned = (match.group(2) or "").endswith(("'s", "’s"))
        if plain in self._names or plain.removesuffix("s") in self._names:
            # "Maple's class" is more often somebody's than a class of that name.
            return 0.45 if owned else 0.9 if name[0].isupper() else 0.7
        if match.group(5) or owned or plain in NOT_NAMES:
            return 0.0
        return 0.5 if name.istitle() and word[0].isupper() else 0.0


def _bare_score(code: str, *, school: bool, told: bool, paired: bool, opens: bool) -> float:
    letters = code.lstrip("0123456789").lower()
    if _looks_otherwise(code):
        return 0.7 * (told and school and code.isupper())
    if not code.isupper():
        return _lower_score(letters, school=school, told=told, paired=paired)
    if len(letters) > 1 and letters.isalpha():
        return 0.7 * (school or told)
    if school or paired:
        return 0.85
    if told:
        return 0.7
    return 0.0 if letters in UNITS and not opens else 0.5


def _score_beside(code: str) -> float:
    """Score a code that stands beside a class word; one without a leading digit needs its capitals."""
    if code.isupper():
        return 0.0 if _NOT_LETTER_CODES.fullmatch(code) else 0.95
    return 0.8 * code[0].isdigit()


def _lower_score(letters: str, *, school: bool, told: bool, paired: bool) -> float:
    if letters.isalpha() and len(letters) > 1:
        return 0.0
    if letters in LOWER_UNITS:
        return 0.5 * (told and school)
    return 0.6 * (school or paired) or 0.4 * told


def _looks_otherwise(code: str) -> bool:
    return LOOK_ALIKES.fullmatch(code.lower()) is not None


def _could_pair(code: str) -> bool:
    return code[0].isdigit() and not _looks_otherwise(code) and not _unlikely_letters(code)


def _unlikely_letters(code: str) -> bool:
    letters = code.lstrip("0123456789").lower()
    return letters in TWO_LETTER_UNITS or (letters in {"s", "x", "p"} and not code.isupper()) or code in {"1st", "2nd"}


def _part_of_something(text: str, match: re.Match[str], before: str) -> bool:
    """Say whether a code belongs to a postcode, a web address or a saying."""
    if _INWARD.search(before[-6:]) or _LINK_BEFORE.search(before) or _OUTWARD.match(text, match.end()):
        return True
    return _OR_NOT.match(text, match.end()) is not None or before.endswith(" or not ")


def _is_address(text: str, match: re.Match[str], left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
    if any(word.stem in {"flat", "apartment", "unit"} for word in left[-3:]):
        return True
    if text[match.end() : match.end() + 1] not in (" ", ","):
        return False
    return any(
        word.key in STREETS or (word.key in STREETS_CAPITALISED and text[word.start].isupper()) for word in right[1:4]
    )


def _speaks_of_school(left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
    return any(word.stem in SCHOOL_WORDS for word in (*left, *right))


def _near_other_matters(left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
    return any(word.stem in OTHER_MATTERS for word in (*left[-4:], *right[:4]))
