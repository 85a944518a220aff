"""Takes values out of a record of an export, where every one of them may be missing or of a strange kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IN_MILLISECONDS = 100_000_000_000
_NO_WORDS = frozenset({"uri", "fbid", "id", "upload_ip", "media", "media_metadata", "thumbnail"})


@dataclass(slots=True)
class Fields:
    """One JSON object; `odd` gathers the names of values that are of no kind that is known."""

    values: dict[str, Any]
    odd: list[str] = field(default_factory=list)

    def __contains__(self, key: str) -> bool:
        return self.values.get(key) is not None

    def text(self, *keys: str) -> str:
        """Give the first of these values that is filled, as it was written; empty where there is none."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, str):
                if value.strip():
                    return value
            elif value is not None:
                self.odd.append(key)
        return ""

    def one(self, key: str) -> "Fields":
        """Give an object within this one, empty where there is none."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self.odd.append(key)
        return Fields(value if isinstance(value, dict) else {}, self.odd)

    def several(self, key: str) -> list["Fields"]:
        """Give the objects of a list, or the only one where there is no list around it."""
        value = self.values.get(key)
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        found = [Fields(item, self.odd) for item in items if isinstance(item, dict)]
        if len(found) < len(items):
            self.odd.append(key)
        return found

    def names(self, key: str) -> list[str]:
        """Give the names in a list of texts or of objects with a `name`."""
        value = self.values.get(key)
        items = value if isinstance(value, list) else [] if value is None else [value]
        names = [
            item if isinstance(item, str) else Fields(item, self.odd).text("name", "value")
            for item in items
            if isinstance(item, str | dict)
        ]
        if len(names) < len(items):
            self.odd.append(key)
        return [name for name in names if name.strip()]

    def moment(self, *keys: str) -> datetime | None:
        """Give the first of these times, in seconds since 1970, that is known; 0 stands for none."""
        return next((moment for key in keys if (moment := moment_of(self.values.get(key)))), None)


def moment_of(value: object) -> datetime | None:
    """Read a time in seconds or milliseconds since 1970."""
    seconds = number_of(value)
    if not seconds:
        return None
    try:
        return _EPOCH + timedelta(seconds=seconds / 1000 if abs(seconds) > _IN_MILLISECONDS else seconds)
    except (OverflowError, ValueError):
        return None


def number_of(value: object) -> float | None:
    """Read a number, which may stand as a text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def words_in(value: Any) -> Iterator[str]:
    """Yield every text within a JSON value that a person may read, in order."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if value.strip():
                yield value
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            waiting.extend(reversed([item for key, item in value.items() if key not in _NO_WORDS]))
