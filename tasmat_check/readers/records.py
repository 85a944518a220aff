"""Turns one record of a collection, a row or a JSON object, into a draft."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import get_args

from tasmat_check.files import UnreadableError
from tasmat_check.models import Channel, Draft, Passage, Skipped
from tasmat_check.readers.columns import PARTS, Columns, Role, columns_of, no_text_column, quoted
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.drafts import shortened
from tasmat_check.readers.moments import moment
from tasmat_check.readers.record_pictures import with_record_pictures

_CHANNELS: dict[str, Channel] = {channel: channel for channel in get_args(Channel)}
_PLATFORMS = frozenset(
    {
        *("facebook", "instagram", "threads", "x", "twitter", "linkedin", "tiktok", "youtube", "whatsapp", "mastodon"),
        *("bluesky", "reddit", "pinterest", "snapchat", "website", "blog", "newsletter"),
    }
)
"""What calendars of posts write into a column called channel: where a post goes, which does not tell whose account."""

_KINDS: dict[type, str] = {dict: "an object", list: "a list", bool: "true or false"}
_UTC = re.compile(r"(?:\b|_)(?:utc|gmt)\b", re.IGNORECASE)
_CAPTIONS = re.compile(r"\s*\|\|\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the `number`-th of its file, from 1, and how a person finds it."""

    path: str
    number: int
    where: str

    @property
    def id(self) -> str:
        """The name of a record that has none of its own."""
        return f"{mend(self.path)}#{self.number}"

    def refuse(self, reason: str, channel: Channel, own_id: str = "") -> Draft:
        """Stand in for a record that cannot be read."""
        path = mend(self.path)
        return Draft(own_id or self.id, path, "", channel, skipped=(Skipped(f"{path} {self.where}", reason),))


@dataclass(frozen=True, slots=True)
class Unread:
    """Stands where a cell's content cannot be known; `reason` says why."""

    reason: str


def object_draft(record: object, place: Place, channel: Channel) -> Draft:
    """Read one JSON value as a record; `channel` holds for records that name none."""
    if not isinstance(record, Mapping):
        return place.refuse("is not an object with a text", channel)
    columns = columns_of(tuple(mend(str(name)) for name in record))
    return record_draft(columns, tuple(record.values()), place, channel)


def record_draft(columns: Columns, values: Sequence[object], place: Place, channel: Channel) -> Draft:
    """Read one record, a value for each column; `channel` holds for records that name none."""
    own_id = next((_own_id(values[position]) for position in columns.of("id")), "")
    if not columns.has_text:
        return place.refuse(no_text_column(columns.names), channel, own_id)
    skipped: list[Skipped] = []
    try:
        text, parts = _texts(columns, values)
        named = next((values[position] for position in columns.of("channel")), None)
        draft = Draft(own_id or place.id, mend(place.path), text, _channel(named, channel), tuple(parts))
    except UnreadableError as problem:
        return place.refuse(problem.reason, channel, own_id)
    parts.extend(_named_parts(columns, values, text, place.where, skipped))
    draft = replace(draft, parts=tuple(parts), skipped=tuple(skipped), published=_published(columns, values))
    draft = with_record_pictures(draft, columns, values, place.path, place.where)
    if draft.text.strip() or draft.images or draft.parts or draft.skipped:
        return shortened(draft)
    return place.refuse("no text", draft.channel, own_id)


def _own_id(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return mend(str(value)).strip()


def _texts(columns: Columns, values: Sequence[object]) -> tuple[str, list[Passage]]:
    """Take the first text column that is filled for the text; whatever else stands in the others is a part."""
    filled = [position for position in columns.of("text") if not _is_empty(values[position])]
    if not filled:
        return "", []
    first = values[filled[0]]
    if isinstance(first, Unread):
        raise UnreadableError(f"the text {first.reason}")
    if isinstance(first, date | time):
        first = str(first)
    if not isinstance(first, str):
        raise UnreadableError(f"the text is not a text but {_KINDS.get(type(first), 'a number')}")
    text, *captions = _CAPTIONS.split(first) if columns.parted else [first]
    parts = [Passage(mend(caption), f"caption {number}") for number, caption in enumerate(captions, 1) if caption]
    for position in filled[1:]:
        other = values[position]
        if isinstance(other, str) and other.strip() != text.strip():
            parts.append(Passage(mend(other), columns.names[position].strip().lower()))
    return mend(text), parts


def _channel(value: object, default: Channel) -> Channel:
    if value is None or value == "":
        return default
    name = value.strip().lower() if isinstance(value, str) else ""
    if name in _CHANNELS:
        return _CHANNELS[name]
    if name in _PLATFORMS:
        return default
    raise UnreadableError(f"the channel is neither personal nor official but {quoted(str(value)[:30])}")


def _named_parts(
    columns: Columns, values: Sequence[object], text: str, where: str, skipped: list[Skipped]
) -> Iterator[Passage]:
    """Yield titles, links, tags and the like; what a text already says word for word is no further part."""
    for role in PARTS:
        for position in columns.of(role):
            words = _words(values[position], f"{where}: {columns.names[position].strip()}", skipped)
            if words.strip() and not (role == "link" and words.strip() in text):
                yield Passage(mend(words), role)


def _words(value: object, where: str, skipped: list[Skipped]) -> str:
    """Read a text, or a list of texts as one; an object stands for its name, as places do."""
    match value:
        case None | bool():
            return ""
        case str():
            return value
        case int() | float() | date() | time():
            return str(value)
        case {"name": str(name)}:
            return name
        case list():
            return ", ".join(filter(None, (_words(item, where, skipped) for item in value)))
        case Unread(reason):
            skipped.append(Skipped(where, reason))
        case _:
            skipped.append(Skipped(where, "is neither a text nor a list of texts"))
    return ""


def _published(columns: Columns, values: Sequence[object]) -> datetime | None:
    """Take the first column that holds a date, with the time from its own column where there is one."""
    roles: tuple[Role, ...] = ("date", "time")
    clock = next((values[position] for position in columns.of("time") if not _is_empty(values[position])), None)
    for position in (position for role in roles for position in columns.of(role)):
        if published := moment(values[position], clock, month_first=columns.month_first):
            in_utc = published.tzinfo is None and _UTC.search(columns.names[position])
            return published.replace(tzinfo=UTC) if in_utc else published
    return None


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
