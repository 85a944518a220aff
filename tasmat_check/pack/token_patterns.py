"""Checks the token patterns of rules of kind `tokens` without loading spaCy.

The syntax is that of spaCy's Matcher (spacy.io/api/matcher). The pipeline only splits words, so attributes that need
a tagger or parser are mistakes: with them spaCy fails at match time or, with NOT_IN, matches every token.
"""

import re
from collections.abc import Iterator
from typing import Any

import regex

_TEXTS = frozenset({"TEXT", "ORTH", "NORM", "LOWER", "SHAPE", "ENT_TYPE"})
_NUMBERS = frozenset({"LENGTH"})
_SWITCHES = frozenset(
    {
        *("IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP"),
        *("IS_BRACKET", "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY"),
        *("LIKE_NUM", "LIKE_URL", "LIKE_EMAIL", "SPACY"),
    }
)
ATTRIBUTES = _TEXTS | _NUMBERS | _SWITCHES | {"OP"}
"""What a pattern may ask of a token."""

_LISTS = frozenset({"IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS"})
_FUZZY = frozenset({"REGEX", "FUZZY", "FUZZY1", "FUZZY2", "FUZZY3"})
_ORDERS = frozenset({"==", "!=", ">=", "<=", ">", "<"})
_OPERATOR = re.compile(r"[!?+*]|\{(\d+)?(,)?(\d+)?\}")


def mistakes(pattern: tuple[dict[str, Any], ...], labels: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with one pattern; `labels` are the entity labels it may mention."""
    if not pattern:
        yield "an empty token pattern"
    for token in pattern:
        for attribute, value in token.items():
            if attribute not in ATTRIBUTES:
                yield f"{attribute}: the pipeline has no such token attribute"
            elif attribute == "OP":
                yield from _operator_mistakes(value)
            else:
                yield from _value_mistakes(attribute, value)
                if attribute == "ENT_TYPE":
                    yield from _label_mistakes(value, labels)


def _operator_mistakes(value: object) -> Iterator[str]:
    found = _OPERATOR.fullmatch(value) if isinstance(value, str) else None
    if found is None or value in ("{}", "{,}"):
        yield f"OP: {value!r} is no operator"
    elif found[1] and found[3] and int(found[1]) > int(found[3]):
        yield f"OP: {value!r} asks for more than it allows"


def _label_mistakes(value: object, labels: frozenset[str]) -> Iterator[str]:
    listed = (
        [label for each in value.values() if isinstance(each, list) for label in each]
        if isinstance(value, dict)
        else [value]
    )
    for label in listed:
        if isinstance(label, str) and label and label not in labels:
            yield f"there is no entity label {label}"


def _value_mistakes(attribute: str, value: object) -> Iterator[str]:
    kind = bool if attribute in _SWITCHES else int if attribute in _NUMBERS else str
    if isinstance(value, dict) and kind is not bool:
        for comparison, operand in value.items():
            yield from (f"{attribute}: {wrong}" for wrong in _comparison_mistakes(kind, comparison, operand))
    elif not _is(value, kind):
        yield f"{attribute}: {value!r} is not {_NAMES[kind]}"


_NAMES = {bool: "true or false", int: "a number", str: "text"}


def _is(value: object, kind: type) -> bool:
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, kind)


def _comparison_mistakes(kind: type, comparison: str, operand: object) -> Iterator[str]:
    if comparison in _LISTS:
        if not (isinstance(operand, list) and all(_is(each, kind) for each in operand)):
            yield f"{comparison} needs a list, each of it {_NAMES[kind]}"
    elif comparison in (_FUZZY if kind is str else _ORDERS):
        if not _is(operand, kind):
            yield f"{comparison}: {operand!r} is not {_NAMES[kind]}"
        elif comparison == "REGEX" and (wrong := _re_mistake(str(operand))):
            yield wrong
    else:
        yield f"{comparison} is no comparison"


def _re_mistake(pattern: str) -> str:
    """Say what is wrong with a regular expression of spaCy's, which knows Python's own syntax alone."""
    try:
        re.compile(pattern)
    except re.error as error:
        return f"regular expression “{pattern}”: {error}"
    return ""


def regex_mistake(pattern: str) -> str:
    """Say what is wrong with a regular expression; empty when nothing is."""
    try:
        regex.compile(pattern)
    except regex.error as error:
        return f"regular expression “{pattern}”: {error}"
    return ""
