"""Recognizes where somebody lives or a thing stands: number and street, with the town and postcode that follow."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.contacts import postcodes
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Word, Wording, keys

# Words that end a street's name. The clear ones are seldom anything else after a number and a name.
_CLEAR = frozenset(
    keys("road rd street st lane ln avenue ave av crescent cres cresent terrace gardens gdns grove mews boulevard blvd")
)
_UNCLEAR = frozenset(
    keys(
        "close drive dr way rise hill court ct place pl square sq walk view park row green parade quay wharf croft "
        "path heights meadow meadows chase ridge vale mount end broadway parkway garth gate drove villas cottages "
        "buildings orchard spinney copse dene bank steps twitten passage yard alley fields "
        "circus approach esplanade promenade hollow wynd brae loan"
    )
)
_TYPES = _CLEAR | _UNCLEAR
_ALONE = frozenset(("broadway", "parade", "esplanade", "promenade"))
_NO_NAMES = frozenset(
    keys(
        "a an in on at to for from with by of and or but my your his her our their its this that these those it is "
        "was are were be been am do did does go goes going went got get gets have has had he she we they you i me him "
        "us them minute minutes min mins hour hours hr hrs day days week weeks month months year years yr yrs old "
        "mile miles mph metre metres meter meters km yard yards foot feet inch inches bed bedroom bedrooms bath door "
        "people kids children boys girls men women lads pupils students teachers staff cars buses lorries dogs cats "
        "houses shops pubs times lane way ways million thousand hundred billion percent per pm st nd rd th star stars "
        "down up across along over into off out past through round under near behind all just only not no so too very "
        "really more less than then when where who what which if as about after before until during every each some "
        "any both other another next last first second third main busy quiet one two three four five six seven eight "
        "nine ten dead point points step steps friends close long short big new wide narrow steep pound pounds quid "
        "grand car bus train hole storey laps lap will can could would should may might must came come comes saw see "
        "seen took take taken made make left right"
    )
)
_ALSO_NAMES = frozenset(keys("main new first second third long short lane way the may church under"))
_LINKS = frozenset(keys("of the on le la de upon under in and st"))
_NOT_HOUSES = frozenset(
    keys(
        "year years yr y class form group day week chapter page part level stage ks key top room unit season episode "
        "series match game round step phase question q table figure grade score lesson period gate platform bus route "
        "junction exit age aged hymn psalm verse size act scene volume vol issue over under about around nearly "
        "almost another only our these those his her my last first next past"
    )
)
_PROGRAMMES = frozenset(("coronation street", "sesame street", "albert square", "wall street", "fleet street"))
_CUES = frozenset(
    keys(
        "live lives living lived at address number no house flat home moved moving move round near nr stay staying "
        "stays addressed deliver delivered parked outside to from"
    )
)
_LIVING = frozenset(keys("live lives living lived moved moving grew"))
_OWNERS = frozenset(keys("my our his her their your"))
_HOMES = frozenset(keys("house home flat place bungalow cottage address"))
# "5 Mill Lane pupils": the number counts these and is no house's.
_COUNTED = frozenset(
    keys(
        "pupils students kids children mums dads parents teachers staff shops pubs houses episodes homes residents cars"
    )
)
_PLACED = frozenset(keys("on in at down up off round near into to"))
_DWELLINGS = frozenset(keys("flat apartment apt unit suite room block"))
_NAMED_HOUSE = re.compile(
    r"\b(?:The )?(?:(?:[A-Z][\w'’]+ ){1,2}(?:Cottage|House|Farm|Farmhouse|Lodge|Barn|Bungalow|Villa|Oast|Forge|Rectory|"
    r"Vicarage|Mill|Stables|Granary|Dairy)|Old [A-Z][\w'’]+),\s{1,2}"
    r"(?:[A-Z][\w'’]+ ){1,3}(?:Road|Rd|Street|Lane|Ln|Avenue|Close|Drive|Hill|Way|Green|Rise|Terrace|Gardens)\b"
)
_NUMBER = re.compile(r"\d{1,5}[a-z]?")
_SPELLED = frozenset(
    keys(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty"
    )
)
_TOWN = re.compile(
    r"(?:,[ \t]*(?:\n[ \t]*)?|[ \t]*\n[ \t]*)((?:[A-Z][\w'’.-]*)(?:[ -](?:on|upon|in|le|by|the|[A-Z][\w'’.-]*)){0,3})"
)
_AFTER_TOWN = re.compile(r"[ \t]*(?:[,.;!?)\n]|$|[^\w\s])")
_STOPS = re.compile(
    r"\s*(?:$|[,.;!?)\n]|[^\w\s]|(?:in|if|and|x+|if|for|is|at|near|by|come|pop|any|from|st|tn\d)\b)", re.IGNORECASE
)
_LONGEST_NAME = 4


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find street addresses; a number with a written-out street scores highest, a street somebody lives in least."""
    words = wording.words
    last = 0
    for index, word in enumerate(words):
        if word.key not in _TYPES or index == 0 or _goes_on(wording, index):
            continue
        found = _house(wording, index) or _home_street(wording, index)
        if found is None:
            continue
        start, score = found
        if start < last:
            continue
        last = _extended(wording, word.end)
        yield entity_at(wording, "STREET_ADDRESS", Span(start, last), score)
    for match in _NAMED_HOUSE.finditer(wording.text):
        end = _extended(wording, match.end())
        yield entity_at(wording, "STREET_ADDRESS", Span(match.start(), end), 0.6)


