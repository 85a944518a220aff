"""Decodes DAG-CBOR, the form of the records in a repository of Bluesky, strictly and within bounds."""

import struct
from collections.abc import Callable
from typing import Any

from tasmat_check.readers.platforms.bluesky.links import link_of

_DEEPEST = 64
_MOST_VALUES = 200_000
"""Values in one record; a repository allows a megabyte a record, so more of them are an attack."""

_SIMPLE = {20: False, 21: True, 22: None}


class DamagedError(ValueError):
    """These bytes are no DAG-CBOR."""


def decode(data: bytes) -> Any:
    """Decode one value that fills `data`; a link becomes {"$link": …} as in JSON. Raises DamagedError."""
    decoder = _Decoder(data)
    value = decoder.value(_DEEPEST)
    if decoder.position != len(data):
        raise DamagedError
    return value


class _Decoder:
    def __init__(self, data: bytes) -> None:
        self.position = 0
        self._data = data
        self._values = 0

    def value(self, depth: int) -> Any:
        """Decode the value that comes next, with at most `depth` more inside each other."""
        self._values += 1
        if depth < 0 or self._values > _MOST_VALUES:
            raise DamagedError
        kind, small = divmod(self.take(1)[0], 32)
        return self._simple(small) if kind == 7 else _KINDS[kind](self, self._number(small), depth)

    def take(self, length: int) -> bytes:
        start, self.position = self.position, self.position + length
        if self.position > len(self._data):
            raise DamagedError
        return self._data[start : self.position]

    def _number(self, small: int) -> int:
        if small < 24:
            return small
        if small > 27:
            raise DamagedError
        return int.from_bytes(self.take(1 << (small - 24)))

    def counted(self, number: int) -> range:
        """Count to a number of values, unless there are too few bytes for them."""
        if number > len(self._data) - self.position:
            raise DamagedError
        return range(number)

    def text(self, length: int) -> str:
        try:
            return self.take(length).decode()
        except UnicodeDecodeError as problem:
            raise DamagedError from problem

    def map(self, length: int, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _ in self.counted(length):
            key = self.value(depth - 1)
            if not isinstance(key, str) or key in found:
                raise DamagedError
            found[key] = self.value(depth - 1)
        return found

    def link(self, tag: int, depth: int) -> dict[str, str]:
        content = self.value(depth - 1)
        if tag != 42 or not isinstance(content, bytes) or content[:1] != b"\0":
            raise DamagedError
        return {"$link": link_of(content[1:])}

    def _simple(self, small: int) -> object:
        if small == 27:
            return struct.unpack(">d", self.take(8))[0]
        if small not in _SIMPLE:
            raise DamagedError
        return _SIMPLE[small]


_KINDS: tuple[Callable[[_Decoder, int, int], Any], ...] = (
    lambda _, number, __: number,
    lambda _, number, __: -1 - number,
    lambda decoder, length, _: decoder.take(length),
    lambda decoder, length, _: decoder.text(length),
    lambda decoder, length, depth: [decoder.value(depth - 1) for _ in decoder.counted(length)],
    _Decoder.map,
    _Decoder.link,
)
"""How each major type is decoded, given its number, which is a length for most, and how deep it may go."""
