"""Reads the EXIF and XMP items of a HEIF or AVIF file (ISO 14496-12 and 23008-12), without decoding anything.

pi_heif is not asked, since it brings the program down (a segmentation fault, in 1.4.0) when an item's content type is
not UTF-8.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_MOST_ITEMS = 10_000
_LARGEST_ITEM = 4_000_000
_MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a file: its type, such as Exif, its content type where the type is mime, and its bytes."""

    kind: bytes
    content_type: bytes
    content: bytes


def items(content: bytes) -> list[Item]:
    """List the EXIF and XMP items.

    Raises ValueError or IndexError where the boxes are damaged or cut short, and where a content type is not ASCII.
    """
    boxes = dict(_boxes(content, 0, len(content)))
    start, end = boxes.get(b"meta", (0, 0))
    meta = dict(_boxes(content, start + 4, end))
    if b"iinf" not in meta or b"iloc" not in meta:
        return []
    kinds = dict(_kinds(content, *meta[b"iinf"]))
    found: list[Item] = []
    for number, is_inside, extents in _places(_Reader(content, *meta[b"iloc"])):
        kind, content_type = kinds.get(number, (b"", b""))
        if kind in {b"Exif", b"mime"}:
            if len(found) == _MOST_FOUND or sum(length for _, length in extents) > _LARGEST_ITEM:
                raise ValueError("an item is too large, or there are too many")
            origin = meta.get(b"idat", (0, 0))[0] if is_inside else 0
            parts = [content[origin + offset : origin + offset + length] for offset, length in extents]
            found.append(Item(kind, content_type, b"".join(parts)))
    return found


def exif_of(item: Item) -> bytes:
    """Cut off what stands before the TIFF header of an EXIF item, whose first four bytes tell how much that is."""
    return item.content[4 + int.from_bytes(item.content[:4], "big") :]


class _Reader:
    """Reads numbers off a stretch of bytes, one after another."""

    def __init__(self, content: bytes, start: int, end: int) -> None:
        self._content, self.offset, self._end = content, start, end

    def number(self, size: int) -> int:
        """Read a number of `size` bytes, 0 of which are 0."""
        if self.offset + size > self._end:
            raise ValueError("a box ends too early")
        self.offset += size
        return int.from_bytes(self._content[self.offset - size : self.offset], "big")


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Walk over boxes; gives each one's type, and where its content starts and ends. What follows them is no box."""
    for _ in range(_MOST_ITEMS):
        if start + 8 > end or not content[start + 4 : start + 8].strip().isalnum():
            return
        size, header = int.from_bytes(content[start : start + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(content[start + 8 : start + 16], "big"), 16
        size = size or end - start  # 0: up to the end
        if size < header or start + size > end:
            raise ValueError("a box is larger than what holds it")
        yield content[start + 4 : start + 8], (start + header, start + size)
        start += size


def _kinds(content: bytes, start: int, end: int) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    """Read an item information box: each item's number, type and content type."""
    first = start + (6 if content[start] == 0 else 8)
    for _, (begin, stop) in _boxes(content, first, end):
        reader = _Reader(content, begin, stop)
        version = reader.number(4) >> 24
        if version < 2:
            continue
        number, _protection = reader.number(2 if version == 2 else 4), reader.number(2)
        kind, *texts = content[reader.offset : reader.offset + 4], *content[reader.offset + 4 : stop].split(b"\0")
        content_type = texts[1] if kind == b"mime" and len(texts) > 1 else b""
        if not content_type.isascii():
            raise ValueError("a content type is not ASCII")
        yield number, (kind, content_type)


def _places(reader: _Reader) -> Iterator[tuple[int, bool, list[tuple[int, int]]]]:
    """Read an item location box: each item's number, whether it lies in the idat box, its offsets and lengths."""
    version = reader.number(4) >> 24
    sizes = reader.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    for _ in range(min(reader.number(wide), _MOST_ITEMS)):
        number = reader.number(wide)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)  # in which file: always this one
        base = reader.number(base_size)
        extents = []
        for _ in range(reader.number(2)):
            reader.number(index_size if version else 0)
            extents.append((base + reader.number(offset_size), reader.number(length_size)))
        yield number, method == 1, extents