def _goes_on(wording: Wording, index: int) -> bool:
    """Say whether the name has not ended yet, as at the Vale of "41 Ash Vale Gardens"."""
    words = wording.words
    if index + 1 >= len(words) or words[index + 1].key not in _TYPES:
        return False
    together = wording.text[words[index].end : words[index + 1].start] == " "
    return together and _is_capital(wording, words[index]) == _is_capital(wording, words[index + 1])


def _house(wording: Wording, index: int) -> tuple[int, float] | None:
    """Find the house number before a street's type word: where the address starts and how sure it is."""
    number = _number_before(wording, index)
    if number is None:
        return None
    words = wording.words
    name = words[number + 1 : index + 1]
    if not _follows_on(wording, number, index) or not _is_house_number(wording, number, index):
        return None
    start = _flat_start(wording, number)
    cued = start < words[number].start or _cued(words, number)
    capitals = all(_is_capital(wording, word) for word in name if word.key not in _LINKS)
    if capitals:
        return start, 0.85 if cued or words[index].key in _CLEAR else 0.75
    score = _lower_case_score(wording, index, len(name), cued=cued)
    return (start, score) if score else None


def _number_before(wording: Wording, index: int) -> int | None:
    words = wording.words
    for position in range(index - 1, max(-1, index - 2 - _LONGEST_NAME), -1):
        key = words[position].key
        if _NUMBER.fullmatch(key) or (key in _SPELLED and position and words[position - 1].key in ("number", "no")):
            # At least one word of a name, but "27 The Broadway" and "4 The Green" are streets too.
            return position if position < index - 1 or words[index].key in _ALONE else None
        if key in _NO_NAMES and not _may_name(wording, words[position], words[index]):
            return None
        if words[position].sentence != words[index].sentence and key != "st":
            return None
    return None


def _may_name(wording: Wording, word: Word, street_type: Word) -> bool:
    """Say whether a common word is part of a name, as in "9 Main Road" and "4 Top of the Hill"."""
    if word.key in _LINKS:
        return word.key == "st" or _is_capital(wording, street_type)
    return word.key in _ALSO_NAMES and _is_capital(wording, word)


def _follows_on(wording: Wording, number: int, index: int) -> bool:
    """Say whether only blanks, a hyphen or a comma after the number lie between number and type."""
    words = wording.words
    for left in range(number, index):
        gap = wording.text[words[left].end : words[left + 1].start]
        allowed = (" ", ", ", ",", "  ", "\u00a0") if left == number else (" ", "-", "  ", ". ", "\u00a0", "'")
        if gap not in allowed:
            return False
    return True


def _is_house_number(wording: Wording, number: int, index: int) -> bool:
    if _counts(wording, number, index):
        return False
    words = wording.words
    start = words[number].start
    before = wording.text[max(0, start - 2) : start]
    if before and (before[-1] in "£$€#@%:+" or (before[-1] in ".,/" and before[:1].isdigit())):
        # "12/14 Mill Lane" is one plot; "3.5 Mill Lane" is none.
        return before[-1] == "/"
    return number == 0 or words[number - 1].key not in _NOT_HOUSES or before.endswith(("\n", ", "))


