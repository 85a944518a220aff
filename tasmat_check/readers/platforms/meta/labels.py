"""Reads records that are lists of labels and values; the labels are in the language of the account."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tasmat_check.readers.platforms.meta.fields import Fields, moment_of, words_in
from tasmat_check.readers.platforms.meta.media import Media, media_of
from tasmat_check.readers.platforms.meta.wording import Wording

_TYPED = frozenset({"message", "comment", "caption", "text", "description", "bericht", "opmerking", "bijschrift"})
"""English and Dutch; in other languages the typed text is the first."""

_PARTS = {"target": "target", "title": "title", "media owner": "media owner", "feeling/activity": "feeling"}
_OF_THE_PLATFORM = frozenset({"url", "owner", "update time", "creation time", "has camera metadata"})
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Label:
    """One value and what it is called."""

    name: str
    value: str = field(repr=False)
    moment: datetime | None
    media: tuple[Media, ...]
    within: tuple[str, ...] = field(repr=False)

    @property
    def is_words(self) -> bool:
        """Whether a person may have typed the value."""
        return bool(self.value.strip()) and not self.value.startswith(_WEB)


def labels_of(fields: Fields) -> list[Label]:
    """Give the labels of a record of either kind: `label_values`, a list, or `string_map_data`, an object."""
    found = [_label(entry.text("label", "title"), entry) for entry in fields.several("label_values")]
    named = fields.one("string_map_data")
    return found + [_label(name, named.one(name)) for name in named.values]


def read_labels(labels: list[Label]) -> Wording:
    """Sort the values: what was typed, pictures, further parts.

    Where no label is known for the typed text, since the account is in another language, it is the first value.
    """
    wording = Wording()
    filled = [label for label in labels if label.is_words and label.name.casefold() not in _OF_THE_PLATFORM]
    typed = [label for label in filled if label.name.casefold() in _TYPED]
    typed = typed or [label for label in filled if label.name.casefold() not in _PARTS][:1]
    for label in labels:
        name = label.name.casefold()
        wording.media += label.media
        if label in typed:
            wording.add_words(label.value)
        elif name not in _OF_THE_PLATFORM:
            for words in (label.value, *label.within):
                wording.add_part(words, "link" if words.startswith(_WEB) else _PARTS.get(name, "details"))
    return wording


def _label(name: str, entry: Fields) -> Label:
    moment = moment_of(entry.values.get("timestamp_value")) or moment_of(entry.values.get("timestamp"))
    media = tuple(media_of(item) for item in entry.several("media"))
    return Label(name, entry.text("value"), moment, media, tuple(_within(entry)))


def _within(entry: Fields) -> Iterator[str]:
    for key in ("dict", "vec"):
        yield from _values(entry.values.get(key))


def _values(nested: Any) -> Iterator[str]:
    """Yield the values of labels within labels, without the labels themselves."""
    if isinstance(nested, list):
        for item in nested:
            yield from _values(item)
    elif isinstance(nested, dict):
        for key in ("value", "dict", "vec"):
            yield from _values(nested.get(key))
    else:
        yield from words_in(nested)
