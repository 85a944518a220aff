"""Takes values out of parsed JSON of any shape, without ever failing on a strange one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def value_at(content: object, *keys: str) -> Any:
    """Give what stands under keys inside keys; None where there is nothing."""
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def text_at(content: object, *keys: str) -> str:
    """Give the text under keys inside keys; empty where there is none, or something else."""
    value = value_at(content, *keys)
    return value if isinstance(value, str) else ""


def objects_at(content: object, *keys: str) -> list[Mapping[str, Any]]:
    """Give the objects of the list under keys inside keys, or the only one where there is no list around it."""
    value = value_at(content, *keys)
    if isinstance(value, Mapping):
        return [value]
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def texts_at(content: object, *keys: str) -> list[str]:
    """Give the texts of the list under keys inside keys, leaving out whatever else it holds."""
    value = value_at(content, *keys)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def iso_moment(text: str) -> datetime | None:
    """Read a moment such as 2023-11-14T22:13:20.000Z; None where it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
