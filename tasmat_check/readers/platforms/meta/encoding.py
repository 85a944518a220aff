"""Undoes Meta's encoding: every byte of a letter that is not ASCII stands in its JSON as a letter of its own."""

import re
from typing import Any

_RUN = re.compile("[\x80-\xff]{2,}")
_SIGN = re.compile("[\x80-\x9fÂÃ]")
"""What right texts do not hold next to other letters that are not ASCII."""


def repaired(value: Any) -> Any:
    """Repair every text in a JSON value, the keys of its objects too; raises RecursionError for endless nesting."""
    if isinstance(value, str):
        return repair(value)
    if isinstance(value, list):
        return [repaired(item) for item in value]
    if isinstance(value, dict):
        return {repair(key): repaired(item) for key, item in value.items()}
    return value


def repair(text: str) -> str:
    r"""Turn "donâ\x80\x99t" into "don’t"; a text that is right already stays as it is.

    Some exports are encoded twice or more, so it goes on for as long as that gives a valid text.
    """
    while not text.isascii() and (better := _once(text)) != text:
        text = better
    return text


def _once(text: str) -> str:
    return _decoded(text) or _RUN.sub(_repair_run, text)


def _repair_run(run: re.Match[str]) -> str:
    """Repair what stands between letters that are right: if it is no accident of two signs, such as "Ü»"."""
    return (_SIGN.search(run[0]) and _decoded(run[0])) or run[0]


def _decoded(text: str) -> str:
    """Decode a text as a whole, empty where it does not go; a letter that was cut off at its end stays as it is."""
    try:
        data = text.encode("latin-1")
        return data.decode("utf-8")
    except UnicodeEncodeError:
        return ""
    except UnicodeDecodeError as problem:
        if problem.reason != "unexpected end of data":
            return ""
        return data[: problem.start].decode("utf-8") + text[problem.start :]
