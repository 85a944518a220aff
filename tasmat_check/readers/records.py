"""Turns one record of a collection, a row or a JSON object, into a draft."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from tasmat_check.files import UnreadableError
from tasmat_check.models import Channel, Draft, Passage, Skipped
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.drafts import shortened, with_pictures

TEXT_COLUMNS = ("text", "content", "message", "caption", "post", "body", "full_text")

_CHANNELS: dict[str, Channel] = {channel: channel for channel in get_args(Channel)}
_KINDS: dict[type, str] = {dict: "an object", list: "a list", bool: "true or false"}
_SEPARATORS = re.compile(r"[\s_-]+")
_MOST_COLUMNS_TOLD = 12


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


def column_key(name: str) -> str:
    """Bring a column's name into the form in which columns are compared: "Alt Text" → "alt_text"."""
    return _SEPARATORS.sub("_", name.strip().lower())


def quoted(text: str) -> str:
    """Quote what stands in a file; a masked report leaves out whatever is in such quotation marks."""
    return f"“{mend(text).replace('”', '’’')}”"


def has_text_column(keys: set[str]) -> bool:
    """Say whether one of the compared names is that of a text column."""
    return not keys.isdisjoint(TEXT_COLUMNS)


def no_text_column(names: list[str]) -> str:
    """Say that a text column is missing, and which columns were seen."""
    # A file without a header shows its first post here; long cells are left out of the report.
    seen = ", ".join(quoted(name) if len(name) <= 30 else "…" for name in names[:_MOST_COLUMNS_TOLD]) or "none"
    return f"no text column ({', '.join(TEXT_COLUMNS)}); the columns are: {seen}"


def record_draft(record: object, place: Place, channel: Channel) -> Draft:
    """Read one record; `channel` holds for records that name none."""
    if not isinstance(record, Mapping):
        return place.refuse("is not an object with a text", channel)
    fields: dict[str, object] = {}
    for name, value in record.items():
        fields.setdefault(column_key(str(name)), value)
    own_id = _own_id(fields.get("id"))
    if not has_text_column(set(fields)):
        return place.refuse(no_text_column([mend(str(name)) for name in record]), channel, own_id)
    try:
        draft = Draft(own_id or place.id, mend(place.path), _text(fields), _channel(fields.get("channel"), channel))
    except UnreadableError as problem:
        return place.refuse(problem.reason, channel, own_id)
    draft = _with_extras(draft, fields, place)
    if draft.text.strip() or draft.images or draft.parts or draft.skipped:
        return shortened(draft)
    return place.refuse("no text", draft.channel, own_id)


def _own_id(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return mend(str(value)).strip()


def _text(fields: Mapping[str, object]) -> str:
    """Take the first text column that is filled."""
    value: object = None
    for name in TEXT_COLUMNS:
        value = fields.get(name)
        if value is not None and value != "":
            break
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise UnreadableError(f"the text is not a text but {_KINDS.get(type(value), 'a number')}")
    return mend(value)


def _channel(value: object, default: Channel) -> Channel:
    if value is None or value == "":
        return default
    name = value.strip().lower() if isinstance(value, str) else ""
    if name in _CHANNELS:
        return _CHANNELS[name]
    raise UnreadableError(f"the channel is neither personal nor official but {quoted(str(value)[:30])}")


def _with_extras(draft: Draft, fields: Mapping[str, object], place: Place) -> Draft:
    skipped: list[Skipped] = []
    images = _texts(fields.get("images"), f"{place.where}: images", skipped, split=True)
    several = len([image for image in images if image]) > 1
    alt_texts = _texts(fields.get("alt_text"), f"{place.where}: alt_text", skipped, split=several)
    parts = tuple(
        Passage(alt, f"alt text of {images[n]}" if n < len(images) and images[n] else "alt text")
        for n, alt in enumerate(alt_texts)
        if alt
    )
    draft = Draft(draft.id, draft.source, draft.text, draft.channel, parts, (), tuple(skipped))
    return with_pictures(draft, [image for image in images if image], Path(place.path).parent)


def _texts(value: object, where: str, skipped: list[Skipped], *, split: bool) -> list[str]:
    """Read a list of texts, or a text that holds several between bars; a gap in it is an empty text."""
    if value is None:
        return []
    if isinstance(value, str):
        value = value.split("|") if split else [value]
    if not isinstance(value, list):
        skipped.append(Skipped(where, "is neither a text nor a list of texts"))
        return []
    texts: list[str] = []
    for item in value:
        if item is not None and not isinstance(item, str):
            skipped.append(Skipped(where, "holds something that is not a text"))
        texts.append(mend(item).strip() if isinstance(item, str) else "")
    return texts