def _counts(wording: Wording, number: int, index: int) -> bool:
    """Say whether a number tells how many, how far or which year: "5 Mill Lane pupils", "the 1066 Country Walk"."""
    words = wording.words
    if " ".join(word.key for word in words[number + 1 : index + 1]) in _PROGRAMMES:
        return True
    if len(words[number].key) > 3 and words[number].key.isdecimal() and words[index].key not in _CLEAR:
        return True
    return index + 1 < len(words) and words[index + 1].key in _COUNTED and wording.text[words[index].end] == " "


def _flat_start(wording: Wording, number: int) -> int:
    words = wording.words
    start = words[number].start
    if (
        number >= 1
        and wording.text[words[number - 1].end : start] in ("-", "–", "/")
        and words[number - 1].key.isdecimal()
    ):
        number -= 1
        start = words[number].start
    if number >= 1 and words[number - 1].key in _DWELLINGS and wording.text[words[number - 1].end : start] == " ":
        return words[number - 1].start
    if number >= 2 and words[number - 2].key in _DWELLINGS and len(words[number - 1].key) <= 4:
        return words[number - 2].start
    return start


def _cued(words: tuple[Word, ...], number: int) -> bool:
    return any(word.key in _CUES for word in words[max(0, number - 3) : number])


def _is_capital(wording: Wording, word: Word) -> bool:
    return wording.text[word.start].isupper() or wording.text[word.start].isdigit()


def _lower_case_score(wording: Wording, index: int, size: int, *, cued: bool) -> float:
    """Rate a street in lower case, whose words could be any words: it takes a cue or a full stop."""
    words = wording.words
    end = words[index].end
    if size > _LONGEST_NAME or any(
        word.key in (_NO_NAMES | _LINKS) - {"st"} for word in words[index - size + 1 : index]
    ):
        return 0.0
    stops = _STOPS.match(wording.text, end) is not None
    if words[index].key in _CLEAR:
        return 0.7 if stops and (cued or size > 1) else 0.6 if cued else 0.0
    return 0.6 if cued and stops else 0.0


def _home_street(wording: Wording, index: int) -> tuple[int, float] | None:
    """Find "lives on Quarry Hill": a street without a number that somebody is said to live in."""
    words = wording.words
    if not _is_capital(wording, words[index]) and words[index].key not in _CLEAR:
        return None
    for position in range(index - 1, max(0, index - 2 - _LONGEST_NAME), -1):
        if words[position].key in _PLACED:
            named = index - position > 1 and words[position + 1].key not in ("the", "a", "my", "our", "this", "that")
            capital = named and _is_capital(wording, words[position + 1])
            return (words[position + 1].start, 0.6) if capital and _somebody_lives(words, position) else None
        if words[position].key in _NO_NAMES - _LINKS:
            return None
    return None


def _somebody_lives(words: tuple[Word, ...], position: int) -> bool:
    """Say whether "lives", or "our house is", comes right before a preposition of place."""
    before = [word.key for word in words[max(0, position - 3) : position]]
    return any(key in _LIVING for key in before[-2:]) or any(
        owner in _OWNERS and home in _HOMES for owner, home in pairwise(before)
    )


def _extended(wording: Wording, end: int) -> int:
    """Take in towns and a postcode that follow."""
    text = wording.text
    for _ in range(3):
        town = _TOWN.match(text, end)
        if town is None:
            break
        code = postcodes.following(wording, town.end(), town.end() + 3)
        if code is None and not _AFTER_TOWN.match(text, town.end()):
            break
        end = town.end()
    code = postcodes.following(wording, end, end + 3) or _postcode_after_town(wording, end)
    return code.end if code else end


def _postcode_after_town(wording: Wording, end: int) -> Span | None:
    """Find a postcode a town's name away, as lower-case writers set it: "27 larkspur rise st leonards tn38 0aa"."""
    line = wording.text.find("\n", end)
    limit = min(end + 30, line if line >= 0 else len(wording.text))
    code = postcodes.following(wording, end, limit)
    between = wording.text[end : code.start] if code else ""
    return code if code and len(between.split()) <= 3 and not any(mark in between for mark in ".!?") else None
