"""Reads the items of a list in a JSON file one by one, so that a file of any size needs little memory."""

import codecs
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, BinaryIO

from tasmat_check.files import UnreadableError, load, open_binary
from tasmat_check.readers.decoding import decode

_SMALL = 8_000_000
"""Bytes up to which a file is read whole, which is quicker and takes any encoding."""

_AFTER_END = b"; \t\r\n"
_BROKEN = "the JSON breaks off or is damaged after the posts that were read"


def read_items(path: str, where: str = "", opening: str = "") -> Iterator[Any]:
    """Yield the items of the list at `where`, keys joined by dots, empty for the file's own list.

    `opening` is what stands before the JSON and is left out ("window.YTD.tweets.part0 ="). A list that is not there
    has no items. Raises UnreadableError where the file breaks, after the items before the break.
    """
    head = load(path, _SMALL, cut=True)
    if len(head) < _SMALL:
        text = decode(head)
        text = text[text.find(opening) + len(opening) :] if opening else text
        try:
            content, _ = json.JSONDecoder().raw_decode(text.lstrip())
        except (ValueError, RecursionError):
            yield from _streamed(BytesIO(text.encode("utf-8", "replace")), where)
        else:
            yield from _at(content, where)
        return
    with open_binary(path) as stream:
        stream.read(_length_of_opening(head, opening))  # not seek: a stream inside an archive only goes on
        yield from _streamed(stream, where)


def read_value(path: str, key: str) -> Any:
    """Give a value of the object that a file is; None where it is not there, or the file breaks before it."""
    import ijson

    with open_binary(path) as stream:
        try:
            return next(ijson.items(stream, key, use_float=True), None)
        except (ijson.JSONError, ValueError, OSError):
            return None


def read_items_of(path: str, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    """Yield the items of every list whose place `is_wanted`, with that place (keys joined by dots), in one pass.

    Numbers with a fraction are Decimal, and whole ones of any size. Raises UnreadableError where the file breaks, after
    the items before the break.
    """
    import ijson

    marked = load(path, len(codecs.BOM_UTF8), cut=True) == codecs.BOM_UTF8
    with open_binary(path) as stream:
        stream.read(len(codecs.BOM_UTF8) if marked else 0)  # not seek: a stream inside an archive only goes on
        try:
            yield from _items_among(ijson.parse(stream), is_wanted)
        except (ijson.JSONError, ValueError, OSError) as problem:
            raise UnreadableError(_BROKEN) from problem


def _items_among(events: Iterator[tuple[str, str, Any]], is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    from ijson.common import ObjectBuilder

    for prefix, event, value in events:
        place, _, last = prefix.rpartition(".")
        if last != "item" or not is_wanted(place):
            continue
        if event not in ("start_map", "start_array"):
            yield place, value
            continue
        builder = ObjectBuilder()
        builder.event(event, value)
        end = (prefix, event.replace("start", "end"))
        for inner_prefix, inner, inner_value in events:
            builder.event(inner, inner_value)
            if (inner_prefix, inner) == end:
                break
        yield place, builder.value


def _at(content: Any, where: str) -> Iterator[Any]:
    for key in where.split(".") if where else ():
        content = content.get(key) if isinstance(content, dict) else None
    if isinstance(content, list):
        yield from content


def _streamed(stream: BinaryIO | BytesIO, where: str) -> Iterator[Any]:
    import ijson

    try:
        source = _WithoutEnd(stream)
        yield from ijson.items(source, f"{where}.item" if where else "item", use_float=True, multiple_values=True)
    except (ijson.JSONError, ValueError, OSError) as problem:
        raise UnreadableError(_BROKEN) from problem


class _WithoutEnd:
    """A stream of JSON without the semicolon that may end it where it is part of a script."""

    def __init__(self, stream: BinaryIO | BytesIO) -> None:
        self._stream = stream
        self._held = b""

    def read(self, size: int) -> bytes:
        """Give some more bytes; a semicolon waits until it is seen whether anything follows it."""
        while size and (read := self._stream.read(size)):
            data = self._held + read
            end = data.find(b";", len(data.rstrip(_AFTER_END)))
            if end < 0 or len(data) - end > size:
                self._held = b""
                return data
            self._held = data[end:]
            if end:
                return data[:end]
        return b""


def _length_of_opening(head: bytes, opening: str) -> int:
    if opening:
        return head.find(opening.encode()) + len(opening)
    return len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
