"""Checks the token patterns of rules of kind `tokens` without loading spaCy.

The syntax is that of spaCy's Matcher (spacy.io/api/matcher). The pipeline only splits words, so attributes that need
a tagger or parser are mistakes: with them spaCy fails at match time or, with NOT_IN, matches every token.
"""

from collections.abc import Iterator
from typing import Any

import regex

ATTRIBUTES = frozenset(
    {
        *("TEXT", "ORTH", "NORM", "LOWER", "LENGTH", "PREFIX", "SUFFIX", "SHAPE", "ENT_TYPE", "ENT_IOB", "OP", "SPACY"),
        *("IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP"),
        *("IS_BRACKET", "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY"),
        *("LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"),
    }
)
"""What a pattern may ask of a token."""

_COMPARISONS = frozenset(
    {
        *("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS", "REGEX"),
        *("FUZZY", "FUZZY1", "FUZZY2", "FUZZY3", "==", "!=", ">=", "<=", ">", "<"),
    }
)
_OPERATOR = regex.compile(r"[!?+*]|\{\d+\}|\{\d+,\d*\}|\{,\d+\}|1")


def mistakes(pattern: tuple[dict[str, Any], ...], labels: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with one pattern; `labels` are the entity labels it may mention."""
    if not pattern:
        yield "an empty token pattern"
    for token in pattern:
        for attribute, value in token.items():
            if attribute not in ATTRIBUTES:
                yield f"{attribute}: the pipeline has no such token attribute"
            elif attribute == "OP":
                if not (isinstance(value, str) and _OPERATOR.fullmatch(value)):
                    yield f"OP: {value!r} is no operator"
            elif attribute == "ENT_TYPE" and isinstance(value, str) and value and value not in labels:
                yield f"there is no entity label {value}"
            else:
                yield from _value_mistakes(attribute, value)


def _value_mistakes(attribute: str, value: object) -> Iterator[str]:
    if isinstance(value, str | bool | int):
        return
    if not isinstance(value, dict):
        yield f"{attribute}: {value!r} is neither a value nor a comparison"
        return
    for comparison, operand in value.items():
        if comparison not in _COMPARISONS:
            yield f"{attribute}: {comparison} is no comparison"
        elif comparison == "REGEX" and (wrong := regex_mistake(str(operand))):
            yield f"{attribute}: {wrong}"


def regex_mistake(pattern: str) -> str:
    """Say what is wrong with a regular expression; empty when nothing is."""
    try:
        regex.compile(pattern)
    except regex.error as error:
        return f"regular expression “{pattern}”: {error}"
    return ""
