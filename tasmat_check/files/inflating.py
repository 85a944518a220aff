"""Unpacks deflated bytes as they stream past, also from the middle of a gzip file without what is before it."""

import zlib
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tasmat_check.files.members import FAR_TOO_LARGE, LARGEST_TOTAL_RATIO, TOTAL_RATIO_MATTERS_FROM, Source
from tasmat_check.files.reasons import BrokenMemberError, UnreadableError

GZIP_MARK = b"\x1f\x8b"

_CHUNK = 16_384
_GZIP = 31
_RAW = -15
_MOST_POINTS = 512
"""A point takes up to 60 KB of memory. When there are too many, every other one is dropped."""

_FIRST_SPACING = 262_144
"""Unpacked bytes between two points at first."""


class Inflated:
    """The unpacked bytes of one deflated stream."""

    def __init__(self, packed: Source) -> None:
        self._packed = packed
        self._unpacker = zlib.decompressobj(_RAW)

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes, none at the end; raises zlib.error, and BrokenMemberError for a cut stream."""
        return _unpack(self._unpacker, self._packed, size)

    def close(self) -> None:
        """Close what it reads from."""
        self._packed.close()


@dataclass(frozen=True, slots=True)
class _Point:
    """A place at which reading can start: bytes before it, unpacked and packed, and the state of the unpacker there.

    The state may hold packed bytes that were read and are not unpacked yet.
    """

    unpacked: int
    packed: int
    unpacker: Any


class Gunzipped:
    """The unpacked bytes of a gzip file from one of its points on; what follows the last gzip part is not read."""

    def __init__(self, file: BinaryIO, point: _Point) -> None:
        self.unpacked = point.unpacked
        self._file = file
        self._unpacker = point.unpacker.copy()
        file.seek(point.packed)

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes, none at the end; raises zlib.error, BrokenMemberError and UnreadableError."""
        data = b""
        while not data and (not self._unpacker.eof or self._starts_again()):
            data = _unpack(self._unpacker, self._file, size)
        self.unpacked += len(data)
        if self.unpacked > max(TOTAL_RATIO_MATTERS_FROM, LARGEST_TOTAL_RATIO * self._file.tell()):
            raise UnreadableError(FAR_TOO_LARGE)
        return data

    def skip(self, size: int) -> None:
        """Pass over so many bytes; raises BrokenMemberError when there are fewer."""
        while size:
            data = self.read(min(size, _CHUNK))
            if not data:
                raise BrokenMemberError
            size -= len(data)

    def close(self) -> None:
        """Close the gzip file."""
        self._file.close()

    def point(self) -> _Point | None:
        """Give the point that is reached; None between two parts."""
        if self._unpacker.eof:
            return None
        return _Point(self.unpacked, self._file.tell(), self._unpacker.copy())

    def _starts_again(self) -> bool:
        """Go on with a further gzip part, where there is one."""
        here = self._file.tell() - len(self._unpacker.unused_data)
        self._file.seek(here)
        more = self._file.read(len(GZIP_MARK)) == GZIP_MARK
        self._file.seek(here)
        if more:
            self._unpacker = zlib.decompressobj(_GZIP)
        return more


class GzipPoints:
    """A gzip file with places at which reading can start; each reading has a handle of its own."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._points = [_Point(0, 0, zlib.decompressobj(_GZIP))]
        self._spacing = _FIRST_SPACING

    def open(self, place: int = 0) -> Gunzipped:
        """Open it at a place among the unpacked bytes, starting from the point before it."""
        nearest = self._points[bisect_right(self._points, place, key=lambda point: point.unpacked) - 1]
        file = Path(self._path).open("rb")  # noqa: SIM115 - closed with the stream
        stream = Gunzipped(file, nearest)
        try:
            stream.skip(place - nearest.unpacked)
        except BaseException:
            stream.close()
            raise
        return stream

    def note(self, stream: Gunzipped) -> None:
        """Keep the point that a first reading has reached, where the last one is far enough behind."""
        if stream.unpacked < self._points[-1].unpacked + self._spacing or not (point := stream.point()):
            return
        self._points.append(point)
        if len(self._points) > _MOST_POINTS:
            del self._points[1::2]
            self._spacing *= 2


def _unpack(unpacker: Any, packed: Source, size: int) -> bytes:
    """Unpack at most `size` bytes, none at the end."""
    data = b""
    while not data and not unpacker.eof:
        fed = unpacker.unconsumed_tail or packed.read(_CHUNK)
        data = unpacker.decompress(fed, size)
        if not fed and not data and not unpacker.eof:
            raise BrokenMemberError
    return data
