"""Reads patterns of the phrase language."""

import re
from collections.abc import Iterator
from functools import cache

from tasmat_check.phrases.elements import (
    Choice,
    Edge,
    Element,
    EntityClass,
    Gap,
    LexiconClass,
    Literal,
    Number,
    Phrase,
    Prefix,
)
from tasmat_check.wording import keys

_DEFAULT_GAP = 3
_LONGEST_GAP = 12
_DEEPEST = 8

# Runs of words and choices between such runs are one symbol each: patterns are mostly made of them.
_SYMBOL = re.compile(
    r"""\s*(?:
      (?P<words>[\w'-]+(?:\s+[\w'-]+)*)(?P<prefix>\*(?!\*))?(?![*$!@])
    | \((?P<options>[\w'-][\w'\s-]*(?:\|\s*[\w'-][\w'\s-]*)*)\)
    | \{(?P<lexicon>[a-z0-9-]+)\}
    | <(?P<label>[A-Z_]+)(?::(?P<role>[a-z]+))?>
    | ~(?P<gap>\d*)
    | (?P<mark>[()|?#^$])
    | (?P<text>[^\s(){}<>|?~#^$]+)
    )""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"[\w'\s-]*\w[\w'\s-]*")

_Symbols = Iterator[re.Match[str]]


def plain_keys(pattern: str) -> tuple[str, ...]:
    """Give the keys of a pattern made of words alone; empty for any other."""
    return _keys(pattern) if _PLAIN.fullmatch(pattern) else ()


def _keys(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(text.lower().replace("'", "").replace("-", " ").split())
    return keys(text)


@cache
def parse(pattern: str) -> Phrase:
    """Read a pattern, once; raises ValueError that says what is wrong with it."""
    if plain := plain_keys(pattern):
        return Phrase(tuple(map(Literal, plain)))
    try:
        phrase, mark = _sequence(_symbols(pattern.strip()), 0)
    except ValueError as error:
        raise ValueError(f"“{pattern}”: {error}") from error
    if mark:
        raise ValueError(f"“{pattern}” has a “{mark}” too many")
    if phrase.beginning().empty or all(isinstance(element, Gap | Edge) for element in phrase.elements):
        raise ValueError(f"“{pattern}” must begin with a word, class or entity that is not optional")
    return phrase


def _symbols(pattern: str) -> _Symbols:
    position = 0
    while position < len(pattern):
        symbol = _SYMBOL.match(pattern, position)
        if symbol is None:
            raise ValueError(f"cannot be read from “{pattern[position:]}” on")
        yield symbol
        position = symbol.end()


def _sequence(symbols: _Symbols, depth: int) -> tuple[Phrase, str]:
    """Read up to the end or to a mark that ends a sequence; gives that mark too."""
    elements: list[Element] = []
    for symbol in symbols:
        mark = symbol["mark"]
        if mark in ("|", ")"):
            return Phrase(tuple(elements)), mark
        if mark == "(":
            elements.append(_choice(symbols, depth + 1))
        elif mark == "?":
            elements[-1:] = [_optional(elements)]
        else:
            elements.extend(_elements(symbol))
    return Phrase(tuple(elements)), ""


def _optional(elements: list[Element]) -> Choice:
    if not elements:
        raise ValueError("“?” has nothing before it that it could make optional")
    last = elements[-1]
    if isinstance(last, Choice) and last.optional:
        raise ValueError("“?” stands twice in a row")
    return Choice((), (Phrase((last,)),), optional=True)


def _choice(symbols: _Symbols, depth: int) -> Choice:
    if depth > _DEEPEST:
        raise ValueError(f"choices stand more than {_DEEPEST} deep in one another")
    plain: list[tuple[str, ...]] = []
    phrases: list[Phrase] = []
    mark = "|"
    while mark == "|":
        option, mark = _sequence(symbols, depth)
        if not option.elements:
            raise ValueError("a choice has an empty option; write (…)? for an optional one")
        literals = tuple(element.key for element in option.elements if isinstance(element, Literal))
        if len(literals) == len(option.elements):
            plain.append(literals)
        else:
            phrases.append(option)
    if not mark:
        raise ValueError("a “(” is never closed")
    return Choice(plain, tuple(phrases))


def _elements(symbol: re.Match[str]) -> Iterator[Element]:
    if symbol["words"]:
        yield from _words(_keys(symbol["words"]), is_prefix=bool(symbol["prefix"]))
    elif symbol["options"]:
        yield _plain_choice(symbol["options"])
    elif symbol["lexicon"]:
        yield LexiconClass(symbol["lexicon"])
    elif symbol["label"]:
        yield EntityClass(symbol["label"], symbol["role"] or "")
    elif symbol["gap"] is not None:
        yield _gap(symbol["gap"])
    elif symbol["mark"] == "#":
        yield Number()
    elif symbol["mark"]:
        yield Edge(start=symbol["mark"] == "^")
    else:
        text = symbol["text"]
        yield from _words(keys(text), is_prefix=text.endswith("*") and not text.endswith("**"))


def _plain_choice(options: str) -> Choice:
    plain = [_keys(option) for option in options.split("|")]
    if not all(plain):
        raise ValueError("a choice has an empty option; write (…)? for an optional one")
    return Choice(plain, ())


def _gap(limit: str) -> Gap:
    words = int(limit or _DEFAULT_GAP)
    if not 1 <= words <= _LONGEST_GAP:
        raise ValueError(f"a gap is 1 to {_LONGEST_GAP} words, not {words}")
    return Gap(words)


def _words(found: tuple[str, ...], *, is_prefix: bool) -> Iterator[Element]:
    if not found:
        return
    *first, last = found
    yield from map(Literal, first)
    yield Prefix(last) if is_prefix else Literal(last)
